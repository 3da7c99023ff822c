"""A log that somebody else wrote, edited or took away: its rows stay as they are, and new ones go on from there."""

import csv
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from minidemo import Image, Number, Textbox
from minidemo.content.media import Media
from tests.components.pictures import gradient, pixels
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger, picture, rows, tree

DATABASE = FOLDER / ".minidemo" / "flags.db"


def sizes(folder: str = "im") -> dict[str, int]:
    """Return the width of each picture, by which the tests know it again."""
    return {path.name: picture(f"{folder}/{path.name}").width for path in (FOLDER / folder).iterdir()}


def test_a_log_with_other_columns_is_set_aside_untouched(capsys: pytest.CaptureFixture[str]) -> None:
    logger(Number(label="a")).flag([1])
    before = LOG.read_bytes()
    backend = logger(Number(label="b"))
    assert [backend.flag([2]), backend.flag([3])] == [1, 2]
    assert LOG.read_bytes() == b"b\n2\n3\n"
    assert (FOLDER / "logs-1.csv").read_bytes() == before == b"a\n1\n"
    said = capsys.readouterr().out
    assert said == (
        f"The columns of {LOG.absolute()} have changed: the rows so far are kept as logs-1.csv. "
        "If two demos flag into this folder, give each a flagging_dir of its own.\n"
    )


def test_reasons_that_are_added_later_begin_a_new_log() -> None:
    backend = logger(Number(label="n"))
    backend.flag([1])
    backend.flag([2], "wrong")
    backend.flag([3])
    assert LOG.read_bytes() == b"n\n3\n"
    assert (FOLDER / "logs-1.csv").read_bytes() == b"n\n1\n"
    assert (FOLDER / "logs-2.csv").read_bytes() == b"n,flag\n2,wrong\n"


def test_the_next_free_name_is_taken_for_an_old_log() -> None:
    FOLDER.mkdir()
    (FOLDER / "logs-1.csv").write_bytes(b"mine")
    (FOLDER / "logs-2.csv").symlink_to("nowhere")
    logger(Number(label="a")).flag([1])
    logger(Number(label="b")).flag([2])
    assert (FOLDER / "logs-1.csv").read_bytes() == b"mine"
    assert (FOLDER / "logs-2.csv").is_symlink()
    assert (FOLDER / "logs-3.csv").read_bytes() == b"a\n1\n"


def test_a_new_log_goes_on_counting_so_that_no_picture_is_overwritten() -> None:
    logger(Image(label="im")).flag([gradient_of(1)])
    logger(Image(label="im"), Number(label="n")).flag([gradient_of(2), 5])
    assert LOG.read_bytes() == b"im,n\nim/1.png,5\n"
    assert sizes() == {"0.png": 1, "1.png": 2}


@pytest.mark.parametrize("first", ["im", "other"])
def test_no_picture_is_overwritten_when_log_and_ledger_are_gone(first: str) -> None:
    backend = logger(Image(label="im"), Image(label="other"))
    for side in (1, 2, 3):
        backend.flag([gradient_of(side) if first == "im" else None, gradient_of(side) if first == "other" else None])
    LOG.unlink()
    shutil.rmtree(DATABASE.parent)
    assert backend.flag([gradient_of(7), gradient_of(8)]) == 3
    assert rows() == [["im/3.png", "other/3.png"]]
    assert sizes(first) == {"0.png": 1, "1.png": 2, "2.png": 3, "3.png": 7 if first == "im" else 8}


def test_a_number_that_somebodys_own_file_bears_is_passed_over() -> None:
    backend = logger(Image(label="im"), Pile(label="f"))
    backend.flag([gradient_of(1), []])
    (FOLDER / "im" / "1.png").symlink_to("nowhere")
    (FOLDER / "f" / "2").mkdir(parents=True)
    (FOLDER / "f" / "2" / "0.txt").write_text("mine")
    assert backend.flag([gradient_of(2), [Media.of_bytes(b"x", "x.txt")]]) == 3
    assert rows()[1] == ["im/3.png", '["f/3/0.txt"]']
    assert (FOLDER / "f/2/0.txt").read_text() == "mine"
    assert backend.flag([gradient_of(2), []]) == 4


def test_rows_added_by_hand_are_counted() -> None:
    backend = logger(Textbox(label="a"), Number(label="b"))
    backend.flag(["x", 1])
    with LOG.open("a") as file:
        file.write('"two\n""lines""",2\n\ny,3\n \n')
    assert backend.flag(["z", 4]) == 3
    assert LOG.read_bytes() == b'a,b\nx,1\n"two\n""lines""",2\n\ny,3\n \nz,4\n'


def test_rows_removed_by_hand_stay_removed_and_their_numbers_unused() -> None:
    backend = logger(Image(label="im"))
    for side in (1, 2, 3):
        backend.flag([gradient_of(side)])
    LOG.write_bytes(b"im\nim/2.png\n")
    assert backend.flag([gradient_of(4)]) == 3
    assert LOG.read_bytes() == b"im\nim/2.png\nim/3.png\n"
    assert sizes() == {"0.png": 1, "1.png": 2, "2.png": 3, "3.png": 4}


def test_a_log_that_nobody_else_wrote_is_not_read_again() -> None:
    """Seen by changing it behind the database's back: were the rows counted, the next would have another number."""
    backend = logger(Textbox(label="t"))
    for _ in range(2):
        backend.flag(["a long text"])
    state = LOG.stat()
    with LOG.open("r+b") as file:
        file.seek(2)
        file.write((b"x\n" * state.st_size)[: state.st_size - 2])
    os.utime(LOG, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert backend.flag(["next"]) == 2


@pytest.mark.parametrize("content", [b"n,m\r\n", b"n,m\r\n1,2\r\n", b"n,m\r\n1,2"])
def test_a_log_keeps_the_row_ending_that_it_has(content: bytes) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(content)
    backend = logger(Number(label="n"), Number(label="m"))
    backend.flag([3, 4])
    backend.flag([5, 6])
    assert LOG.read_bytes() == content.removesuffix(b"\r\n") + b"\r\n3,4\r\n5,6\r\n"


@pytest.mark.parametrize(
    ("content", "number"), [(b"n,m", 0), (b"n,m\n", 0), (b"n,m\n1,2", 1), (b'n,m\n"1\n0",2\n3,4', 2), (b'"n","m"\n', 0)]
)
def test_a_log_of_others_is_gone_on_with_after_the_end_of_its_last_row(content: bytes, number: int) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(content)
    assert logger(Number(label="n"), Number(label="m")).flag([5, 6]) == number
    assert LOG.read_bytes() == content.removesuffix(b"\n") + b"\n5,6\n"
    assert not (FOLDER / "logs-1.csv").exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"n;m\n1;2\n", id="semicolons"),
        pytest.param("n,m\n1,2\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"m,n\n1,2\n", id="order"),
        pytest.param(b"n\n", id="column less"),
        pytest.param(b"n,m,\n", id="column more"),
        pytest.param(b"\n", id="empty line"),
        pytest.param(b"n,m\r1,2\r", id="CR"),
        pytest.param(b'"n,m\n', id="open quote"),
        pytest.param(bytes(range(256)), id="binary"),
        pytest.param(b"\0" * (2**20 + 5), id="zeros"),
        pytest.param(b"n" * 200_000, id="long line"),
    ],
)
def test_a_log_that_is_not_ours_is_set_aside_whatever_it_is(content: bytes) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(content)
    logger(Number(label="n"), Number(label="m")).flag([3, 4])
    assert (FOLDER / "logs-1.csv").read_bytes() == content
    assert LOG.read_bytes() == b"n,m\n3,4\n"


def test_an_empty_log_gets_its_header() -> None:
    FOLDER.mkdir()
    LOG.touch()
    logger(Number(label="n")).flag([1])
    assert LOG.read_bytes() == b"n\n1\n"
    assert tree() == ["logs.csv"]


def test_the_ledger_can_be_deleted() -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["one\ntwo"])
    backend.flag(['"'])
    shutil.rmtree(DATABASE.parent)
    assert backend.flag(["three"]) == 2
    assert rows() == [["one\ntwo"], ['"'], ["three"]]


def test_the_log_can_be_deleted() -> None:
    backend = logger(Image(label="im"))
    backend.flag([gradient_of(1)])
    LOG.unlink()
    assert backend.flag([gradient_of(2)]) == 1
    assert LOG.read_bytes() == b"im\nim/1.png\n"
    assert sizes() == {"0.png": 1, "1.png": 2}


def test_the_folder_can_be_deleted_between_two_flags() -> None:
    backend = logger(Image(label="im"))
    backend.flag([gradient_of(1)])
    backend.flag([gradient_of(2)])
    shutil.rmtree(FOLDER)
    assert backend.flag([gradient_of(3)]) == 0
    assert LOG.read_bytes() == b"im\nim/0.png\n"
    assert sizes() == {"0.png": 3}


@pytest.mark.parametrize(("flags", "gone"), [(0, "."), (1, "."), (1, "logs.csv")])
def test_a_flag_into_a_folder_that_is_deleted_meanwhile_is_not_said_to_be_stored(
    monkeypatch: pytest.MonkeyPatch, flags: int, gone: str
) -> None:
    backend = logger(Textbox(label="t"))
    for _ in range(flags):
        backend.flag(["x"])
    fsync = os.fsync

    def delete(handle: int) -> None:
        fsync(handle)
        if gone == ".":
            shutil.rmtree(FOLDER, ignore_errors=True)
        else:
            LOG.unlink(missing_ok=True)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", delete)
        with pytest.raises(OSError, match="flagged"):
            backend.flag(["y"])
    backend.flag(["z"])
    assert rows() == [["z"]]


def test_the_databases_number_wins_over_a_log_that_lost_its_rows() -> None:
    backend = logger(Number(label="n"))
    backend.flag([1])
    with closing(sqlite3.connect(DATABASE)) as database:
        database.execute("UPDATE ledger SET number = 40")
        database.commit()
    assert [backend.flag([2]), backend.flag([3])] == [40, 41]


def test_every_reader_finds_as_many_rows_as_were_flagged() -> None:
    texts = ["a\nb", '"', ",", "", "\r", "\0", "=1", "x" * 131_073]
    backend = logger(Textbox(label="t"), Number(label="n"))
    for i, text in enumerate(texts):
        assert backend.flag([text, i]) == i
    limit = csv.field_size_limit(2**20)
    try:
        assert [row[1] for row in rows()] == [str(i) for i in range(len(texts))]
    finally:
        csv.field_size_limit(limit)
    DATABASE.unlink()
    assert backend.flag(["next", 8]) == 8


def test_a_picture_of_an_older_row_is_never_touched() -> None:
    backend = logger(Image(label="im"))
    backend.flag([gradient_of(3)])
    DATABASE.unlink()
    LOG.write_bytes(b"im\n")
    assert backend.flag([gradient_of(5)]) == 1
    assert pixels(picture("im/0.png")) == pixels(gradient(3, 3))
