"""Stopping workers, and waiting until they stand."""

import os
import signal
import time
from pathlib import Path

PATIENCE = 20.0


def wait_until_stopped(pid: int) -> bool:
    """Wait until a process was stopped by a signal, and tell whether it is; it may have ended instead."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        if state in "TtZX":
            return state in "Tt"
        time.sleep(0.001)
    return False


def let_go(pid: int) -> None:
    """Let a stopped process go on."""
    os.kill(pid, signal.SIGCONT)
