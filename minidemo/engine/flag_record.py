"""FlagRecorder: stores flags in the backends of their endpoints, in threads."""

import errno
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from minidemo.components.base import Component, Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.code_version import revision
from minidemo.errors import DiskFull, FlaggingError, InputError
from minidemo.flagging.base import FlagRecord, Readable, Source
from minidemo.flagging.redaction import redacted
from minidemo.schemas.flags import Item
from minidemo.stores.runs import Run

logger = logging.getLogger("minidemo")
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Reason(NamedTuple):
    """The reason of a flag and the flagged item, if any."""

    option: str | None = None
    about: Item | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagDetails:
    """Reason, comment, expected outputs and source of a flag."""

    reason: Reason = field(default_factory=Reason)
    comment: str | None = None
    expected: tuple[Held, ...] | None = None
    source: Source = "user"


class FlagRecorder:
    """Stores and removes flags; computes the revision of each endpoint once."""

    def __init__(self, endpoint_of: Callable[[str], Endpoint]) -> None:
        self._endpoint_of = endpoint_of
        self._revisions: dict[str, str | None] = {}

    def store(self, run: Run, details: FlagDetails) -> int:
        """Store a flag and return its row, or raise `FlaggingError` or the backend's `InputError`."""
        return self._attempt(run, "saved", partial(self._store, run, details))

    def remove(self, run: Run, option: str | None, *, row: int, backend: Readable) -> int:
        """Remove a flag from its row, or raise `FlaggingError`."""
        return self._attempt(run, "taken back", partial(_remove, run, option, row, backend))

    def _store(self, run: Run, details: FlagDetails) -> int:
        endpoint = self._endpoint_of(run.endpoint)
        record = _record(run, endpoint, details, self._revision(endpoint))
        return endpoint.flagging.callback.flag_record(redacted(record, endpoint.flagging.redact))

    def _revision(self, endpoint: Endpoint) -> str | None:
        if endpoint.name not in self._revisions:
            self._revisions[endpoint.name] = revision(endpoint.fn, endpoint.version)
        return self._revisions[endpoint.name]

    def _attempt(self, run: Run, action: str, work: Callable[[], int]) -> int:
        """Do some work on a flag; log errors and raise `FlaggingError`."""
        try:
            return work()
        except InputError:
            raise
        except BaseException as error:  # the author's backend or redaction
            logger.exception("%s: a flag could not be %s", self._endpoint_of(run.endpoint).title, action)
            if isinstance(error, OSError) and error.errno in _DISK_FULL:
                raise DiskFull(
                    f"The server's disk is full. The flag could not be {action}: please try again later."
                ) from error
            raise FlaggingError(
                f"The flag could not be {action} on the server. Nothing is lost: please try again."
            ) from error


def _remove(run: Run, option: str | None, row: int, backend: Readable) -> int:
    """Remove the flag from its row, if it is still there."""
    records = backend.records(row=row)
    backend.delete([record.id for record in records if (record.run, record.option or None) == (run.id, option)])
    return row


def _record(run: Run, endpoint: Endpoint, details: FlagDetails, version: str | None) -> FlagRecord:
    return FlagRecord(
        run=run.id,
        inputs=_flagged(endpoint.inputs, run.inputs),
        outputs=_flagged(endpoint.outputs, _outputs(run, endpoint, details.reason.about)),
        option="" if details.reason.option is None and endpoint.has_reasons else details.reason.option,
        comment=details.comment,
        expected=None if details.expected is None else _flagged(endpoint.outputs, details.expected),
        username=run.username,
        session=run.session,
        duration=run.duration,
        error=run.error,
        source=details.source,
        version=version,
    )


def _outputs(run: Run, endpoint: Endpoint, about: Item | None) -> Sequence[Held]:
    """Return the outputs, cut after the flagged item."""
    if not run.outputs:
        return (None,) * len(endpoint.outputs)
    if about is None:
        return run.outputs
    cut = endpoint.outputs[about.output].until(run.outputs[about.output], about.item)
    return (*run.outputs[: about.output], cut, *run.outputs[about.output + 1 :])


def _flagged(components: Sequence[Component], values: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(value for component, value in zip(components, values, strict=True) if component.flagged)
