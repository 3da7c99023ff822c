"""Any number of threads and processes write to one folder, and each flag is there once."""

import itertools
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

import minidemo
from minidemo import Image, Number, Textbox
from tests.flagging import writer
from tests.flagging.connections import Refusing, use
from tests.flagging.folder import FOLDER, LOG, gradient_of, logger, picture, rows, table, tree
from tests.thoroughness import NIGHTLY

pytestmark = pytest.mark.slow
ROOT = Path(minidemo.__file__).resolve().parent.parent


def test_processes_of_four_threads_each_lose_nothing_and_write_nothing_twice() -> None:
    processes = 8 if NIGHTLY else 4
    numbers = flag_from_processes(processes, threads=4, flags=200, kind="numbers")
    assert sorted(numbers) == list(range(200 * processes))
    assert table()[0] == ["writer", "count"]
    assert sorted(rows()) == sorted([f"writer {i}", str(k)] for i in range(processes) for k in range(200))
    assert LOG.read_bytes().count(b"\n") == 200 * processes + 1
    assert tree() == ["logs.csv"]


def test_each_row_of_several_processes_has_its_own_picture() -> None:
    numbers = flag_from_processes(3, threads=2, flags=20, kind="pictures")
    assert sorted(numbers) == list(range(60))
    assert tree() == sorted(["logs.csv", *(f"im/{i}.png" for i in range(60))])
    assert [row[2] for row in rows()] == [f"im/{i}.png" for i in range(60)]
    for name, count, file in rows():
        width, height = picture(file).size
        assert [f"writer {height - 1}", str(width - 1)] == [name, count]


def flag_from_processes(processes: int, *, threads: int, flags: int, kind: str) -> list[int]:
    """Return the numbers of the rows that the processes were given, when all have ended well."""
    command = [sys.executable, "-m", writer.__name__, str(FOLDER.absolute())]
    with ExitStack() as stack:
        started = [
            stack.enter_context(running([*command, str(i), str(threads), str(flags), kind])) for i in range(processes)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(processes) as pool:
            answers = list(pool.map(let_go, started))
    return [int(number) for answer in answers for number in answer.split()]


def let_go(process: "subprocess.Popen[str]") -> str:
    """Let a process begin, and return what it writes until it ends."""
    return process.communicate("go\n", 120)[0]


@contextmanager
def running(command: list[str]) -> "Iterator[subprocess.Popen[str]]":
    """Run a process that must end well, and must not outlive the block."""
    with subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
            assert process.returncode == 0
        finally:
            process.kill()


def test_sixteen_threads_share_a_logger() -> None:
    backend = logger(Textbox(label="a"), Number(label="b"))
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda i: backend.flag([f"flag, {i}", i]), range(400)))
    assert sorted(numbers) == list(range(400))
    assert sorted(rows()) == sorted([f"flag, {i}", str(i)] for i in range(400))
    assert [rows()[number] for number in numbers] == [[f"flag, {i}", str(i)] for i in range(400)]


def test_sixteen_loggers_begin_one_folder_at_once() -> None:
    """Each its own, as in so many processes: one header, and one row each."""
    ready = threading.Barrier(16)

    def begin(i: int) -> int:
        backend = logger(Number(label="n"))
        ready.wait()
        return backend.flag([i])

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(begin, range(16))) == list(range(16))
    assert table()[0] == ["n"]
    assert sorted(rows()) == sorted([str(i)] for i in range(16))


def test_a_writer_waits_for_another() -> None:
    backend = logger(Number(label="n"))
    backend.flag([1])
    with closing(sqlite3.connect(FOLDER / ".minidemo" / "flags.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(backend.flag, [2])
            time.sleep(0.2)
            assert not waiting.done()
            assert rows() == [["1"]], "nothing is written without the lock"
            other.execute("ROLLBACK")
            assert waiting.result(timeout=60) == 1
    assert rows() == [["1"], ["2"]]


def test_a_writer_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Number(label="n"))
    backend.flag([1])
    with closing(sqlite3.connect(FOLDER / ".minidemo" / "flags.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with monkeypatch.context() as patch:
            patch.setattr(time, "monotonic", itertools.count(step=30).__next__)
            with pytest.raises(BlockingIOError, match="locked"):
                backend.flag([2])
        other.execute("ROLLBACK")
    assert backend.flag([2]) == 1
    assert rows() == [["1"], ["2"]]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    """The class of all databases; what they refuse can be set."""

    class Broken(Refusing):
        pass

    use(monkeypatch, Broken)
    return Broken


def test_without_a_lock_nothing_is_written(broken: type[Refusing]) -> None:
    backend = logger(Number(label="n"))
    broken.refused = "BEGIN"
    with pytest.raises(OSError, match="disk I/O error"):
        backend.flag([1])
    assert tree() == []
    broken.refused = "nothing"
    assert backend.flag([1]) == 0
    assert rows() == [["1"]]


def test_a_flag_that_the_database_does_not_take_is_not_stored(broken: type[Refusing]) -> None:
    broken.refused = "nothing"
    backend = logger(Number(label="n"), Image(label="im"))
    backend.flag([1, gradient_of()])
    broken.refused = "COMMIT"
    for _ in range(2):
        with pytest.raises(OSError, match="disk I/O error"):
            backend.flag([2, gradient_of()])
        assert rows() == [["1", "im/0.png"]]
        assert tree() == ["im/0.png", "logs.csv"]
    broken.refused = "nothing"
    assert backend.flag([3, gradient_of()]) == 1
    assert rows() == [["1", "im/0.png"], ["3", "im/1.png"]]


def test_only_the_owner_reads_the_database() -> None:
    logger(Number(label="n")).flag([1])
    assert (FOLDER / ".minidemo").stat().st_mode & 0o777 == 0o700
    assert (FOLDER / ".minidemo" / "flags.db").stat().st_mode & 0o777 == 0o600
