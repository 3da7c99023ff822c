"""Filing: makes the record of a flag, hands it to the backend, and takes it out again; called in threads."""

import errno
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from minidemo.components.base import Component, Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.revision import revision
from minidemo.errors import DiskFull, FlaggingError, InputError
from minidemo.flagging.base import FlagRecord, Readable, Source
from minidemo.flagging.redaction import redacted
from minidemo.schemas.flags import Item
from minidemo.stores.runs import Run

logger = logging.getLogger("minidemo")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Reason(NamedTuple):
    """Why a run is flagged: for one of the reasons to choose from, if there are any, and about which item, or all."""

    option: str | None = None
    about: Item | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What is said of a run by whoever flags it: a reason, a note, what each output should have been; and by whom."""

    reason: Reason = field(default_factory=Reason)
    comment: str | None = None
    expected: tuple[Held, ...] | None = None
    source: Source = "user"


class Filing:
    """Stores flags in the backends of their endpoints; it asks but once which code an endpoint runs."""

    def __init__(self) -> None:
        self._revisions: dict[str, str | None] = {}

    def store(self, run: Run, said: Said) -> int:
        """Store a flag, and return the number of its row, or raise `FlaggingError`, or the backend's `InputError`."""
        return _attempt(run, "saved", partial(self._store, run, said))

    def remove(self, run: Run, option: str | None, *, row: int, backend: Readable) -> int:
        """Remove the flag of a run from its row, if it is still there, or raise `FlaggingError`."""
        return _attempt(run, "taken back", partial(_remove, run, option, row, backend))

    def _store(self, run: Run, said: Said) -> int:
        policy = run.endpoint.flagging
        record = _record(run, said, self._revision(run.endpoint))
        return policy.callback.flag_record(redacted(record, policy.redact))

    def _revision(self, endpoint: Endpoint) -> str | None:
        if endpoint.name not in self._revisions:
            self._revisions[endpoint.name] = revision(endpoint.fn, endpoint.version)
        return self._revisions[endpoint.name]


def _remove(run: Run, option: str | None, row: int, backend: Readable) -> int:
    """Remove the flag that the row holds, unless somebody else has done so, and the row is another's by now."""
    found = backend.records(row=row)
    backend.delete([record.id for record in found if (record.run, record.option or None) == (run.id, option)])
    return row


def _attempt(run: Run, done: str, work: Callable[[], int]) -> int:
    """Do something with a flag; what goes wrong is told to the author in full, and to the visitor in a sentence."""
    try:
        return work()
    except InputError:
        raise
    except Exception as error:
        logger.exception("%s: a flag could not be %s", run.endpoint.title, done)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise DiskFull(
                f"The server's disk is full. The flag could not be {done}: please try again later."
            ) from error
        raise FlaggingError(
            f"The flag could not be {done} on the server. Nothing is lost: please try again."
        ) from error


def _record(run: Run, said: Said, version: str | None) -> FlagRecord:
    endpoint = run.endpoint
    return FlagRecord(
        run=run.id,
        inputs=_flagged(endpoint.inputs, run.inputs),
        outputs=_flagged(endpoint.outputs, _outputs(run, said.reason.about)),
        option="" if said.reason.option is None and endpoint.has_reasons else said.reason.option,
        comment=said.comment,
        expected=None if said.expected is None else _flagged(endpoint.outputs, said.expected),
        username=run.username,
        session=run.session,
        duration=run.duration,
        error=run.error,
        source=said.source,
        version=version,
    )


def _outputs(run: Run, about: Item | None) -> Sequence[Held]:
    """Return what went out; of the output that shows the item which the flag is about, what came up to there."""
    if not run.outputs:
        return (None,) * len(run.endpoint.outputs)
    if about is None:
        return run.outputs
    cut = run.endpoint.outputs[about.output].until(run.outputs[about.output], about.item)
    return (*run.outputs[: about.output], cut, *run.outputs[about.output + 1 :])


def _flagged(components: Sequence[Component], values: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(value for component, value in zip(components, values, strict=True) if component.flagged)
