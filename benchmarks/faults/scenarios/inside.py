"""What lies in a folder in the place of plain files: links, pipes, devices."""

import os
import socket
import stat
from pathlib import Path

from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import FIRST
from benchmarks.faults.tally import Tally

AT_ONCE = 1.0
"""How long a refusal may take, in seconds."""


@scenario("ST-18", "symbolic links in the folder", 1, "each of 9 forms", daily=1, gradio=1)
def links(arena: Arena, size: int) -> Tally:
    """Put links in the place of what the store writes to; nothing outside may change."""
    tally = Tally()
    for place, target in _LINKS:
        case = arena.case()
        outside = case.place / "outside"
        outside.mkdir()
        (outside / "victim.csv").write_bytes(b"token,count,im\n")
        link = case.folder / place.format(log=FIRST[arena.subject])
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target.format(outside=outside, log=FIRST[arena.subject]))
        before = _state(outside)
        case.flag(count=2)
        tally.expect(_state(outside) == before, f"written through {place}")
        _expect_prompt(case, tally)
        link.unlink()
        case.judge(tally)
    case = arena.case()  # the folder itself may be a link: that is where the author wants it
    (case.place / "elsewhere").mkdir()
    case.folder.symlink_to(case.place / "elsewhere")
    case.flag(count=2)
    case.judge(tally)
    return tally


_LINKS = [
    ("{log}", "{outside}/victim.csv"),
    ("{log}", "{outside}/new.csv"),
    ("{log}", "{log}"),
    ("im", "{outside}"),
    ("im", "im"),
    (".minidemo", "{outside}"),
    (".minidemo/flags.db", "{outside}/flags.db"),
    (".minidemo/pending", "{outside}/victim.csv"),
]


def _state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _expect_prompt(case: Case, tally: Tally) -> None:
    slow = [refusal for refusal in case.said.refusals if refusal.seconds > AT_ONCE]
    tally.expect_soon(not slow, "a refusal took over 1 s")


@scenario("ST-19", "log is no plain file", 1, "each of 6 kinds", gradio=1, needs=("root",))
def no_plain_file(arena: Arena, size: int) -> Tally:
    """Put something else in the place of the log; it must be refused at once, and unharmed."""
    tally = Tally()
    for kind in (_folder, _pipe, _device, _full, _socket, _hard_link):
        case = arena.case()
        case.folder.mkdir()
        log = case.folder / FIRST[arena.subject]
        kind(log)
        before = log.lstat()
        worker = arena.crew.spawn(case.job(count=2))
        tally.expect(case.see_end(worker), f"hangs at {kind.__name__[1:]}")
        tally.expect(log.lstat().st_mode == before.st_mode, f"{kind.__name__[1:]} was replaced")
        tally.expect(log.lstat().st_size == before.st_size, f"{kind.__name__[1:]} was written to")
        _expect_prompt(case, tally)
        log.rmdir() if log.is_dir() else log.unlink()
        case.judge(tally)
    return tally


def _folder(log: Path) -> None:
    log.mkdir()


def _pipe(log: Path) -> None:
    os.mkfifo(log)


def _device(log: Path) -> None:
    os.mknod(log, 0o666 | stat.S_IFCHR, os.makedev(1, 3))


def _full(log: Path) -> None:
    os.mknod(log, 0o666 | stat.S_IFCHR, os.makedev(1, 7))


def _socket(log: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(log))


def _hard_link(log: Path) -> None:
    victim = log.parent.with_name("victim.csv")
    victim.write_bytes(b"token,count,im\n")
    log.hardlink_to(victim)
