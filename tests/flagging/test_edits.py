"""What a person does to a folder is respected, and the flags that come after go on from there."""

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from minidemo import CSVLogger, Number, Radio, Textbox
from minidemo.content.media import Media
from tests.flagging.folder import FOLDER, LOG, Pile, logger, table, tree

Table = list[list[str]]


def three() -> CSVLogger:
    """Return a logger with three flags."""
    backend = logger(Textbox(label="t"), Number(label="n"), Pile(label="f"))
    for i, text in enumerate("abc"):
        backend.flag([text, i, [Media.of_bytes(text.encode(), "x.txt")]])
    return backend


def edit(change: Callable[[Table], Table], log: Path = LOG) -> None:
    """Let an editor put a new file in the place of the log."""
    found = change(table(log))
    draft = Path("draft.csv")
    with draft.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(found)
    os.replace(draft, log)


def told(backend: CSVLogger) -> list[tuple[int | None, object]]:
    """Return the row and the text of each flag."""
    return [(record.row, record.data[0]) for record in backend.records()]


def test_a_row_that_was_edited_is_the_same_flag_with_another_value() -> None:
    backend = three()
    before = [record.id for record in backend.records()]
    edit(lambda table: [[*table[0]], table[1], ["=new", "7.5", *table[2][2:]], table[3]])
    records = list(backend.records())
    assert [record.id for record in records] == before
    assert [record.data[:2] for record in records] == [("a", 0), ("=new", 7.5), ("c", 2)]
    assert records[1].data[2][0].read() == b"b"
    assert backend.flag(["d", 3, None]) == 3


def test_a_row_that_was_removed_is_gone_and_comes_back_when_it_does() -> None:
    backend = three()
    whole = LOG.read_bytes()
    edit(lambda table: [table[0], table[1], table[3]])
    assert told(backend) == [(0, "a"), (2, "c")]
    LOG.write_bytes(whole)
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c")]


def test_rows_that_were_sorted_are_the_same_flags() -> None:
    backend = three()
    before = {record.id: record.data[0] for record in backend.records()}
    edit(lambda table: [table[0], *reversed(table[1:])])
    assert {record.id: record.data[0] for record in backend.records()} == before
    assert all(record.source == "user" for record in backend.records())


def test_rows_that_were_added_are_flags_too() -> None:
    backend = three()
    edit(lambda table: [table[0], ["new", "9", ""], *table[1:], ["last", "10", '["f/2/0.txt"]']])
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c"), (3, "new"), (4, "last")]
    record = list(backend.records())[3]
    assert (record.source, record.data[:2], record.duration) == ("import", ("new", 9), 0.0)


def test_equal_rows_are_told_apart_by_their_place() -> None:
    backend = logger(Textbox(label="t"))
    for _ in range(4):
        backend.flag(["same"])
    edit(lambda table: [*table[:3], ["other"], table[4]])
    assert told(backend) == [(0, "same"), (1, "same"), (2, "other"), (3, "same")]
    edit(lambda table: table[:3])
    assert told(backend) == [(0, "same"), (1, "same")]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_log_that_a_spreadsheet_saved_its_own_way_is_set_aside_with_its_flags(delimiter: str) -> None:
    backend = three()
    text = "\r\n".join(delimiter.join(cells) for cells in table())
    LOG.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c")]
    kept = LOG.read_bytes()
    assert backend.flag(["d", 3, None]) == 3
    assert (FOLDER / "logs-1.csv").read_bytes() == kept
    assert table() == [["t", "n", "f"], ["d", "3", ""]]
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c"), (3, "d")]
    assert {record.source for record in backend.records()} == {"user"}


def test_columns_that_were_renamed_begin_a_new_log() -> None:
    backend = three()
    edit(lambda table: [["text", *table[0][1:]], *table[1:]])
    assert backend.flag(["d", 3, None]) == 3
    assert table(FOLDER / "logs-1.csv")[0] == ["text", "n", "f"]
    assert table() == [["t", "n", "f"], ["d", "3", ""]]
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c"), (3, "d")]


def test_a_log_that_was_renamed_keeps_its_flags() -> None:
    backend = three()
    (FOLDER / "logs-5.csv").write_text("something else\n")
    LOG.rename(FOLDER / "logs-7.csv")
    assert backend.flag(["d", 3, None]) == 3
    assert told(backend) == [(0, "a"), (1, "b"), (2, "c"), (3, "d")]
    edit(lambda table: table[:2], FOLDER / "logs-7.csv")
    assert told(backend) == [(0, "a"), (3, "d")]


def test_a_log_that_was_removed_takes_its_flags_with_it() -> None:
    backend = three()
    kept = LOG.read_bytes()
    LOG.unlink()
    assert told(backend) == []
    LOG.write_bytes(kept)
    assert [text for _, text in told(backend)] == ["a", "b", "c"], "they come back as rows of another's"


def test_a_log_that_was_emptied_is_begun_anew() -> None:
    backend = three()
    LOG.write_bytes(b"")
    assert backend.flag(["d", 3, None]) == 3
    assert table() == [["t", "n", "f"], ["d", "3", ""]]
    assert told(backend) == [(3, "d")]


def test_without_its_database_a_folder_is_taken_as_it_lies() -> None:
    backend = three()
    logger(Textbox(label="other")).flag(["x"])
    shutil.rmtree(FOLDER / ".minidemo")
    assert backend.flag(["d", 3, None]) == 4
    found = [(record.row, record.data[0], record.source) for record in backend.records()]
    assert found == [(0, "a", "import"), (1, "b", "import"), (2, "c", "import"), (3, "x", "import"), (4, "d", "user")]
    assert [media.read() for record in list(backend.records())[:3] for media in record.data[2]] == [b"a", b"b", b"c"]
    assert (FOLDER / "logs-2.csv").exists(), "the columns have changed twice"


def test_reasons_and_users_are_known_of_rows_that_others_wrote() -> None:
    FOLDER.mkdir()
    LOG.write_text("t,flag,username\na,'=wrong,ann\nb,,\n")
    backend = logger(Textbox(label="t"))
    assert backend.flag(["c"], "wrong", "bob") == 2
    found = [(record.inputs, record.option, record.username) for record in backend.records()]
    assert found == [(("a",), "=wrong", "ann"), (("b",), "", None), (("c",), "wrong", "bob")]


def test_values_of_others_are_read_by_the_component() -> None:
    FOLDER.mkdir()
    LOG.write_text('n,op,"more, much"\n5,add,x\n')
    backend = logger(Number(label="n"), Radio(["add"], label="op"), Textbox(label="more, much"))
    backend.flag([6, "add", "y"])
    assert [record.data for record in backend.records()] == [(5, "add", "x"), (6, "add", "y")]


def test_text_that_looks_like_the_path_of_a_file_is_text() -> None:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    backend.flag(["f/1/0.txt", [Media.of_bytes(b"mine", "x.txt")]])
    backend.flag(["t/0.txt", [Media.of_bytes(b"yours", "x.txt")]])
    shutil.rmtree(FOLDER / ".minidemo")
    first, second = backend.records()
    assert (first.data[0], second.data[0]) == ("f/1/0.txt", "t/0.txt")
    backend.delete([first.id])
    assert tree() == ["f/1/0.txt", "logs.csv"]


@pytest.mark.parametrize("cell", ["[1]", "[not/json", '["f/0/0.txt", 5]', "f/0/../../x", "/etc/passwd", '["../x"]'])
def test_cells_that_lead_elsewhere_are_text(cell: str) -> None:
    Path("x").write_bytes(b"secret")
    backend = logger(Textbox(label="t"), Pile(label="f"))
    backend.flag(["a", None])
    edit(lambda table: [*table, ["b", cell]])
    assert list(backend.records())[1].data[1] == cell
    backend.delete([record.id for record in backend.records()])
    assert Path("x").read_bytes() == b"secret"


def test_an_edit_beside_a_row_that_is_gone_is_an_edit() -> None:
    backend = three()
    edit(lambda table: [table[0], table[1], table[3]])
    list(backend.records())
    edit(lambda table: [table[0], table[1], ["new", *table[2][1:]]])
    assert told(backend) == [(0, "a"), (2, "new")]


def test_quotes_that_fit_nowhere_are_taken_as_they_are() -> None:
    backend = logger(Textbox(label="t"), Textbox(label="u"))
    backend.flag(["a", "b"])
    with LOG.open("a") as file:
        file.write('"x"y,z\n')
    assert [record.data for record in backend.records()] == [("a", "b"), ('"x"y', "z")]
    backend.flag(["c", "d"])
    assert LOG.read_text().endswith('"x"y,z\nc,d\n')


def test_a_row_of_another_width_is_left_as_it_is() -> None:
    backend = three()
    edit(lambda table: [*table[:2], ["too", "wide", "", "by", "far"], ["short"], *table[2:]])
    before = LOG.read_bytes()
    assert [text for _, text in told(backend)] == ["a", "b", "c", "too", "short"]
    backend.flag(["d", 3, None])
    assert LOG.read_bytes() == before + b"d,3,\n"


def test_text_that_is_nested_too_deeply_for_json_is_text() -> None:
    text = "[" * 100_000 + "t/0.txt"
    backend = logger(Textbox(label="t"))
    backend.flag([text])
    shutil.rmtree(FOLDER / ".minidemo")
    assert logger(Textbox(label="t")).flag(["b"]) == 1
    assert told(logger(Textbox(label="t"))) == [(0, text), (1, "b")]
