"""The doctor names whatever is not as it should be, and puts right what can be; a healthy folder is left as it is."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.store import FlagStore
from tests.flagging.connections import Refusing, use
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger, rows, tree

HIDDEN = FOLDER / ".minidemo"


@pytest.fixture(autouse=True)
def _flags() -> None:
    """Flag three rows, with pictures, files and corrections."""
    backend = logger(gr.Textbox(label="t"), Pile(label="f"), gr.Image(label="im"))
    for i in range(3):
        files = [Media.of_bytes(b"%d" % i, "a.txt")]
        record = gr.FlagRecord(
            inputs=(f"text {i}", files), outputs=(gradient_of(i + 1),), expected=(gradient_of(5),), username="ann"
        )
        backend.flag_record(record)


def found(*, repair: bool = False) -> list[tuple[str, bool]]:
    """Return the kinds of what the doctor finds, and whether it was put right."""
    return [(finding.kind, finding.repaired) for finding in FlagStore(FOLDER).doctor(repair=repair)]


def detail() -> str:
    """Return what the doctor says of the one thing that it finds."""
    (finding,) = FlagStore(FOLDER).doctor()
    return finding.detail


def everything() -> dict[str, tuple[int, bytes]]:
    """Return the mode and the bytes of every file, but for the journals that each turn writes."""
    files = (path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in (".db", ".db-journal"))
    return {path.as_posix(): (path.stat().st_mode, path.read_bytes()) for path in files}


def execute(statement: str) -> None:
    """Change the database behind the store's back."""
    with closing(sqlite3.connect(HIDDEN / "flags.db")) as db, db:
        db.execute(statement)


def test_a_healthy_folder_gives_no_findings_and_is_not_changed() -> None:
    before = everything()
    assert found() == []
    assert found(repair=True) == []
    assert everything() == before


def test_there_is_nothing_wrong_with_a_folder_that_is_not_there() -> None:
    assert FlagStore("nowhere").doctor() == []
    assert not Path("nowhere").exists()


def test_files_of_others_are_no_orphans() -> None:
    for name in ("notes.txt", "im/notes.txt", "im/Thumbs.db", "im/0 copy.png", "more/7.png"):
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).touch()
    assert found(repair=True) == []


def test_stored_files_that_no_row_names_are_moved_aside() -> None:
    orphans = ["im/7.png", "f/7/0.txt", ".minidemo/expected/7-0.png", ".minidemo/draft"]
    for name in orphans:
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text("orphan")
    assert sorted(finding.detail for finding in FlagStore(FOLDER).doctor()) == sorted(
        f"{name} belongs to no row." for name in orphans
    )
    assert found(repair=True) == [("orphan", True)] * 4 + [("aside", False)]
    assert len([path for path in (HIDDEN / "aside").rglob("*") if path.is_file()]) == 4
    assert found() == [("aside", False)]
    assert detail().startswith("24 bytes are kept in .minidemo/aside: ")
    assert "im/7.png" in detail()


def test_links_are_told_and_left_to_people() -> None:
    (FOLDER / "im/7.png").symlink_to("0.png")
    (FOLDER / "more").symlink_to("/etc")
    assert found(repair=True) == [("link", False)] * 2
    assert FlagStore(FOLDER).doctor()[1].detail == "more is a symbolic link to /etc; remove it."


def test_rows_removed_by_hand_are_removed_for_good_with_their_files() -> None:
    lines = LOG.read_text().splitlines(keepends=True)
    LOG.write_text("".join(lines[:2] + lines[3:]))
    assert found() == [("gone", False)]
    assert detail().startswith("Row 1 is no longer in its log")
    assert "im/1.png" in tree()
    assert found(repair=True) == [("gone", True)]
    assert tree() == ["f/0/0.txt", "f/2/0.txt", "im/0.png", "im/2.png", "logs.csv"]
    assert b"text 1" not in (HIDDEN / "flags.db").read_bytes()
    assert found() == []
    assert [record.row for record in FlagStore(FOLDER).records()] == [0, 2]


def test_files_that_are_missing_or_were_altered_cannot_be_brought_back() -> None:
    (FOLDER / "im/0.png").unlink()
    (FOLDER / "im/1.png").write_bytes(b"longer or shorter")
    (FOLDER / "f/2/0.txt").write_text("3")
    (FOLDER / "f/0/0.txt").unlink()
    (FOLDER / "f/0/0.txt").symlink_to("/etc/hostname")
    kinds = [("link", False), ("dangling", False), ("dangling", False), ("altered", False), ("altered", False)]
    assert found() == kinds
    assert found(repair=True) == kinds
    assert [finding.detail for finding in FlagStore(FOLDER).doctor()][1:] == [
        "Row 0: f/0/0.txt is not there, and cannot be brought back.",
        "Row 0: im/0.png is not there, and cannot be brought back.",
        "Row 1: im/1.png is not what was stored, which cannot be brought back.",
        "Row 2: f/2/0.txt is not what was stored, which cannot be brought back.",
    ]


def test_files_of_rows_that_others_wrote_are_looked_at_too() -> None:
    (FOLDER / "im/3.png").write_bytes(b"picture")
    with LOG.open("a") as file:
        file.write("by hand,,im/3.png,\nby hand,,im/4.png,\n")
    assert [(finding.kind, finding.detail[:16]) for finding in FlagStore(FOLDER).doctor()] == [
        ("dangling", "Row 4: im/4.png ")
    ]
    (FOLDER / "im/3.png").write_bytes(b"another picture")
    assert found() == [("altered", False), ("dangling", False)]


def test_modes_are_set_as_they_should_be() -> None:
    for name, mode in {".": 0o775, ".minidemo": 0o755, ".minidemo/flags.db": 0o644, "im/0.png": 0o666}.items():
        (FOLDER / name).chmod(mode)
    assert found() == [("mode", False)] * 4
    assert found(repair=True) == [("mode", True)] * 4
    assert found() == []
    assert (FOLDER / "im/0.png").stat().st_mode & 0o777 == 0o644
    assert HIDDEN.stat().st_mode & 0o777 == 0o700


def test_a_damaged_database_is_made_anew_from_the_logs() -> None:
    damaged = b"no database at all " * 500
    (HIDDEN / "flags.db").write_bytes(damaged)
    (FOLDER / "im/0.png").chmod(0o666)
    assert found() == [("database", False), ("mode", False)]
    assert (HIDDEN / "flags.db").read_bytes() == damaged
    assert found(repair=True) == [("database", True), *[("orphan", True)] * 3, ("mode", True), ("aside", False)]
    assert [record.row for record in FlagStore(FOLDER).records()] == [0, 1, 2]
    assert (HIDDEN / "aside/flags.db").read_bytes() == damaged


def test_a_database_with_a_damage_inside_is_made_anew_too() -> None:
    with closing(sqlite3.connect(HIDDEN / "flags.db")) as db:
        size, pages = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count"))
    with (HIDDEN / "flags.db").open("r+b") as file:
        file.truncate(size * (pages - 1))
    assert found()[0] == ("database", False)
    assert found(repair=True)[0] == ("database", True)
    assert [record.row for record in FlagStore(FOLDER).records()] == [0, 1, 2]


def test_logs_that_cannot_be_read_as_they_should_be() -> None:
    with LOG.open("ab") as file:
        file.write(b"t,f,im,username\nshort\na,b,c,d,e\n\xff,,,\n")
    details = [finding.detail for finding in FlagStore(FOLDER).doctor(repair=True)]
    assert details == [
        "logs.csv, row 4 is the header once more; remove it.",
        "logs.csv, row 5 has 1 cells, but the header has 4.",
        "logs.csv, row 6 has 5 cells, but the header has 4.",
        "logs.csv, row 7 is not written in UTF-8.",
    ]


def test_a_log_that_was_put_into_the_folder_is_taken_in() -> None:
    (FOLDER / "logs-1.csv").write_text("t,f,im,username\nold,,,ann\n")
    assert found() == [("row", False)]
    assert found(repair=True) == [("row", True)]
    assert [record.inputs[0] for record in FlagStore(FOLDER).records()] == ["text 0", "text 1", "text 2", "old"]
    assert found() == []


def test_the_end_of_a_log_that_is_written_no_longer() -> None:
    (FOLDER / "logs-1.csv").write_text('n\n5\n"6')
    for path in HIDDEN.glob("flags.db*"):
        path.unlink()
    kinds = [finding.kind for finding in FlagStore(FOLDER).doctor()]
    assert kinds == ["log", "end", *["orphan"] * 3]
    assert (FOLDER / "logs-1.csv").read_text() == 'n\n5\n"6'
    assert found(repair=True)[:2] == [("log", False), ("end", True)]
    assert (FOLDER / "logs-1.csv").read_text() == "n\n5\n"
    assert found() == [("aside", False)]


def test_a_log_that_has_another_name_elsewhere_is_not_read() -> None:
    Path("elsewhere.csv").write_text("n\n5\n")
    (FOLDER / "logs-1.csv").hardlink_to("elsewhere.csv")
    assert found(repair=True) == [("log", False)]
    assert "not a plain file" in detail()


def test_rows_that_changed_without_a_trace() -> None:
    """The length and the time of the file are as they were: a disk may do that."""
    before = LOG.stat()
    LOG.write_bytes(LOG.read_bytes().replace(b"text 1", b"text X"))
    os.utime(LOG, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found() == [("row", False)]
    assert found(repair=True) == [("row", True)]
    assert found() == []
    assert [record.inputs[0] for record in FlagStore(FOLDER).records()] == ["text 0", "text X", "text 2"]


def test_a_header_that_changed_without_a_trace() -> None:
    before = LOG.stat()
    LOG.write_bytes(LOG.read_bytes().replace(b"t,f,im", b"u,f,im"))
    os.utime(LOG, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found() == [("header", False)]
    assert found(repair=True) == [("header", True)]
    assert found() == []


def test_ids_must_be_in_the_order_of_the_rows() -> None:
    execute("UPDATE flags SET id = '0' WHERE row = 2")
    assert found(repair=True) == [("id", False)]
    assert detail().startswith("Row 2 has the id 0, which should come after ")


def test_rows_in_another_order_are_no_finding() -> None:
    header, *lines = LOG.read_text().splitlines(keepends=True)
    LOG.write_text("".join([header, *reversed(lines)]))
    assert found() == []
    assert [row[0] for row in rows()] == ["text 2", "text 1", "text 0"]


def test_more_flags_than_are_read_at_once() -> None:
    backend = logger(gr.Textbox(label="t"), Pile(label="f"), gr.Image(label="im"))
    for i in range(500):
        backend.flag_record(gr.FlagRecord(inputs=(str(i), None), outputs=(None,)))
    (FOLDER / "im/2.png").unlink()
    assert found() == [("dangling", False)]


def test_a_folder_that_may_not_be_written_to_is_looked_at_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class ReadOnly(Refusing):
        code = sqlite3.SQLITE_READONLY

    (FOLDER / "im/0.png").unlink()
    (FOLDER / "im/7.png").touch()
    use(monkeypatch, ReadOnly)
    assert [finding.kind for finding in FlagStore(FOLDER).doctor()] == ["orphan", "dangling"]
