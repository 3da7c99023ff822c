"""Flags of other directories are added to a store: Gradio's of every age, and our own."""

import csv
import json
import logging
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from minidemo.flagging.store import FlagStore
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger, rows, table, tree

OLD = Path("old")
"""The directory that is imported."""
WRITTEN = "2026-03-31 18:00:00.250000"


def wrote(name: str, *records: Sequence[object], folder: Path = OLD) -> None:
    """Write a log as Gradio does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(records)


def stored(path: str, text: str = "x", folder: Path = OLD) -> str:
    """Store a file, and return the path that was asked for."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
    return path


def file_data(path: str, **more: Any) -> dict[str, Any]:
    """Return what Gradio writes of a file."""
    return {"path": path, "url": None, "size": None, "orig_name": None, "mime_type": None} | more


def adopt(columns: Sequence[str] = ()) -> int:
    return FlagStore(FOLDER).adopt(OLD, columns=columns)


def records() -> list[gr.FlagRecord]:
    return list(FlagStore(FOLDER).records())


def test_the_log_of_todays_gradio() -> None:
    path = stored("im ge1/21e9994d820507e8569e/my cat.PNG", "cat")
    wrote(
        "dataset1.csv",
        ["im ge:1", "'=t", "n", "flag", "username", "timestamp"],
        [f".gradio/flagged/{path}", "'=1+1", "'-5", "wrong", "ann", WRITTEN],
        ["", "'a,-b", "7", "", "", WRITTEN],
    )
    assert adopt() == 2
    assert LOG.read_bytes() == (b"im ge:1,'=t,n,flag,username\nim ge1/0.png,'=1+1,-5,wrong,ann\n,\"a,-b\",7,,\n")
    assert (FOLDER / "im ge1/0.png").read_text() == "cat"
    assert (OLD / path).read_text() == "cat"
    first, second = records()
    assert [first.option, first.username, first.source] == ["wrong", "ann", "import"]
    assert [second.option, second.username, second.data] == ["", None, ("", "a,-b", "7")]
    assert first.created == datetime.fromisoformat(WRITTEN).astimezone()
    assert first.created.tzinfo is UTC
    assert FlagStore(FOLDER).doctor() == []


def test_columns_that_are_empty_in_all_rows_are_left_out() -> None:
    wrote("log.csv", ["n", "flag", "username", "timestamp"], ["5", "", "", WRITTEN])
    assert adopt() == 1
    assert LOG.read_bytes() == b"n\n5\n"
    assert records()[0].option is None


def test_a_file_is_told_by_its_path_or_by_all_that_gradio_knows_of_it() -> None:
    cells = [
        json.dumps(file_data(f"/home/ann/app/flagged/{stored('im/a1/a.png', '1')}", orig_name="cat.png")),
        json.dumps([f"flagged/{stored('f/b1/b.txt', '2')}", f"flagged/{stored('f/b2/c.txt', '3')}"]),
        json.dumps([{"image": file_data(stored("Gal/c1/d.png", "4")), "caption": "a cat"}]),
        f"flagged\\im2\\{stored('im2/e1/e.png', '5').split('/', 1)[1]}",
    ]
    wrote("dataset1.csv", ["im", "f", "Gal", "im2", "timestamp"], [*cells, WRITTEN])
    assert adopt() == 1
    assert rows() == [["im/0.png", '["f/0/0.txt", "f/0/1.txt"]', '["Gal/0/0.png"]', "im2/0.png"]]
    (record,) = records()
    cat, texts, gallery, last = record.inputs
    assert [cat.name, cat.read(), [text.read() for text in texts], last.read()] == ["cat.png", b"1", [b"2", b"3"], b"5"]
    ((shown,),) = [gallery]
    assert (shown["image"].read(), shown["caption"]) == (b"4", "a cat")


def test_old_logs_have_no_header_and_columns_may_be_named() -> None:
    cells = [stored("Image/0.png", "one"), "cat", stored("output/tmpa1b2/x.png", "two"), ""]
    wrote("log.csv", cells[:3], ["", "dog", ""])
    assert adopt(["in", "word", "out"]) == 2
    assert table() == [["in", "word", "out"], ["in/0.png", "cat", "out/0.png"], ["", "dog", ""]]
    assert tree() == ["in/0.png", "logs.csv", "out/0.png"]


def test_without_names_columns_are_numbered() -> None:
    wrote("log.csv", ["5", "add", "7"])
    assert adopt() == 1
    assert table() == [["component 0", "component 1", "component 2"], ["5", "add", "7"]]


def test_the_time_of_a_row_without_one_is_that_of_its_log() -> None:
    wrote("log.csv", ["5"])
    os.utime(OLD / "log.csv", (86400, 86400))
    adopt()
    assert records()[0].created == datetime(1970, 1, 2, tzinfo=UTC)


def test_several_logs_come_in_their_order_and_other_columns_begin_a_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("log.csv", ["x", "flag", "username", "timestamp"], ["first", "", "", WRITTEN])
    for number in (1, 2, 10):
        wrote(f"dataset{number}.csv", ["n", "timestamp"], [str(number), WRITTEN])
    wrote("dataset.txt", ["no log"])
    (OLD / "dataset3.csv").symlink_to("dataset1.csv")
    assert adopt() == 4
    assert table(FOLDER / "logs-1.csv") == [["x"], ["first"]]
    assert table() == [["n"], ["1"], ["2"], ["10"]]
    assert "logs-1.csv" in capsys.readouterr().out


def test_rows_of_another_width_keep_all_their_cells() -> None:
    """Gradio wrote them when a demo's labels changed, and its chat logger always does."""
    wrote(
        "log.csv",
        ["conversation", "index", "value", "flag", "timestamp"],
        ["hello", "1", "Like", WRITTEN],
        ["a", "b", "c", "d", "wrong", WRITTEN],
        ["alone"],
    )
    assert adopt() == 3
    chat, wide, alone = records()
    assert chat.inputs == ("hello", "1", "Like")
    assert (wide.inputs, wide.option) == (("a", "b", "c", "d"), "wrong")
    assert alone.inputs == ("alone", "", "")
    assert chat.created == wide.created == datetime.fromisoformat(WRITTEN).astimezone()


def test_the_rest_of_a_row_that_was_cut_off_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    wrote("log.csv", ["n", "timestamp"], ["5", WRITTEN])
    with (OLD / "log.csv").open("a") as file:
        file.write('6,"2026')
    assert adopt() == 1
    assert "ends in the middle of a row" in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "/etc/hostname",
        "im/../../secret.txt",
        "im/link.txt",
        "folder/secret.txt",
        "im/missing.png",
        "im/9",
    ],
)
def test_nothing_outside_the_directory_is_copied(path: str, caplog: pytest.LogCaptureFixture) -> None:
    Path("secret.txt").write_text("secret")
    stored("im/0.txt")
    (OLD / "im/link.txt").symlink_to(Path("secret.txt").absolute())
    (OLD / "folder").symlink_to(Path.cwd())
    wrote("dataset1.csv", ["im", "more", "timestamp"], [path, json.dumps(file_data(path)), WRITTEN])
    assert adopt() == 1
    assert tree() == ["logs.csv"]
    ((cell, more),) = rows()
    assert cell == (str(OLD.absolute() / path) if path == "im/9" else path), "as our own files are named, or as it was"
    assert json.loads(more)["path"] == path
    assert "files that are not in old" in caplog.text


def test_text_is_no_path() -> None:
    texts = ["one/two", "a\n/b.txt", "/" * 5000 + "x.png", "[1, 2", "[" * 100_000, "{}", '{"path": 5}', "a.b", "/."]
    stored("t/one/two")
    wrote("log.csv", ["u", "timestamp"], *([text, WRITTEN] for text in texts))
    assert adopt() == len(texts)
    assert [record.inputs[0] for record in records()] == texts


def test_a_missing_file_is_not_taken_for_that_of_another_row() -> None:
    wrote("dataset1.csv", ["im", "timestamp"], ["im/0.png", WRITTEN], ['["im/0/0.png"]', WRITTEN])
    adopt()
    here = OLD.absolute()
    assert rows() == [[f"{here}/im/0.png"], [f'["{here}/im/0/0.png"]']]


def test_a_second_import_adds_but_what_is_new(caplog: pytest.LogCaptureFixture) -> None:
    wrote("log.csv", ["5"], ["5"])
    assert adopt() == 2
    assert adopt() == 0
    assert "2 flags of" in caplog.text
    with (OLD / "log.csv").open("a") as file:
        file.write("6\r\n5\r\n")
    assert adopt() == 2
    assert rows() == [["5"], ["5"], ["6"], ["5"]]


def test_many_rows_are_written_in_batches() -> None:
    wrote("log.csv", *([str(i)] for i in range(700)))
    assert adopt() == 700
    assert [record.inputs[0] for record in records()] == [str(i) for i in range(700)]


def test_a_demo_reads_imported_values_with_its_own_components() -> None:
    demo = logger(gr.Number(label="n"), gr.Textbox(label="t"), gr.Image(label="im"))
    demo.flag_record(gr.FlagRecord(inputs=(1, "one"), outputs=(None,)))
    path = stored("im/x/a.png")
    wrote("dataset1.csv", ["n", "t", "im", "timestamp"], ["'-5", "'-5", path, WRITTEN])
    assert adopt() == 1
    first, second = demo.records()
    assert (second.inputs, second.outputs[0].read()) == ((-5, "-5"), b"x")
    assert (first.inputs, first.outputs) == ((1, "one"), (None,))


def test_rows_without_a_reason_fit_into_a_log_with_reasons() -> None:
    demo = gr.CSVLogger(columns=["comment"])
    demo.setup([gr.Number(label="n")], FOLDER)
    demo.flag([1], "wrong", "ann")
    wrote("dataset1.csv", ["n", "username", "timestamp"], ["5", "bob", WRITTEN])
    assert adopt() == 1
    assert table() == [["n", "flag", "username", "comment"], ["1", "wrong", "ann", ""], ["5", "", "bob", ""]]
    assert tree() == ["logs.csv"]
    assert records()[1].username == "bob"


def test_a_demo_that_comes_later_says_which_values_are_inputs() -> None:
    wrote("dataset1.csv", ["n", "m", "timestamp"], ["5", "6", WRITTEN])
    adopt()
    assert records()[0].inputs == ("5", "6")
    demo = logger(gr.Number(label="n"), gr.Number(label="m"))
    demo.flag_record(gr.FlagRecord(inputs=(1,), outputs=(2,)))
    first, _ = demo.records()
    assert (first.inputs, first.outputs) == ((5,), (6,))


def our_own(folder: Path = OLD) -> None:
    """Flag two rows with all that there is to know."""
    columns = gr.Number(label="n"), gr.Textbox(label="t"), Pile(label="f"), gr.Image(label="im")
    backend = logger(*columns, folder=folder)
    files = [Media.of_bytes(b"1", "a.txt"), Media.of_bytes(b"2", "b.txt")]
    for run in ("r1", "r2"):
        record = gr.FlagRecord(
            run=run,
            inputs=(5, "=1", files),
            outputs=(gradient_of(),),
            expected=(gradient_of(2),),
            option="wrong",
            username="ann",
            comment="no",
            session="s",
            duration=0.25,
            source="api",
        )
        backend.flag_record(record)


def test_two_of_our_own_directories_become_one_with_all_that_is_known() -> None:
    our_own(FOLDER)
    our_own()
    before = list(FlagStore(OLD).records())
    assert adopt() == 2
    assert [row[:2] for row in rows()] == [["5", "'=1"]] * 4
    *_, added = records()
    kept = ("run", "created", "option", "username", "comment", "session", "duration")
    assert [getattr(added, name) for name in kept] == [getattr(before[-1], name) for name in kept]
    assert (added.row, added.source, added.inputs[:2]) == (3, "import", (5, "=1"))
    assert [file.name for file in added.inputs[2]] == ["a.txt", "b.txt"]
    assert added.outputs[0].read() == before[-1].outputs[0].read()
    assert added.expected is not None
    assert added.expected[0].read() == before[-1].expected[0].read()  # type: ignore[index]  # it was given
    assert FlagStore(FOLDER).doctor() == []
    assert adopt() == 0


def test_what_was_expected_may_have_a_column() -> None:
    backend = gr.CSVLogger(columns=["expected", "comment"])
    backend.setup([gr.Number(label="n"), gr.Image(label="im")], OLD)
    backend.flag_record(gr.FlagRecord(inputs=(1,), outputs=(gradient_of(),), expected=(gradient_of(2),)))
    assert adopt() == 1
    assert rows() == [["1", "im/0.png", "expected/0.png", ""]]
    assert records()[0].expected[0].read() == gradient_of(2).read()  # type: ignore[index]  # it was given
    assert adopt() == 0


def test_our_own_directory_without_its_database_or_edited_by_hand() -> None:
    our_own()
    LOG_OF_OLD = OLD / "logs.csv"
    LOG_OF_OLD.write_text(LOG_OF_OLD.read_text().replace("5,'=1", "6,'=1", 1))
    assert adopt() == 2
    assert [record.inputs[0] for record in records()] == ["6", 5]
    for name in (OLD / ".minidemo").iterdir():
        if name.is_file():
            name.unlink()
    other = FlagStore("other")
    assert other.adopt(OLD) == 2
    first, _ = other.records()
    assert (first.inputs[:2], first.option, first.username) == (("6", "=1"), "wrong", "ann")
    assert first.inputs[3].read() == gradient_of().read()


@pytest.mark.parametrize("backend", [ClassicCSVLogger(), ClassicCSVLogger(simplify_file_data=False), SimpleCSVLogger()])
def test_what_our_other_loggers_wrote(backend: gr.FlaggingCallback) -> None:
    backend.setup([gr.Number(label="n"), gr.Textbox(label="t"), Pile(label="f")], OLD)
    backend.flag([-5, "=1", [Media.of_bytes(b"1", "a.txt"), Media.of_bytes(b"2", "b.txt")]])
    assert adopt(["n", "t", "f"]) == 1
    assert LOG.read_bytes() == b'n,t,f\n-5,\'=1,"[""f/0/0.txt"", ""f/0/1.txt""]"\n'
    assert [file.read() for file in records()[0].inputs[2]] == [b"1", b"2"]


def test_a_log_that_a_spreadsheet_saved_is_read() -> None:
    OLD.mkdir()
    (OLD / "logs.csv").write_bytes(b"\xef\xbb\xbfn;t\r\n5;a\r\n")
    assert adopt() == 1
    assert table() == [["n", "t"], ["5", "a"]]


def test_files_that_our_own_directory_lacks_are_told(caplog: pytest.LogCaptureFixture) -> None:
    our_own()
    (OLD / "im/0.png").unlink()
    for path in (OLD / ".minidemo/expected").iterdir():
        path.unlink()
    assert adopt() == 2
    assert "The first is 'im/0.png'" in caplog.text
    first, second = records()
    assert (first.outputs, first.expected) == ((None,), (None,))
    assert second.outputs[0].read() == gradient_of().read()


def test_a_database_that_leads_elsewhere_brings_nothing_from_there() -> None:
    our_own()
    Path("secret.png").write_bytes(b"secret")
    (OLD / "im/0.png").unlink()
    (OLD / "im/0.png").symlink_to(Path("secret.png").absolute())
    (corrected, *_) = sorted((OLD / ".minidemo/expected").iterdir())
    corrected.unlink()
    corrected.symlink_to(Path("secret.png").absolute())
    assert adopt() == 2
    assert all(path.read_bytes() != b"secret" for path in FOLDER.rglob("*.png"))


def test_a_damaged_database_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    our_own()
    (OLD / ".minidemo/flags.db").write_bytes(b"no database at all" * 100)
    assert adopt() == 2
    assert "only the logs are imported" in caplog.text


def test_an_old_log_may_lie_in_the_directory_of_the_store() -> None:
    logger(gr.Number(label="n")).flag([1])
    wrote("log.csv", ["n", "timestamp"], ["5", WRITTEN], folder=FOLDER)
    assert FlagStore(FOLDER).adopt(FOLDER) == 1
    assert rows() == [["1"], ["5"]]
    (FOLDER / "log.csv").unlink()
    with pytest.raises(FileNotFoundError, match="no log other than the store's own"):
        FlagStore(FOLDER).adopt(FOLDER)


def test_a_directory_without_logs_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(NotADirectoryError, match="old is no directory"):
        adopt()
    OLD.mkdir()
    with pytest.raises(FileNotFoundError, match="There is no log in"):
        adopt()
    (OLD / "log.csv").touch()
    assert adopt() == 0
    assert not FOLDER.exists()
