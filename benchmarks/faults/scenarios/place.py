"""Folders that are not as they should be: read-only, moved away, full of links."""

import os
import shutil
import subprocess
import time

from benchmarks.faults import acks, goals
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import PLAIN
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import FIRST
from benchmarks.faults.tally import Tally

NOBODY = 65534


@scenario("ST-14", "folder read-only at the start", 1, "run as another user", gradio=1, needs=("root",))
def read_only(arena: Arena, size: int) -> Tally:
    """Flag as a user who may not write there; the author is warned, the flag refused."""
    tally, case = Tally(), arena.case()
    case.folder.mkdir(0o555)
    case.flag(user=NOBODY, count=2)
    tally.expect(len(case.said.refusals) == 2, "a flag was acknowledged")
    tally.expect(any(note.startswith("WARNING") for note in case.said.notes), "no warning for the author")
    tally.expect(not list(case.folder.iterdir()), "something was written")
    case.judge(tally)
    return tally


@scenario("ST-15", "permission lost, then returned", 20, "times", gradio=20, needs=("root", "chattr"))
def permission_lost(arena: Arena, size: int) -> Tally:
    """Take the permission to write from a worker that flags, or make the log immutable; then give it back."""
    tally, withheld = Tally(), 0
    for i in range(size):
        case = arena.case()
        case.folder.mkdir()
        os.chown(case.folder, NOBODY, NOBODY)
        worker = _begin(case, user=NOBODY)
        change = _immutable if i % 2 else _unwritable
        change(case, True)
        try:
            case.see_refusals()
        finally:
            change(case, False)
        tally.expect(case.see_acks(since=time.monotonic_ns()), "no flag was stored afterwards")
        withheld += len(case.said.refusals)
        _end(case, worker)
        case.judge(tally, user=NOBODY)
    tally.expect(withheld, "nothing was refused")
    return tally


def _unwritable(case: Case, lost: bool) -> None:
    for path in (case.folder, *case.folder.rglob("*")):
        path.chmod((0o500 if path.is_dir() else 0o400) if lost else (0o755 if path.is_dir() else 0o644))


def _immutable(case: Case, lost: bool) -> None:
    log = case.folder / FIRST[case.crew.subject]
    subprocess.run(["chattr", "+i" if lost else "-i", str(log)], check=True)


@scenario("ST-16", "folder or log removed while in use", 24, "removals and moves of 6 kinds", daily=6, gradio=24)
def removed(arena: Arena, size: int) -> Tally:
    """Take something away under a worker that flags; what is asked for afterwards must be there in the end."""
    tally = Tally()
    kinds = [_remove_all, _move_all, _remove_log, _remove_hidden, _remove_database, _remove_pictures]
    for i in range(size):
        case, remove = arena.case(), kinds[i % len(kinds)]
        worker = _begin(case)
        remove(case)
        gone = time.monotonic_ns()
        tally.expect(case.see_acks(since=gone), "no flag was stored afterwards")
        _end(case, worker)
        case.recover(tally)
        whole = remove in (_remove_hidden, _remove_database)
        later = tuple(ack for ack in case.said.acks if whole or ack.asked > gone)
        found = goals.check(case.folder, acks.Said(acks=later), arena.subject)
        forgiven = ["orphans"] * (remove is _remove_log) + ["dangling"] * (remove is _remove_pictures)
        for goal in forgiven:  # of rows, or pictures, that were taken away on purpose
            found.broken.pop(goal, None)
        tally.add(found)
    return tally


def _remove_all(case: Case) -> None:
    while case.folder.exists():  # a flag may be stored between
        shutil.rmtree(case.folder, ignore_errors=True)


def _move_all(case: Case) -> None:
    case.folder.rename(case.folder.with_name("moved"))


def _remove_log(case: Case) -> None:
    (case.folder / FIRST[case.crew.subject]).unlink()


def _remove_hidden(case: Case) -> None:
    shutil.rmtree(case.folder / ".minidemo", ignore_errors=True)


def _remove_database(case: Case) -> None:
    for path in case.folder.glob(".minidemo/flags.db*"):
        path.unlink(missing_ok=True)


def _remove_pictures(case: Case) -> None:
    shutil.rmtree(case.folder / "im", ignore_errors=True)


def _begin(case: Case, user: int = 0) -> int:
    """Start a worker that flags until it is told to end, and wait for its first flags."""
    job = case.job(flow="until", count=10**6, pause=0.002, user=user, extra={"end": str(case.place / "end")})
    worker = case.crew.spawn(job)
    case.see_acks()
    return worker


def _end(case: Case, worker: int) -> None:
    (case.place / "end").touch()
    case.crew.wait(worker)


@scenario("ST-20", "umask", 3, "umasks", daily=3, gradio=3)
def umasks(arena: Arena, size: int) -> Tally:
    """Flag under umasks of 000, 022 and 077; no file may be open to more than it needs."""
    tally = Tally()
    for umask in (0o000, 0o022, 0o077)[:size]:
        case = arena.case()
        case.flag(umask=umask, count=2)
        for path in (case.folder, *case.folder.rglob("*")):
            allowed = 0o755 if path.is_dir() else 0o644
            hidden = ".minidemo" in path.parts
            tally.expect(not path.stat().st_mode & 0o777 & ~allowed, "writable by others")
            tally.expect(not hidden or not path.stat().st_mode & 0o077, "the hidden folder is open to others")
        case.judge(tally, columns=PLAIN if arena.subject == "naive" else case.job().columns)
    return tally
