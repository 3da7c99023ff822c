"""The command `minidemo flags`: what is there, whether it is whole, and how it is removed."""

import importlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.cli import main
from minidemo.content.media import Media
from minidemo.flagging.store import FlagStore
from tests.flagging.folder import FOLDER, LOG, Pile, database, gradient_of, logger, tree

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
SECRET = "the-words-of-ann"


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the clock and the terminal those of every reader of these tests."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLUMNS", "100")
    time.tzset()


def flagged(*inputs: Any, **known: Any) -> gr.FlagRecord:
    """Flag a row, and return it as it was stored."""
    columns = gr.Textbox(label="text"), Pile(label="files"), gr.Image(label="picture")
    backend = logger(*columns)
    files = [Media.of_bytes(repr(text).encode(), "a.txt") for text in inputs]
    record = gr.FlagRecord(
        **{"created": NOON, "inputs": (*inputs, files or None), "outputs": (gradient_of(),)} | known  # type: ignore[arg-type]
    )
    (stored,) = backend.records(row=backend.flag_record(record))
    return stored


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """Run a command, and return what it says."""
    capsys.readouterr()
    assert main(["flags", *words]) == code
    return capsys.readouterr().out


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that goes wrong, and return what it says of that."""
    capsys.readouterr()
    try:
        code = main(words)
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    return told.err


def everywhere() -> bytes:
    """Return the bytes of all files below the folder."""
    return b"".join(path.read_bytes() for path in FOLDER.rglob("*") if path.is_file())


def test_alone_it_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "usage: minidemo" in capsys.readouterr().out
    assert "usage: minidemo flags" in said(capsys)


def test_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert (end.value.code, capsys.readouterr().out) == (0, f"minidemo {gr.__version__}\n")


def test_the_list_has_the_newest_last(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("first", option="wrong")
    flagged("second\n\u202eline", option="off-topic", created=NOON + timedelta(hours=1))
    flagged("x" * 300, option="", error="It\x1b[31mfailed", outputs=(None,))
    assert said(capsys, "list") == (
        "row  time                 reason     values\n"
        '  0  2026-03-31 12:00:00  wrong      first, ["files/0/0.txt"] -> picture/0.png\n'
        '  1  2026-03-31 13:00:00  off-topic  second\\n\\u202eline, ["files/1/0.txt"] -> picture/1.png\n'
        f'  2  2026-03-31 12:00:00             {"x" * 39}…, ["files/2/0.txt"] ->…\n'
    )


def test_the_list_has_a_column_of_notes_where_visitors_left_any(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("one", comment="I meant\nplus", outputs=(None,))
    flagged("two", comment="x" * 50, outputs=(None,))
    flagged("three", outputs=(None,))
    parts = [line[26:] for line in said(capsys, "list").splitlines()]
    assert [part[:50] for part in parts] == [
        f"reason  {'note':<40}  ",
        f"        {'I meant' + chr(92) + 'nplus':<40}  ",
        f"        {'x' * 39}…  ",
        " " * 50,
    ]
    assert [part[50:].split(",")[0] for part in parts] == ["values", "one", "two", "three"]


def test_the_list_holds_only_what_fits(capsys: pytest.CaptureFixture[str]) -> None:
    first = flagged("one", username="ann", session="s1")
    flagged("two", username="ann", session="s2", source="auto", created=NOON + timedelta(days=1))
    FlagStore(FOLDER).update(first.id, status="fixed")
    for words in (
        ["--user", "ann", "--session", "s1"],
        ["--status", "fixed"],
        ["--source", "user"],
        ["--before", "2026-04-01"],
        ["--before", "2026-03-31T12:00:01"],
        ["--before", "2026-03-31T13:00:01+01:00"],
    ):
        assert "one" in said(capsys, "list", *words)
        assert "two" not in said(capsys, "list", *words)
    assert said(capsys, "list", "--user", "bob") == "No flags.\n"


def test_the_list_ends_with_the_last_ones(capsys: pytest.CaptureFixture[str]) -> None:
    for i in range(3):
        flagged(f"text {i}")
    assert main(["flags", "list", "--limit", "2"]) == 0
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines()] == ["row", "1", "2"]
    assert told.err == "These are the last 2 of 3 flags. --limit 0 lists all.\n"
    assert len(said(capsys, "list", "--limit", "0").splitlines()) == 4


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    record = flagged("grüße \ud83d", username="ann")
    (line,) = said(capsys, "list", "--json").splitlines()
    told = json.loads(line)
    assert line.isascii()
    assert (told["id"], told["row"], told["username"]) == (record.id, 0, "ann")
    assert told["created"] == "2026-03-31T12:00:00+00:00"
    assert told["inputs"][0] == "grüße \ud83d"
    assert told["inputs"][1][0]["path"] == "files/0/0.txt"
    assert told["outputs"][0]["mime"] == "image/png"


def test_all_that_is_known_of_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    record = flagged("text", option="wrong", comment="two\nlines", duration=0.25, expected=(None,))
    told = said(capsys, "show", "0")
    assert said(capsys, "show", record.id, str(FOLDER)) == said(capsys, "show", str(FOLDER), record.id) == told
    assert said(capsys, "show", str(FOLDER.absolute()), "0") == told
    assert told.startswith(f"row       0\nid        {record.id}\ncreated   2026-03-31T12:00:00+00:00\n")
    assert "option    wrong\ncomment   two\\nlines\nduration  0.25\n" in told
    assert '\ninputs\n  text: text\n  files: [{"path": "files/0/0.txt"' in told
    assert "\nexpected\n  picture: null\n" in told
    assert "username" not in told
    as_json = json.loads(said(capsys, "show", "0", "--json"))
    assert (as_json["labels"], as_json["comment"]) == (["text", "files", "picture"], "two\nlines")


def test_a_flag_with_a_dictionary_and_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    backend = logger(gr.JSON(label="j"), gr.Image(label="im"))
    backend.flag_record(gr.FlagRecord(inputs=({"a": [1, None]},), outputs=(gradient_of(),)))
    (FOLDER / "im/0.png").unlink()
    assert '  j: {"a": [1, null]}\n\noutputs\n  im: null\n' in said(capsys, "show", "0")


def test_a_row_with_more_values_than_the_log_has_columns(capsys: pytest.CaptureFixture[str]) -> None:
    record = flagged("text")
    with database() as db:
        db.execute("UPDATE logs SET columns = '[]'")
    assert "  value 0: text\n" in said(capsys, "show", record.id)


def test_a_healthy_folder(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text")
    assert said(capsys, "doctor") == "flagged is healthy.\n"


def test_a_folder_that_can_be_put_right(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text")
    (FOLDER / "picture/7.png").touch()
    assert said(capsys, "doctor", code=1) == (
        "orphan: picture/7.png belongs to no row.\n1 finding. --repair puts right what can be.\n"
    )
    assert said(capsys, "doctor", "--repair") == (
        "orphan: picture/7.png belongs to no row. Repaired.\n"
        "aside: 0 bytes are kept in .minidemo/aside: picture/7.png\n"
        "flagged is healthy.\n"
    )
    (FOLDER / "picture/0.png").unlink()
    assert said(capsys, "doctor", "--repair", code=1).endswith("1 finding cannot be put right.\n")


def test_what_is_deleted_is_in_no_file_any_more(capsys: pytest.CaptureFixture[str]) -> None:
    flagged(SECRET, comment=SECRET, username="ann", expected=(gradient_of(3),))
    flagged("of bob", username="bob")
    flagged(f"{SECRET} again", username="ann")
    with LOG.open("a") as file:
        file.write(f'"torn {SECRET}')
    (FOLDER / "files/9").mkdir()
    (FOLDER / "files/9/0.txt").write_text(SECRET)
    said(capsys, "doctor", "--repair")
    damaged = (FOLDER / ".minidemo/flags.db").read_bytes()
    (FOLDER / ".minidemo/aside/flags.db").write_bytes(damaged)
    assert SECRET.encode() in everywhere()
    told = said(capsys, "delete", "--user", "ann", "--yes")
    assert told.startswith("Removed 2 flags (5 files, ")
    assert "Removed what was kept in .minidemo/aside (3 files, " in told
    assert "1 flag left in flagged." in told
    assert SECRET.encode() not in everywhere()
    assert tree() == ["files/1/0.txt", "logs.csv", "picture/1.png"]
    assert said(capsys, "doctor") == "flagged is healthy.\n"
    assert "of bob" in said(capsys, "list")


def test_rows_that_were_removed_by_hand_are_deleted_too(capsys: pytest.CaptureFixture[str]) -> None:
    flagged(SECRET, username="ann")
    flagged("of bob", username="bob")
    lines = LOG.read_text().splitlines(keepends=True)
    LOG.write_text("".join([lines[0], lines[2]]))
    assert said(capsys, "delete", "--user", "ann", "--yes").startswith("Removed 1 flag (2 files, ")
    assert SECRET.encode() not in everywhere()


def test_conditions_are_taken_together(capsys: pytest.CaptureFixture[str]) -> None:
    first = flagged("one", username="ann", session="s1")
    second = flagged("two", username="ann", session="s2")
    flagged("three", username="ann", session="s2", created=NOON + timedelta(days=1))
    told = said(capsys, "delete", "--user", "ann", "--session", "s2", "--before", "2026-04-01", "--yes")
    assert told.startswith("Removed 1 flag ")
    assert [record.inputs[0] for record in FlagStore(FOLDER).records()] == ["one", "three"]
    assert "No flag in flagged fits." in said(capsys, "delete", "--id", second.id, "--yes")
    said(capsys, "delete", "--id", first.id, "--id", second.id, "--yes")
    assert [record.inputs[0] for record in FlagStore(FOLDER).records()] == ["three"]


@pytest.mark.parametrize(
    ("answer", "code", "left"), [("y", 0, 0), ("YES", 0, 0), ("n", 1, 1), ("", 1, 1), (EOFError, 1, 1)]
)
def test_it_asks_before_it_deletes(
    answer: str | type[EOFError],
    code: int,
    left: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flagged("text", username="ann")
    (FOLDER / ".minidemo/aside").mkdir()
    (FOLDER / ".minidemo/aside/logs.tail").touch()

    def ask(question: str) -> str:
        assert question == "Remove them? [y/N] "
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr("builtins.input", ask)
    told = said(capsys, "delete", "--user", "ann", code=code)
    assert told.startswith("1 flag in flagged (2 files, ")
    assert "So would all that is kept in .minidemo/aside (1 file, 0 bytes)" in told
    assert len(list(FlagStore(FOLDER).records())) == left


def test_a_dry_run_removes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text", username="ann")
    before = everywhere()
    assert "would be removed for good" in said(capsys, "delete", "--user", "ann", "--dry-run", "--yes")
    assert everywhere() == before


def test_a_gradio_folder_is_imported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old").mkdir()
    Path("old/log.csv").write_text("5,add,7\r\n")
    assert said(capsys, "import", "old", "--columns", "num1, operation,num2") == (
        "Imported 1 flag from old into flagged.\n"
    )
    assert LOG.read_text() == "num1,operation,num2\n5,add,7\n"
    assert said(capsys, "import", "old", str(FOLDER)) == "Imported 0 flags from old into flagged.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["flags", "list"], "There are no flags in flagged. Name the demo's flagging_dir, in which logs.csv is."),
        (["flags", "doctor", "x"], "There are no flags in x."),
        (["flags", "delete"], "Say which flags to delete"),
        (["flags", "import", "x"], "x is no directory."),
        (["flags", "list", "--before", "noon"], "'noon' is no date; expected one such as 2026-03-31"),
        (["flags", "list", "--limit", "-1"], "'-1' is no number; expected one such as 50"),
        (["flags", "lost"], "invalid choice: 'lost'"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sentence in complaint(capsys, *words)


def test_a_flag_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text")
    assert "There is no flag 7 in flagged. minidemo flags list tells" in complaint(capsys, "flags", "show", "7")


def test_a_folder_that_was_tampered_with_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text")
    (FOLDER / ".minidemo/flags.db").rename("flags.db")
    (FOLDER / ".minidemo/flags.db").symlink_to("/etc/hostname")
    assert "is a symbolic link" in complaint(capsys, "flags", "list")


def test_a_disk_that_refuses_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    flagged("text")
    (FOLDER / ".minidemo").rename("hidden")
    (FOLDER / ".minidemo").write_text("no folder")
    assert "Not a directory: " in complaint(capsys, "flags", "list")


def test_an_interruption_ends_it_without_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    flagged("text", username="ann")

    def interrupt(question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupt)
    assert main(["flags", "delete", "--user", "ann"]) == 130
    assert capsys.readouterr().err == ""


def test_it_runs_as_a_program_and_a_closed_pipe_is_no_error() -> None:
    for _ in range(5):
        flagged("a long text " * 5000)
    command = f"{sys.executable} -m minidemo flags list --json; echo $? >code"
    pipe = subprocess.run(f"({command}) | head -1", shell=True, capture_output=True, text=True, timeout=60)
    assert pipe.stdout.startswith('{"row": 0')
    assert pipe.stderr == ""
    assert Path("code").read_text() == "0\n"


def test_the_program_runs_nothing_when_it_is_but_imported() -> None:
    assert importlib.import_module("minidemo.__main__").main is main


def test_a_terminal_that_cannot_show_a_character_gets_its_escape() -> None:
    flagged("日本")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "minidemo", "flags", "list"]
    told = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True).stdout
    assert b"\\u65e5\\u672c" in told
