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


def cpu_seconds(pid: int) -> float:
    """Processor time of the whole tree so far, to the nanosecond."""
    clocks = (task / "schedstat" for one in tree(pid) for task in Path(f"/proc/{one}/task").iterdir())
    return sum(int(clock.read_text(encoding="ascii").split()[0]) for clock in clocks) / 1e9
