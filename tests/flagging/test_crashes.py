"""A process may be killed at any step: the next one finds each flag whole, or nothing of it."""

import logging
import os
import resource
import shutil
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults.crashes import crashing
from minidemo import CSVLogger, FlagRecord, Number, Textbox
from minidemo.content.media import Media
from minidemo.flagging.store import _database, _write_ahead
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._write_ahead import PlannedChange
from tests.flagging.folder import FOLDER, LOG, Pile, logger, rows, table, tree

pytestmark = pytest.mark.slow
PENDING = FOLDER / ".minidemo" / "pending"


def begun() -> CSVLogger:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    backend.flag(["first", files("first")])
    return backend


def files(text: str) -> list[Media]:
    return [Media.of_bytes(text.encode(), "a.txt"), Media.of_bytes(text.encode() * 2, "b.txt")]


def append(data: bytes) -> None:
    with LOG.open("ab") as file:
        file.write(data)


def contents() -> dict[str, bytes]:
    return {name: (FOLDER / name).read_bytes() for name in tree()} if FOLDER.exists() else {}


def intend(backend: CSVLogger, **told: Any) -> None:
    """Leave an intent behind, as a process does that is killed."""
    with backend.store._lock.transaction() as transaction:
        _write_ahead.write(
            transaction, PlannedChange(token=transaction.token, serial=transaction.serial, log="logs.csv", **told)
        )


@pytest.mark.parametrize("flags", [0, 1])
def test_a_flag_is_whole_or_not_there_wherever_its_process_was_killed(flags: int) -> None:
    backend = begun() if flags else logger(Textbox(label="t"), Pile(label="f"))
    before = contents()
    found: list[FlagRecord] = []
    step = 0
    while len(found) <= flags:
        assert contents() == before
        assert not (FOLDER / "f" / str(flags)).exists()
        crashing(step, lambda: backend.flag(["second", files("second")]))
        found = list(backend.records())
        step += 1
    assert step > 10, "there are many steps at which nothing of it is left"
    assert [record.data[0] for record in backend.records()] == ["first", "second"][1 - flags :]
    assert [media.read() for media in found[-1].data[1]] == [b"second", b"secondsecond"]
    assert len(tree()) == 1 + 2 * (flags + 1)


def test_a_flag_is_gone_or_still_there_wherever_its_removal_was_cut_short() -> None:
    outcomes: list[str] = []
    while "ended" not in outcomes:
        shutil.rmtree(FOLDER, ignore_errors=True)
        backend = begun()
        for text in ("second", "third"):
            backend.flag([text, files(text)])
        before = contents()
        hidden = {path.name for path in (FOLDER / ".minidemo").iterdir()}
        ids = [list(backend.records())[1].id]
        ended = crashing(len(outcomes), partial(backend.delete, ids))
        left = len(list(backend.records()))
        assert {path.name for path in (FOLDER / ".minidemo").iterdir()} <= hidden
        outcomes.append("ended" if ended else {3: "there", 2: "gone"}[left])
        assert contents() == before if left == 3 else "f/1/0.txt" not in tree()
        assert [row[0] for row in rows()] == ["first", "second", "third"][:: 1 if left == 3 else 2]
        assert backend.flag(["fourth", None]) == 3
    assert outcomes == sorted(outcomes, key=["there", "gone", "ended"].index)
    assert len(outcomes) > 10


def test_a_removal_that_was_cut_short_is_finished_though_the_log_was_deleted_too() -> None:
    backend = begun()
    intend(backend, kind="delete", files=("f/0/0.txt", "f/0/1.txt"), flags=(0,))
    LOG.unlink()
    assert list(backend.records()) == []
    assert tree() == []


def test_what_was_cut_off_is_kept_aside() -> None:
    backend = begun()
    size = LOG.stat().st_size
    append(b'second,"[""f/1/0')
    (FOLDER / "f/1").mkdir()
    (FOLDER / "f/1/0.txt").write_bytes(b"half")
    intend(backend, kind="add", size=size, files=("f/1/0.txt", "f/1/1.txt"), data=b'second,"[""f/1/0.txt""]"\n')
    assert backend.flag(["third", None]) == 1
    assert table() == [["t", "f"], ["first", '["f/0/0.txt", "f/0/1.txt"]'], ["third", ""]]
    assert (FOLDER / ".minidemo/aside/logs.tail").read_bytes() == b'second,"[""f/1/0'
    assert not (FOLDER / "f/1").exists()


def test_what_others_wrote_after_a_crash_stays() -> None:
    """As an older version does, which does not know of crashes."""
    backend = begun()
    size = LOG.stat().st_size
    (FOLDER / "f/1").mkdir()
    (FOLDER / "f/1/0.txt").write_bytes(b"second")
    (FOLDER / "f/2").mkdir()
    (FOLDER / "f/2/0.txt").write_bytes(b"lost")
    append(b'second,"[""f/1/0.txt""]"\nthird,\n')
    intend(backend, kind="add", size=size, files=("f/1/0.txt", "f/2/0.txt"), data=b'second,"[""f/1/0.txt""]"\n')
    assert [record.data[0] for record in backend.records()] == ["first", "second", "third"]
    assert (FOLDER / "f/1/0.txt").read_bytes() == b"second"
    assert not (FOLDER / "f/2").exists()


def test_an_intent_of_which_only_a_part_reached_the_disk_is_none() -> None:
    backend = begun()
    size = LOG.stat().st_size
    backend.flag(["second", files("second")])
    old = PENDING.read_bytes()
    intend(backend, kind="add", size=size, data=b"third,\n")
    new = PENDING.read_bytes()
    for part in range(len(new)):
        PENDING.write_bytes(new[:part] + old[part:])
        assert [row[0] for row in rows()] == ["first", "second"]
        assert len(list(backend.records())) == 2


def test_a_flag_whose_intent_cannot_be_noted_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = begun()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        with pytest.raises(OSError, match="took only a part of a note"):
            backend.flag(["second" * 50, None])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert backend.flag(["third", None]) == 1
    assert [row[0] for row in rows()] == ["first", "third"]


@pytest.mark.parametrize("spoil", [b"", b"{", b"[]\n", b'{"token": 1}\n', b"null\n"])
def test_an_intent_that_cannot_be_read_is_none(spoil: bytes) -> None:
    backend = begun()
    PENDING.write_bytes(b"0" * 32 + spoil)
    assert backend.flag(["second", None]) == 1
    assert len(rows()) == 2


@pytest.mark.parametrize("name", ["../victim", "f/../../victim", "link/victim", "", "."])
def test_an_intent_that_somebody_forged_leads_nowhere_else(name: str, tmp_path: Path) -> None:
    backend = begun()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (FOLDER / "link").symlink_to(tmp_path)
    for each in (name, str(victim)):
        intend(backend, kind="add", size=LOG.stat().st_size, files=(each,))
        list(backend.records())
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_log_that_was_cut_off_anywhere_keeps_its_whole_rows(cut: int, caplog: pytest.LogCaptureFixture) -> None:
    backend = logger(Textbox(label="t"), Number(label="n"))
    for i in range(3):
        backend.flag([f'two\nlines, "{i}"', 1000 + i])
    data = LOG.read_bytes()
    assert len(data) > cut
    with LOG.open("r+b") as file:
        file.truncate(len(data) - cut)
    assert backend.flag(["next", 5]) == 3
    found = table()
    assert found[-1] == ["next", "5"]
    whole = [[f'two\nlines, "{i}"', str(1000 + i)] for i in range(3)]
    kept = [row for row in whole if row in found]
    assert kept == whole[: len(kept)]
    assert len(data) - cut - 3 < sum(len(str(row)) for row in kept) + 60
    assert [record.data for record in backend.records()] == [(row[0], int(row[1])) for row in found[1:]]


def test_a_row_that_merely_lacks_its_end_is_completed(caplog: pytest.LogCaptureFixture) -> None:
    backend = begun()
    LOG.write_bytes(LOG.read_bytes().removesuffix(b"\n"))
    assert backend.flag(["second", None]) == 1
    assert LOG.read_bytes().count(b"\n") == 3
    assert not caplog.records


def test_zeros_that_a_power_cut_left_are_taken_out(caplog: pytest.LogCaptureFixture) -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["first"])
    append(b"\0" * 100)
    assert backend.flag(["second"]) == 1
    assert rows() == [["first"], ["second"]]
    assert "ended in the middle of a flag" in caplog.text
    assert caplog.records[0].levelno == logging.WARNING


@pytest.mark.parametrize("damage", [b"not a database at all" * 300, b""])
def test_a_damaged_database_is_made_anew(damage: bytes, caplog: pytest.LogCaptureFixture) -> None:
    backend = begun()
    database = FOLDER / ".minidemo" / "flags.db"
    database.write_bytes(damage)
    assert backend.flag(["second", files("second")]) == 1
    assert [record.data[0] for record in backend.records()] == ["first", "second"]
    assert [media.read() for media in next(backend.records()).data[1]] == [b"first", b"firstfirst"]
    assert (FOLDER / ".minidemo/aside/flags.db").exists()
    assert "is kept in .minidemo/aside, and made anew from the logs" in caplog.text


def test_a_failed_flag_that_cannot_be_taken_back_is_taken_back_by_the_next(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    backend = begun()

    def fail(*arguments: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr("minidemo.flagging.store._database.Transaction.commit", fail)
        patch.setattr("minidemo.flagging._durable.cut", fail)
        with pytest.raises(OSError, match="the disk is gone"):
            backend.flag(["second", files("second")])
    assert "is taken back by the next one" in caplog.text
    assert len(rows()) == 2
    assert backend.flag(["third", None]) == 1
    assert [row[0] for row in rows()] == ["first", "third"]
    assert not (FOLDER / "f/1").exists()


def test_a_database_that_is_replaced_at_the_last_moment_is_not_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = begun()
    begin = Transaction.begin

    def replace(turn: Transaction) -> None:
        begin(turn)
        (FOLDER / ".minidemo").rename(FOLDER / ".other")

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "begin", replace)
        with pytest.raises(OSError, match="was replaced just now"):
            backend.flag(["second", None])
    (FOLDER / ".other").rename(FOLDER / ".minidemo")
    assert backend.flag(["second", None]) == 1


def test_of_two_that_find_a_database_damaged_one_sets_it_aside() -> None:
    begun()
    database = FOLDER / ".minidemo" / "flags.db"
    found = _database.identity(database)
    database.with_name("flags.db-journal").unlink()
    _database.set_aside(FOLDER, "another file")
    assert database.exists()
    _database.set_aside(FOLDER, found)
    assert not database.exists()


def test_a_process_that_was_forked_off_opens_the_database_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = begun()
    assert crashing(10_000, lambda: backend.flag(["second", None]))
    assert backend.flag(["third", None]) == 2
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        assert backend.flag(["fourth", None]) == 3
    assert [record.row for record in backend.records()] == [0, 1, 2, 3]


class Thief(Media):
    """A file that takes the log away when it is copied into the folder."""

    asked = 0

    def read(self) -> bytes:
        self.asked += 1
        if self.asked > 1:
            LOG.unlink()
        return b"abc"


def test_a_flag_whose_log_was_taken_away_meanwhile_leaves_no_file() -> None:
    backend = logger(Textbox(label="t"), Pile(label="f"))
    backend.flag(["a", None])
    with pytest.raises(FileNotFoundError):
        backend.flag(["b", [Thief("x.txt")]])
    assert tree() == []
    assert backend.flag(["c", [Media.of_bytes(b"c", "x.txt")]]) == 1


def test_who_keeps_an_error_keeps_nobody_from_writing() -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["a"])

    def stop(transaction: Transaction) -> None:
        found = transaction.db.execute("SELECT id FROM flags UNION ALL SELECT id FROM flags")
        raise KeyError(*next(found))

    with pytest.raises(KeyError) as kept:
        backend.store._in_transaction(stop)
    assert backend.flag(["b"]) == 1
    assert kept.value.__traceback__ is not None
