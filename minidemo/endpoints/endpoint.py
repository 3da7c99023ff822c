"""Endpoint: a function with the components of its inputs and outputs."""

import inspect
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from minidemo.components.base import Component, Held
from minidemo.components.state import State
from minidemo.context.progress import Progress
from minidemo.endpoints.api import Visibility
from minidemo.endpoints.live import Live
from minidemo.endpoints.signature import Specials, target_of
from minidemo.errors import ConfigurationError, InputError
from minidemo.flagging.policy import Flagging
from minidemo.utils.checks import is_count, is_number

if TYPE_CHECKING:
    from minidemo.schemas.flags import Item

ProgressDisplay: TypeAlias = Literal["full", "minimal", "hidden"]
PROGRESS_DISPLAYS = ("full", "minimal", "hidden")
MAX_NOTICES = 100
"""Number of different notices that an endpoint logs."""
logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A function of a page, with its components and options.

    `input_names` and `output_names` are its names in the API. `corrections` are the components to correct each output
    in, or None, and `note` is the field for a comment on a flag. `version` is the author's version of the demo.
    `batch_size` is the number of calls that a function with list arguments takes at once. `executor` runs the function.
    `validator` checks its arguments. `progress` is "full" to mark the outputs and show the duration, "minimal" to show
    only the duration, or "hidden". A `live` endpoint is called whenever an input changes.
    """

    name: str
    title: str
    fn: Callable[..., Any]
    inputs: tuple[Component, ...]
    outputs: tuple[Component, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    flagging: Flagging
    concurrency_limit: int | None = 1
    usual_limit: bool = False
    """True if the queue's default limit applies."""
    corrections: tuple[Component | None, ...] = ()
    note: Component | None = None
    version: str | None = None
    specials: Specials = field(default_factory=Specials)
    time_limit: float | None = None
    batch_size: int | None = None
    executor: Executor | None = None
    validator: Callable[..., Any] | None = None
    progress: ProgressDisplay = "full"
    live: Live | None = None
    description: str | None = None
    visibility: Visibility = "public"
    linked: bool = False
    """True if links may show results to others."""
    required: frozenset[str] = frozenset()
    """The names of those inputs for which there must be a value."""
    notices: set[str] = field(default_factory=set, compare=False, repr=False)
    """The notices for the author that were logged."""

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for invalid limits and words."""
        if self.progress not in PROGRESS_DISPLAYS:
            expected = ", ".join(map(repr, PROGRESS_DISPLAYS))
            raise ConfigurationError(f"show_progress is {self.progress!r}; expected one of {expected}.")
        limit = self.concurrency_limit
        if limit is not None and not is_count(limit):
            raise ConfigurationError(f"concurrency_limit is {limit!r}; expected a number from 1, or None for no limit.")
        if self.time_limit is not None and not is_number(self.time_limit, above=0):
            raise ConfigurationError(
                f"time_limit is {self.time_limit!r}; expected seconds above 0, or None for no limit."
            )
        for component in self.streams:
            self._check_stream(component)

    def __str__(self) -> str:
        """Return the function with its inputs and outputs."""
        return f"{self.title}: {_fields(self.input_names, self.inputs)} -> {_fields(self.output_names, self.outputs)}"

    @cached_property
    def is_async(self) -> bool:
        """True if the function runs in the event loop, not a thread."""
        return self._is(inspect.iscoroutinefunction) or self._is(inspect.isasyncgenfunction)

    @cached_property
    def is_generator(self) -> bool:
        """True if the function yields several results."""
        return self._is(inspect.isgeneratorfunction) or self._is(inspect.isasyncgenfunction)

    @property
    def stoppable(self) -> bool:
        """True if a running function can be cancelled.

        It must be async, yield results, or report progress.
        """
        reports = any(isinstance(special, Progress) for _, _, special in self.specials.parameters)
        return self.is_async or self.is_generator or reports

    @cached_property
    def streams(self) -> tuple[Component, ...]:
        """Inputs that send values continuously while they are switched on."""
        return tuple(component for component in self.inputs if component.streaming)

    @cached_property
    def tracks_bars(self) -> bool:
        """True if the visitor sees the progress bars of tqdm."""
        kinds = [special for _, _, special in self.specials.parameters]
        return any(isinstance(special, Progress) and special.track_tqdm for special in kinds)

    @cached_property
    def needed(self) -> tuple[Component, ...]:
        """Inputs that a visitor can leave empty, and must not."""
        named = zip(self.inputs, self.input_names, strict=True)
        return tuple(c for c, name in named if name in self.required and (c.required or not c.always_sends))

    @property
    def columns(self) -> list[Component]:
        """The components whose values a flag stores."""
        return [component for component in (*self.inputs, *self.outputs) if component.flagged]

    @property
    def has_reasons(self) -> bool:
        """True if a flag can have a reason.

        Reasons are the demo's options, or the feedback on an item of an output.
        """
        return bool(self.flagging.options) or any(output.feedback and output.flagged for output in self.outputs)

    @cached_property
    def has_state(self) -> bool:
        """True if a component keeps a state for each visitor."""
        return any(isinstance(component, State) for component in (*self.inputs, *self.outputs))

    def notify_once(self, notice: str) -> None:
        """Log a notice for the author, unless it was logged before."""
        if notice not in self.notices and len(self.notices) < MAX_NOTICES:
            self.notices.add(notice)
            logger.warning("%s: %s", self.title, notice)

    def check_corrections(self, values: Sequence[object]) -> None:
        """Raise `InputError` unless there is a correction for each output."""
        if not self.corrections:
            raise InputError("This demo takes no corrections.", field="expected")
        if len(values) != len(self.outputs):
            names = ", ".join(self.output_names) or "none"
            message = f"expected must hold {len(self.outputs)} values ({names}), but it holds {len(values)}."
            raise InputError(message, field="expected")

    def check_expected(self, values: Sequence[Held]) -> None:
        """Raise `InputError` for the first value that does not fit its output."""
        pairs = zip(self.outputs, self.corrections, self.output_names, values, strict=True)
        for output, correction, name, value in pairs:
            try:
                if value is not None and correction is None:
                    raise InputError(f"{output.title} cannot be corrected.")
                if value is not None and correction is not None:
                    correction.preprocess(value)
            except InputError as error:
                raise InputError(error.message, field=name) from None

    def check_item(self, about: "Item", option: str | None, outputs: Sequence[Held]) -> None:
        """Raise `InputError` unless an output shows such an item, and takes this reason to flag it."""
        output = self.outputs[about.output] if about.output < len(outputs) else None
        if output is None or not output.flagged or not output.feedback:
            raise InputError(f"Output {about.output} of this run takes no feedback on its items.", field="about")
        if option not in output.feedback:
            raise InputError(f"Choose a reason: {', '.join(output.feedback)}.", field="option")
        output.until(outputs[about.output], about.item)

    def _is(self, kind: Callable[[Any], bool]) -> bool:
        target = target_of(self.fn)
        return kind(target) or kind(type(target).__call__)

    def _check_stream(self, component: Component) -> None:
        kind = type(component).__name__
        if self.live is None:
            raise ConfigurationError(
                f"{kind}(streaming=True) sends what it takes to the function again and again, "
                "but the Interface is not live. Add live=True, or leave streaming out."
            )
        if component in self.outputs:
            raise ConfigurationError(
                f"{kind}(streaming=True) is an input and an output. Give the output a component of its own."
            )


def _fields(names: Sequence[str], components: Sequence[Component]) -> str:
    pairs = zip(names, components, strict=True)
    return ", ".join(f"{name} ({type(component).__name__})" for name, component in pairs) or "nothing"
