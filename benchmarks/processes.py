"""Reads from /proc what a process and its children use."""

import os
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(pid: int) -> list[int]:
    """Give the process and everything it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += tree(int(child))
    return found


def memory(pid: int) -> float:
    """Resident memory of the whole tree, in MB."""
    pages = (int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in tree(pid))
    return sum(pages) * PAGE / 1e6


def forget_peak(pid: int) -> None:
    """Let the peak of the whole tree begin anew."""
    for one in tree(pid):
        Path(f"/proc/{one}/clear_refs").write_text("5", encoding="ascii")


def peak(pid: int) -> float:
    """The most memory that was resident, in MB: the sum of what each process of the tree had at its worst."""
    status = (Path(f"/proc/{one}/status").read_text(encoding="ascii") for one in tree(pid))
    return sum(int(text.partition("VmHWM:")[2].split()[0]) for text in status) * 1024 / 1e6


def cpu_seconds(pid: int) -> float:
    """Processor time of the whole tree so far, to the nanosecond."""
    clocks = (task / "schedstat" for one in tree(pid) for task in Path(f"/proc/{one}/task").iterdir())
    return sum(int(clock.read_text(encoding="ascii").split()[0]) for clock in clocks) / 1e9
