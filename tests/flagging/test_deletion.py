"""A flag that is deleted is gone: its row, its files, and every word of it."""

from minidemo import CSVLogger, FlagRecord, Textbox
from minidemo.content.media import Media
from minidemo.flagging.base import Removed
from tests.flagging.folder import FOLDER, LOG, Pile, logger, rows, tree


def flagged(*texts: str) -> CSVLogger:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    for text in texts:
        backend.flag([text, [Media.of_bytes(text.encode(), "x.txt")]])
    return backend


def ids(backend: CSVLogger) -> list[str]:
    return [record.id for record in backend.records()]


def words() -> bytes:
    return b"".join(path.read_bytes() for path in FOLDER.rglob("*") if path.is_file())


def test_the_last_flag_can_be_taken_back() -> None:
    backend = flagged("one", "two")
    before = LOG.read_bytes().splitlines(keepends=True)
    assert backend.delete(ids(backend)[1:]) == Removed(flags=1, files=1, nbytes=len(before[2]) + 3)
    assert LOG.read_bytes() == b"".join(before[:2])
    assert tree() == ["f/0/0.txt", "logs.csv"]
    assert not (FOLDER / "f" / "1").exists()
    assert backend.flag(["three", None]) == 2, "its number is not used again"


def test_of_other_flags_every_byte_stays() -> None:
    backend = flagged("one", "two\nlines", "three", "four")
    before = LOG.read_bytes()
    found = ids(backend)
    backend.delete([found[1], found[2]])
    assert LOG.read_bytes() == before.replace(b'"two\nlines","[""f/1/0.txt""]"\nthree,"[""f/2/0.txt""]"\n', b"")
    assert ids(backend) == [found[0], found[3]]
    backend.delete([found[0]])
    assert [row[0] for row in rows()] == ["four"]


def test_nothing_of_a_deleted_flag_is_left_in_any_file() -> None:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    for name in ("keepsake", "hunter2"):
        record = FlagRecord(
            inputs=(f"{name} text", [Media.of_bytes(f"{name} file".encode(), f"{name} name.txt")]),
            comment=f"{name} comment",
            session=f"{name} session",
        )
        backend.flag_record(record)
    assert b"hunter2" in words()
    backend.delete(ids(backend)[1:])
    assert b"hunter2" not in words()
    assert words().count(b"keepsake") >= 4


def test_flags_of_logs_that_were_set_aside_can_be_deleted() -> None:
    flagged("one", "two")
    other = logger(Textbox(label="other"))
    other.flag(["x"])
    other.delete(ids(other)[:1])
    assert [row[0] for row in rows(FOLDER / "logs-1.csv")] == ["two"]
    assert rows() == [["x"]]


def test_a_flag_is_found_by_what_it_holds_where_others_edited_the_log() -> None:
    backend = flagged("one", "two", "three")
    found = ids(backend)
    header, *lines = LOG.read_bytes().splitlines(keepends=True)
    LOG.write_bytes(header + lines[2] + b"\n" + lines[0] + lines[1])
    backend.delete([found[0]])
    assert LOG.read_bytes() == header + lines[2] + b"\n" + lines[1]
    backend.delete(found)
    assert LOG.read_bytes() == header + b"\n", "the blank line is not ours"
    assert tree() == ["logs.csv"]


def test_a_flag_whose_row_was_removed_by_hand_is_not_found() -> None:
    backend = flagged("one", "two")
    found = ids(backend)
    LOG.write_bytes(b"".join(LOG.read_bytes().splitlines(keepends=True)[:2]))
    assert backend.delete(["none"]) == Removed()
    assert ids(backend) == found[:1]
    assert backend.delete(found) == Removed(flags=2, files=2, nbytes=2 * (len(b'one,"[""f/0/0.txt""]"\n') + 3))
    assert tree() == ["logs.csv"]


def test_many_flags_are_deleted_in_steps() -> None:
    backend = logger(Textbox(label="t"))
    flags = [backend._row(FlagRecord(inputs=(str(i),))) for i in range(10_500)]
    backend.store.add(flags)
    assert backend.delete(ids(backend)[:10_400]).flags == 10_400
    assert [row[0] for row in rows()] == [str(i) for i in range(10_400, 10_500)]


def test_files_that_are_gone_already_are_no_obstacle() -> None:
    backend = flagged("one", "two")
    LOG.unlink()
    (FOLDER / "f/0/0.txt").unlink()
    (FOLDER / "f/0").rmdir()
    removed = backend.delete([record.id for record in flagged_before(backend)])
    assert removed.flags == 2
    assert not tree()


def flagged_before(backend: CSVLogger) -> list[FlagRecord]:
    """Return the flags, also those that are gone."""
    with backend.store._lock.transaction() as transaction:
        found = transaction.db.execute("SELECT id FROM flags").fetchall()
    return [FlagRecord(id=id) for (id,) in found]
