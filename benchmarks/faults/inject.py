"""Faults inside of a worker: calls of `os` that fail on purpose."""

import errno
import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.faults.job import Fault


def install(faults: Sequence[Fault]) -> None:
    """Put the faults in the place of the calls, until the process ends."""
    for call in {fault.call for fault in faults}:
        setattr(os, call, _Faulty(getattr(os, call), [fault for fault in faults if fault.call == call]))


class _Faulty:
    """A call that counts how often it was made, and fails when its turn has come."""

    def __init__(self, real: Callable[..., Any], faults: Sequence[Fault]) -> None:
        self.real, self.faults, self.calls = real, faults, 0

    def __call__(self, *arguments: Any, **more: Any) -> Any:
        self.calls += 1
        for fault in self.faults:
            if fault.when <= self.calls < fault.when + fault.times:
                return self._fail(fault.how, *arguments, **more)
        return self.real(*arguments, **more)

    def _fail(self, how: str, *arguments: Any, **more: Any) -> Any:
        if how == "short":
            handle, data = arguments
            return self.real(handle, data[: max(1, len(data) // 2)])
        if how in ("kill", "stop"):
            os.kill(os.getpid(), signal.SIGKILL if how == "kill" else signal.SIGSTOP)
            return self.real(*arguments, **more)
        number = getattr(errno, how)
        raise OSError(number, os.strerror(number))
