"""A copy of a folder that was made while somebody wrote holds each flag whole, or nothing of it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minidemo import CSVLogger, Textbox
from minidemo.content.media import Media
from tests.flagging.folder import FOLDER, Pile, logger, rows, tree

COPY = Path("copy")


def four() -> CSVLogger:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    for text in "abcd":
        backend.flag([text, [Media.of_bytes(text.encode(), "x.txt")]])
    return backend


def copied() -> CSVLogger:
    shutil.copytree(FOLDER, COPY)
    return logger(Textbox(label="t"), Pile(label="f"), folder=COPY)


def texts(backend: CSVLogger) -> list[str]:
    return [record.data[0] for record in backend.records()]


def test_a_copy_goes_on_by_itself() -> None:
    four()
    backend = copied()
    assert backend.flag(["e", None]) == 4
    assert texts(backend) == ["a", "b", "c", "d", "e"]
    assert len(rows()) == 4


def test_rows_whose_files_were_copied_too_early_are_taken_out() -> None:
    four()
    shutil.rmtree(FOLDER / "f" / "2")
    shutil.rmtree(FOLDER / "f" / "3")
    backend = copied()
    assert texts(backend) == ["a", "b"]
    assert [row[0] for row in rows(COPY / "logs.csv")] == ["a", "b"]
    assert (COPY / ".minidemo/aside/logs.tail").read_text() == 'c,"[""f/2/0.txt""]"\nd,"[""f/3/0.txt""]"\n'


def test_rows_without_files_that_somebody_removed_earlier_stay() -> None:
    four()
    shutil.rmtree(FOLDER / "f" / "1")
    assert texts(copied()) == ["a", "b", "c", "d"]


def test_a_copy_without_any_whole_row_begins_anew() -> None:
    four()
    shutil.rmtree(FOLDER / "f")
    backend = copied()
    assert texts(backend) == []
    assert backend.flag(["e", None]) == 4


def test_files_whose_rows_were_copied_too_early_are_moved_aside() -> None:
    four()
    (FOLDER / "f" / "4").mkdir()
    (FOLDER / "f" / "4" / "0.txt").write_bytes(b"e")
    (FOLDER / "f" / "9.txt").write_bytes(b"j")
    (FOLDER / "f" / "notes.txt").write_bytes(b"mine")
    backend = copied()
    assert texts(backend) == ["a", "b", "c", "d"]
    assert tree(COPY) == ["f/0/0.txt", "f/1/0.txt", "f/2/0.txt", "f/3/0.txt", "f/notes.txt", "logs.csv"]
    assert (COPY / ".minidemo/aside/f/4/0.txt").read_bytes() == b"e"
    assert len(tree()) == 8, "the folder itself is left alone"


@pytest.mark.parametrize("place", [0, 4096, 8192, 12288, 16384, 20480])
def test_a_database_that_was_copied_in_the_middle_of_a_change_is_made_anew(place: int) -> None:
    four()
    shutil.copytree(FOLDER, COPY)
    with open(COPY / ".minidemo" / "flags.db", "r+b") as file:
        file.seek(place)
        file.write(b"\xaa" * 2000)
    backend = logger(Textbox(label="t"), Pile(label="f"), folder=COPY)
    assert texts(backend) == ["a", "b", "c", "d"]


def test_a_copy_whose_counts_are_older_than_its_rows_goes_on_after_them() -> None:
    before = list(four().records())
    shutil.copytree(FOLDER, COPY)
    with closing(sqlite3.connect(COPY / ".minidemo" / "flags.db")) as database, database:
        database.execute("UPDATE ledger SET number = 1")
        database.execute("UPDATE state SET last = NULL, nbytes = 0")
    with (COPY / "logs.csv").open("a") as file:
        file.write("by hand,\n")
    backend = logger(Textbox(label="t"), Pile(label="f"), folder=COPY)
    assert texts(backend) == ["a", "b", "c", "d", "by hand"]
    assert backend.flag(["e", None]) == 5
    assert [record.id for record in backend.records()][:4] == [record.id for record in before]
    assert backend.store.nbytes() == logger(Textbox(label="t"), Pile(label="f")).store.nbytes() + len("by hand,\ne,\n")


def test_a_copy_without_its_log_has_no_flags() -> None:
    four()
    (FOLDER / "logs.csv").unlink()
    assert texts(copied()) == []


def test_a_folder_that_was_moved_is_the_same() -> None:
    backend = four()
    before = list(backend.records())
    FOLDER.rename(COPY)
    moved = logger(Textbox(label="t"), Pile(label="f"), folder=COPY)
    assert [record.id for record in moved.records()] == [record.id for record in before]


def test_text_that_looks_like_the_path_of_a_file_stays_in_a_copy() -> None:
    backend = four()
    backend.flag(["f/99/0.txt", None])
    backend.flag(["t/99.png", None])
    (FOLDER / "t").mkdir()
    assert texts(copied()) == ["a", "b", "c", "d", "f/99/0.txt", "t/99.png"]


def test_rows_that_the_copied_database_does_not_know_are_taken_out_without_their_files() -> None:
    four()
    with (FOLDER / "logs.csv").open("a") as file:
        file.write('later,"[""f/9/0.txt""]"\n')
    assert texts(copied()) == ["a", "b", "c", "d"]
