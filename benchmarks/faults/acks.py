"""The log of a worker: what was acknowledged, and what was refused, as the caller of `flag` saw it."""

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType


@dataclass(frozen=True, kw_only=True, slots=True)
class Ack:
    """A flag that was acknowledged: its token, its row, and when it was asked for and answered (monotonic, ns)."""

    token: str
    row: int
    asked: int
    answered: int

    @property
    def seconds(self) -> float:
        """How long the flag took."""
        return (self.answered - self.asked) / 1e9


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A flag that was refused, and why."""

    token: str
    kind: str
    text: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """All that the workers of a case said."""

    acks: tuple[Ack, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


class Writer:
    """Writes the log: one system call for each line, so that no kill takes away a line that was written.

    The call is `writev`, which the store does not use: faults that are injected into `write` do not meet it.
    """

    def __init__(self, path: str | Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._handle)

    def ack(self, token: str, row: int, asked: int) -> None:
        """Note that a flag was acknowledged."""
        self._write(f"+ {token} {row} {asked} {time.monotonic_ns()}")

    def refusal(self, token: str, error: Exception, asked: int) -> None:
        """Note that a flag was refused."""
        text = " ".join(f"{type(error).__name__} {error}".split())
        self._write(f"- {token} {(time.monotonic_ns() - asked) / 1e9:.3f} {text}")

    def note(self, text: str) -> None:
        """Note something else."""
        self._write("# " + " ".join(text.split()))

    def _write(self, line: str) -> None:
        limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # a limit of the job is not meant for this log
        os.writev(self._handle, [line.encode(errors="backslashreplace") + b"\n"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))


def read(path: Path) -> Said:
    """Read a log; none is an empty one."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return Said(
        acks=tuple(_ack(line) for line in lines if line.startswith("+ ")),
        refusals=tuple(_refusal(line) for line in lines if line.startswith("- ")),
        notes=tuple(line[2:] for line in lines if line.startswith("# ")),
    )


def _ack(line: str) -> Ack:
    _, token, row, asked, answered = line.split(" ")
    return Ack(token=token, row=int(row), asked=int(asked), answered=int(answered))


def _refusal(line: str) -> Refusal:
    _, token, seconds, kind, *text = line.split(" ")
    return Refusal(token=token, kind=kind, text=" ".join(text), seconds=float(seconds))
