"""Processes that are killed at a certain step of what they do."""

import os
import signal
from collections.abc import Callable
from typing import Any

CALLS = ("open", "write", "fsync", "rename", "replace", "unlink", "mkdir", "rmdir", "ftruncate", "close", "scandir")


def crashing(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process of its own, which is killed at a step, and tell whether it came to its end before."""
    child = os.fork()
    if child == 0:
        try:
            _arm(step)
            action()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        raise AssertionError(f"The process failed by itself, with {code}.")
    return code == 0


def _arm(step: int) -> None:
    """Let the call with this number be the last; what was to be written then is written half."""
    left = [step]
    write = os.write

    def last(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            if left[0] == 0:
                if name == "write":
                    write(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*arguments, **more)

        return call

    for name in CALLS:
        setattr(os, name, last(name, getattr(os, name)))
