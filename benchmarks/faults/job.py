"""What a worker is told to do."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

COLUMNS = (("text", "token"), ("number", "count"), ("image", "im"))
"""The usual columns: a token, a number, and a picture that says the token."""
PLAIN = COLUMNS[:2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A call of `os` that fails: from its `when`-th time on, `times` times, counted from the worker's first flag.

    `how` is the name of an errno, `short` (a write that takes a part), `kill` or `stop` (a signal before the call).
    """

    call: str
    how: str
    when: int = 1
    times: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Flags for a worker to write, and the circumstances.

    `values` are the rows themselves, where they are not made from tokens; `weight` is how many bytes of noise the
    pictures have. `at` is when to begin (monotonic), `pause` the time between flags, `halt` whether to stop
    (SIGSTOP) before the first flag. `options` go to the backend's constructor, `given` are the option and the user.
    """

    folder: str
    log: str
    flow: str = "write"
    name: str = "w"
    first: int = 0
    count: int = 1
    columns: Sequence[Sequence[str]] = COLUMNS
    values: Sequence[Sequence[Any]] | None = None
    given: Sequence[Sequence[str | None]] = ()
    weight: int = 0
    threads: int = 1
    at: float = 0.0
    pause: float = 0.0
    halt: bool = False
    user: int = 0
    umask: int = 0o022
    limits: Mapping[str, int] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def dump(self) -> str:
        """Return the job as a line of JSON."""
        return json.dumps(asdict(self))


def unprivileged(subject: str) -> int:
    """Return a user who can harm nothing, for another's store that is given hostile names by root."""
    return 65534 if subject == "gradio" and os.geteuid() == 0 else 0


def load(line: str) -> Job:
    """Read a line that `dump` wrote."""
    fields = json.loads(line)
    fields["faults"] = [Fault(**fault) for fault in fields["faults"]]
    return Job(**fields)
