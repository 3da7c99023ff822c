"""Messages: what a remote app says of a call while it runs, and of what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from minidemo.context import alerts
from minidemo.errors import Error
from minidemo.i18n import Text
from minidemo.remote.diffs import patched
from minidemo.remote.link import Garbled, Unreachable
from minidemo.utils.checks import is_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The values of all outputs, `last` ones or those so far."""

    data: list[Any]
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Far:
    """How far the function is."""

    steps: tuple[alerts.Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A few words for the visitor."""

    level: str
    text: str
    duration: float | None
    title: str | None


Said: TypeAlias = Outputs | Far | Note


class Understood:
    """Reads the messages about one call; `diffs` says that values which go on are sent as what has changed."""

    def __init__(self, event: str, *, diffs: bool) -> None:
        self._event = event
        self._diffs = diffs
        self._data: list[Any] | None = None

    def take(self, message: Any) -> Said | None:
        """Return what a message says, or nothing; raise the `Error` that it tells of."""
        if not isinstance(message, dict):
            raise Garbled(f"it sent {message!r:.60} as a message")
        if message.get("msg") == "unexpected_error":
            raise Unreachable(f"it said {message.get('message')!r:.200}")
        if message.get("event_id") != self._event:
            return None
        return self._about_call(message)

    def _about_call(self, message: dict[str, Any]) -> Said | None:
        match message.get("msg"):
            case "process_generating":
                return self._going_on(_output(message))
            case "process_completed":
                return self._completed(message)
            case "progress":
                return Far(steps=tuple(map(_step, _listed(message.get("progress_data")))))
            case "estimation":
                rank = _number(message.get("rank"))
                return Far(steps=(alerts.Step(text=Text("queued", position=int(rank))),)) if rank else None
            case "process_starts":
                return Far()
            case "log":
                return _note(message)
        return None

    def _going_on(self, output: Mapping[str, Any]) -> Outputs | None:
        if "data" not in output:  # it failed, of which the last message will tell
            return None
        data = _listed(output["data"])
        if self._diffs and self._data is not None:
            before = [*self._data, *[None] * (len(data) - len(self._data))]
            data = [patched(value, edits) for value, edits in zip(before, data, strict=False)]
        self._data = data
        return Outputs(data=data, last=False)

    def _completed(self, message: Mapping[str, Any]) -> Outputs:
        output = _output(message)
        if message.get("success") is False or "error" in output:
            raise _failure(output)
        if "data" not in output:  # somebody else has stopped it
            raise Error(Text("was_stopped"))
        return Outputs(data=_listed(output["data"]), last=True)


def _failure(output: Mapping[str, Any]) -> Error:
    """Return the remote error, as if the function had raised it here."""
    text, title = output.get("error"), output.get("title")
    return Error(
        text if isinstance(text, str) and text else Text("fn_failed"),
        visible=output.get("visible") is not False,
        title=title if isinstance(title, str) and title else "Error",
    )


def _note(message: Mapping[str, Any]) -> Note | None:
    """Return a message for the visitor, unless it is not to be seen; one of an error is a warning."""
    level, title = str(message.get("level")), message.get("title")
    duration = message.get("duration")
    if message.get("visible") is False:
        return None
    return Note(
        level={"error": "warning"}.get(level, level),
        text=str(message.get("log")),
        duration=None if duration is None else max(0, _number(duration) or 0),
        title=title if isinstance(title, str) else None,
    )


def _step(given: Any) -> alerts.Step:
    if not isinstance(given, dict):
        raise Garbled(f"it sent the progress {given!r:.60}")
    share, desc, unit = _number(given.get("progress")), given.get("desc"), given.get("unit")
    return alerts.Step(
        done=_number(given.get("index")),
        total=_number(given.get("length")),
        unit=unit if isinstance(unit, str) else "steps",
        share=None if share is None else min(max(share, 0), 1),
        text=desc if isinstance(desc, str) else None,
    )


def _output(message: Mapping[str, Any]) -> Mapping[str, Any]:
    output = message.get("output")
    if not isinstance(output, dict):
        raise Garbled(f"it sent the output {output!r:.60}")
    return output


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Garbled(f"it sent {value!r:.60} where a list should be")
    return value


def _number(value: Any) -> float | None:
    """Return a number of a size that it makes sense to show."""
    return value if is_number(value) and abs(value) < 1e15 else None
