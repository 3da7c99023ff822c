"""What is known of a flag can be read back, put right and filtered."""

import json
import os
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from minidemo import Component, ConfigurationError, CSVLogger, FlagRecord, FlagStore, Image, Number, Textbox
from minidemo.content.media import Media
from tests.components.pictures import encoded, gradient, pixels, uploaded
from tests.flagging.connections import Refusing, use
from tests.flagging.folder import FOLDER, LOG, Pile, database, gradient_of, logger, picture, rows, table, tree

VALUES: list[object] = [None, "", 0, False, 0.1, [], {}, {"a": [1, {"b": None}]}, {"$file": 1}, {"$dict": 2}]
HOSTILE = ["=1", "'=1", "a\ud800b", "\\ud800", "\0", "two\nlines", "", " ", "\u202e", "x" * 131_073]


def flagged(backend: CSVLogger, **fields: Any) -> FlagRecord:
    """Flag a record, and return it as it is read back."""
    row = backend.flag_record(FlagRecord(**fields))
    (record,) = backend.records(row=row)
    return record


def test_everything_that_is_known_is_kept() -> None:
    backend = logger(Textbox(label="t"), Number(label="n"))
    given = FlagRecord(
        run="r1",
        inputs=("a",),
        outputs=(2**70,),
        option="wrong",
        comment="why?",
        expected=(3,),
        username="ann",
        session="s-1",
        duration=0.25,
        error="ValueError: no",
        source="auto",
        version="1.0",
    )
    row = backend.flag_record(given)
    (record,) = backend.records()
    assert record == FlagRecord(**{name: getattr(given, name) for name in FlagRecord.__slots__} | {"row": row})
    assert record.data == ("a", 2**70)
    assert table() == [["t", "n", "flag", "username"], ["a", "1180591620717411303424", "wrong", "ann"]]


@pytest.mark.parametrize("value", VALUES)
def test_values_keep_their_types(value: object) -> None:
    class Anything(Textbox):
        pass

    assert flagged(logger(Anything(label="x")), inputs=(value,)).inputs == (value,)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_read_back_exactly_wherever_it_stands(text: str) -> None:
    backend = logger(Textbox(label="t"), Textbox(label="u"))
    fields = ("option", "comment", "username", "session", "error", "version", "run")
    record = flagged(backend, inputs=(text,), outputs=(text,), expected=(text,), **dict.fromkeys(fields, text))
    assert record.data == (text, text)
    assert record.expected == (text,)
    assert [getattr(record, name) for name in fields] == [text] * len(fields)


def test_a_folder_without_flags_has_no_records_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    assert list(FlagStore("nowhere").records()) == []
    assert f"There are no flags in {Path('nowhere').absolute()}: no logs.csv is there." in caplog.text
    assert not Path("nowhere").exists()


def test_files_are_read_back_with_their_names() -> None:
    backend = logger(Pile(label="f"), Image(label="im"))
    record = flagged(backend, inputs=([Media.of_bytes(b"a", "my a.txt"), Media.of_bytes(b"b", "b")],), outputs=(None,))
    assert [(media.name, media.mime, media.read()) for media in record.inputs[0]] == [
        ("my a.txt", "text/plain", b"a"),
        ("b", "application/octet-stream", b"b"),
    ]
    (FOLDER / "f/0/0.txt").unlink()
    (record,) = backend.records()
    assert record.inputs[0][0] is None, "a file that was taken away is none"


def test_files_inside_of_values_are_read_back() -> None:
    class Anything(Pile):
        def flag(self, value: Any) -> list[Media]:
            return [value["a"]["b"][0]]

    Path("far.txt").write_bytes(b"far")
    value = {"a": {"b": [Media.of_path(Path("far.txt")), 1]}}
    record = flagged(logger(Anything(label="x")), inputs=(value,))
    assert record.inputs[0]["a"]["b"][0].read() == b"far"
    assert record.inputs[0]["a"]["b"][1] == 1
    assert (FOLDER / "x/0/0.txt").read_bytes() == b"far"


def test_what_is_no_plain_file_is_not_stored(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    backend = logger(Pile(label="f"))
    with pytest.raises(OSError, match="is no plain file, and cannot be stored"):
        backend.flag([[Media.of_path(tmp_path / "pipe")]])
    assert tree() == []


def test_a_picture_is_read_back_as_it_was_stored() -> None:
    backend = logger(Image(label="im"))
    record = flagged(backend, inputs=(uploaded(encoded(gradient(), "JPEG"), "cat.jpg"),))
    assert record.inputs[0].name == "cat.jpg"
    assert record.inputs[0].path == FOLDER.absolute() / "im/0.png"


def test_what_it_should_have_been_is_kept_with_its_files() -> None:
    backend = logger(Textbox(label="t"), Image(label="im"), Number(label="n"))
    record = flagged(backend, inputs=("a",), outputs=(gradient_of(3), 1), expected=(gradient_of(5), None))
    assert record.expected is not None
    assert record.expected[1] is None
    assert pixels(picture(record.expected[0].path.relative_to(FOLDER.absolute()).as_posix())) == pixels(gradient(5, 5))
    assert tree() == ["im/0.png", "logs.csv"], "and does not show in the folder"


def test_columns_of_ones_own_are_added_when_they_are_asked_for() -> None:
    backend = CSVLogger(columns=["comment", "expected", "created", "duration", "id"])
    backend.setup([Textbox(label="t"), Number(label="n"), Image(label="expected")], FOLDER)
    created = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    record = flagged(
        backend,
        inputs=("a",),
        outputs=(1, gradient_of()),
        option="wrong",
        comment="=no",
        expected=(2, gradient_of()),
        created=created,
        duration=1.5,
    )
    names = ["comment", "expected n", "expected expected", "created", "duration", "id"]
    assert table()[0] == ["t", "n", "expected", "flag", *names]
    when = "2026-01-02T03:04:05+00:00"
    right = ["'=no", "2", "expected expected/0.png", when, "1.5", record.id]
    assert rows() == [["a", "1", "expected/0.png", "wrong", *right]]
    backend.flag_record(FlagRecord(inputs=("b",), outputs=(3, None), option="ok"))
    assert rows()[1][4:7] == ["", "", ""]


def test_a_single_output_has_one_column_for_what_it_should_have_been() -> None:
    backend = CSVLogger(columns=["expected"])
    backend.setup([Textbox(label="t"), Number(label="n")], FOLDER)
    backend.flag_record(FlagRecord(inputs=("a",), outputs=(1,), expected=(2,)))
    assert table() == [["t", "n", "expected"], ["a", "1", "2"]]


def test_flags_are_found_by_what_is_known_of_them() -> None:
    backend = logger(Number(label="n"))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for i in range(4):
        flagged(
            backend,
            inputs=(i,),
            created=start + timedelta(days=i),
            username="ann" if i % 2 else "bob",
            session=f"s{i}",
            source="auto" if i == 3 else "user",
        )
    ids = [record.id for record in backend.records()]

    def found(**conditions: Any) -> list[Any]:
        return [record.inputs[0] for record in backend.store.records(**conditions)]

    assert found(username="ann") == [1, 3]
    assert found(session="s2") == [2]
    assert found(before=start + timedelta(days=2)) == [0, 1]
    assert found(row=2) == [2]
    assert found(ids=[ids[3], ids[0], "none"]) == [0, 3]
    assert found(username="ann", source="auto") == [3]
    assert found(status="fixed") == []
    assert list(backend.records(username="ann", session="s0", status="new")) == []


def test_many_flags_are_read_in_pages() -> None:
    backend = logger(Number(label="n"))
    backend.flag([0])
    with LOG.open("a") as file:
        file.writelines(f"{i}\n" for i in range(1, 1200))
    assert [record.inputs[0] for record in backend.records()] == list(range(1200))


def test_a_folder_that_is_not_there_has_no_flags() -> None:
    backend = logger(Number(label="n"))
    assert list(backend.records()) == []
    assert backend.delete(["none"]).flags == 0
    assert backend.store.nbytes() == 0
    assert backend.store.owed("sink") == backend.store.oldest("auto", nbytes=1) == []
    with pytest.raises(KeyError):
        backend.update("none", status="fixed")
    assert not FOLDER.exists()


def test_a_review_puts_a_flag_right_and_leaves_the_log_alone() -> None:
    backend = logger(Textbox(label="t"))
    record = flagged(backend, inputs=("a",))
    before = LOG.read_bytes()
    changed = backend.update(record.id, status="accepted", note="\ud800 seen", reviewer="bob")
    assert (changed.status, changed.note, changed.reviewer) == ("accepted", "\ud800 seen", "bob")
    assert backend.update(record.id) == changed
    assert [each.id for each in backend.records(status="accepted")] == [record.id]
    with pytest.raises(ValueError, match="status is 'done'; expected one of new, accepted"):
        backend.update(record.id, status="done")  # type: ignore[arg-type]
    assert LOG.read_bytes() == before


def test_ids_sort_as_rows_do_even_if_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Number(label="n"))
    times = iter([10**18, 5 * 10**17, 5 * 10**17, 10**15, 2 * 10**18])
    with monkeypatch.context() as patch:
        patch.setattr("time.time_ns", lambda: next(times, 10**15))
        for i in range(4):
            backend.flag([i])
    ids = [record.id for record in backend.records()]
    assert ids == sorted(set(ids))
    assert len(ids) == 4


def test_the_database_holds_plain_json() -> None:
    flagged(logger(Textbox(label="t")), inputs=("a",))
    with database() as db:
        ((data,),) = db.execute("SELECT data FROM flags").fetchall()
    assert json.loads(data) == ["a"]


def test_a_folder_that_may_not_be_written_to_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["a"])

    class ReadOnly(Refusing):
        code = sqlite3.SQLITE_READONLY

    with monkeypatch.context() as patch:
        use(patch, ReadOnly)
        readers = logger(Textbox(label="t"))
        assert [record.inputs for record in readers.records()] == [("a",)]
        with pytest.raises(PermissionError):
            readers.flag(["b"])


def test_a_database_of_a_later_version_is_left_alone() -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["a"])
    with database() as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(OSError, match="written by a later version of minidemo"):
        logger(Textbox(label="t")).flag(["b"])
    assert rows() == [["a"]]


def test_an_unknown_column_is_refused_with_a_hint() -> None:
    with pytest.raises(ConfigurationError, match=r"CSVLogger got the column 'coment'. Did you mean 'comment'\?"):
        CSVLogger(columns=["coment"])


@pytest.mark.parametrize("typed", [True, False])
def test_no_file_is_read_that_lies_outside_of_the_folder(typed: bool, tmp_path: Path) -> None:
    """As a folder might name it that somebody else has sent."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    backend = logger(Pile(label="f"))
    backend.flag([[Media.of_bytes(b"mine", "x.txt")]])
    (FOLDER / "f/0/0.txt").unlink()
    (FOLDER / "f/0/0.txt").symlink_to(secret)
    if not typed:
        with database() as db:
            db.execute("""UPDATE flags SET cells = '["f/0/0.txt"]', data = NULL""")
    ((value,),) = [record.inputs for record in backend.records()]
    assert value == ([None] if typed else "f/0/0.txt")
    with database() as db:
        db.execute("UPDATE flags SET data = replace(data, 'f/0/0.txt', '../secret.txt')")
    ((value,),) = [record.inputs for record in backend.records()]
    assert value == ([None] if typed else "f/0/0.txt")


class Day(Component):
    """Stores what it is given, whatever that is."""

    def flag(self, value: Any) -> Any:
        return value


def test_a_value_that_json_does_not_know_is_stored_as_text() -> None:
    backend = logger(Day(label="day"))
    backend.flag([date(2026, 3, 31)])
    assert rows() == [["2026-03-31"]]
    (record,) = backend.records()
    assert record.inputs == ("2026-03-31",)
