"""The lock of the small backends: whoever cannot get it says so, rather than write beside another."""

import itertools
import sqlite3
import time
from contextlib import closing

import pytest

from minidemo import Number
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from tests.flagging.folder import FOLDER, tree

LOCK = FOLDER / ".minidemo" / "lock.db"


@pytest.fixture
def backend() -> SimpleCSVLogger:
    backend = SimpleCSVLogger()
    backend.setup([Number(label="n")], FOLDER)
    backend.flag([1])
    return backend


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(
    backend: SimpleCSVLogger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "monotonic", itertools.count(step=30).__next__)
    with closing(sqlite3.connect(LOCK, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OSError, match=r"lock\.db is locked by another writer"):
            backend.flag([2])
    assert backend.flag([2]) == 1


def test_a_lock_that_is_none_is_told() -> None:
    LOCK.mkdir(parents=True)
    backend = SimpleCSVLogger()
    backend.setup([Number(label="n")], FOLDER)
    with pytest.raises(OSError, match=r"lock\.db cannot be locked: unable to open"):
        backend.flag([1])
    assert tree() == []
