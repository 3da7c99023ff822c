"""Messages of a remote app about a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from minidemo.context import alerts
from minidemo.errors import Error
from minidemo.i18n import Text
from minidemo.remote.diffs import apply_edits
from minidemo.remote.link import InvalidResponse, Unreachable
from minidemo.utils.checks import is_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The values of all outputs, final if `last`."""

    data: list[Any]
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressUpdate:
    """The progress of the function."""

    steps: tuple[alerts.Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LogMessage:
    """A message for the visitor."""

    level: str
    text: str
    duration: float | None
    title: str | None


MAX_TEXT = 10_000
"""Characters of a message or title, of which a call keeps a thousand."""
RemoteEvent: TypeAlias = Outputs | ProgressUpdate | LogMessage


class EventReader:
    """Converts the messages about one call; `diffs` means streamed changes."""

    def __init__(self, event_id: str, *, diffs: bool) -> None:
        self._event_id = event_id
        self._diffs = diffs
        self._data: list[Any] | None = None

    def read(self, message: Any) -> RemoteEvent | None:
        """Return the event of a message, or None; raise the app's `Error`."""
        if not isinstance(message, dict):
            raise InvalidResponse(f"it sent {message!r:.60} as a message")
        if message.get("msg") == "unexpected_error":
            raise Unreachable(f"it said {message.get('message')!r:.200}")
        if message.get("event_id") != self._event_id:
            return None
        return self._read_call(message)

    def _read_call(self, message: dict[str, Any]) -> RemoteEvent | None:
        match message.get("msg"):
            case "process_generating":
                return self._partial_outputs(_output(message))
            case "process_completed":
                return self._last_outputs(message)
            case "progress":
                return ProgressUpdate(steps=tuple(map(_step, _check_list(message.get("progress_data")))))
            case "estimation":
                rank = _number(message.get("rank"))
                return ProgressUpdate(steps=(alerts.Step(text=Text("queued", position=int(rank))),)) if rank else None
            case "process_starts":
                return ProgressUpdate()
            case "log":
                return _log_message(message)
        return None

    def _partial_outputs(self, output: Mapping[str, Any]) -> Outputs | None:
        if "data" not in output:  # the last message has the error
            return None
        data = _check_list(output["data"])
        if self._diffs and self._data is not None:
            before = [*self._data, *[None] * (len(data) - len(self._data))]
            data = [apply_edits(value, edits) for value, edits in zip(before, data, strict=False)]
        self._data = data
        return Outputs(data=data, last=False)

    def _last_outputs(self, message: Mapping[str, Any]) -> Outputs:
        output = _output(message)
        if message.get("success") is False or "error" in output:
            raise _failure(output)
        if "data" not in output:  # another client stopped the call
            raise Error(Text("was_stopped"))
        return Outputs(data=_check_list(output["data"]), last=True)


def _failure(output: Mapping[str, Any]) -> Error:
    """Return the remote error as the function's own."""
    text, title = output.get("error"), output.get("title")
    return Error(
        text if isinstance(text, str) and text else Text("fn_failed"),
        visible=output.get("visible") is not False,
        title=title if isinstance(title, str) and title else "Error",
    )


def _log_message(message: Mapping[str, Any]) -> LogMessage | None:
    """Return a visible message; errors become warnings."""
    level, title = str(message.get("level")), message.get("title")
    duration = message.get("duration")
    if message.get("visible") is False:
        return None
    return LogMessage(
        level={"error": "warning"}.get(level, level),
        text=str(message.get("log"))[:MAX_TEXT],
        duration=None if duration is None else max(0, _number(duration) or 0),
        title=title[:MAX_TEXT] if isinstance(title, str) else None,
    )


def _step(data: Any) -> alerts.Step:
    if not isinstance(data, dict):
        raise InvalidResponse(f"it sent the progress {data!r:.60}")
    share, desc, unit = _number(data.get("progress")), data.get("desc"), data.get("unit")
    return alerts.Step(
        done=_number(data.get("index")),
        total=_number(data.get("length")),
        unit=unit if isinstance(unit, str) else "steps",
        share=None if share is None else min(max(share, 0), 1),
        text=desc if isinstance(desc, str) else None,
    )


def _output(message: Mapping[str, Any]) -> Mapping[str, Any]:
    output = message.get("output")
    if not isinstance(output, dict):
        raise InvalidResponse(f"it sent the output {output!r:.60}")
    return output


def _check_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidResponse(f"it sent {value!r:.60} where a list should be")
    return value


def _number(value: Any) -> float | None:
    """Return a number of a reasonable size, or None."""
    return value if is_number(value) and abs(value) < 1e15 else None
