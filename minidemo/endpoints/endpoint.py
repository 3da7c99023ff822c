"""Endpoint: a function with the components of its inputs and outputs."""

import inspect
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

Showing: TypeAlias = Literal["full", "minimal", "hidden"]
SHOWINGS = ("full", "minimal", "hidden")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One function that a page offers. `input_names` and `output_names` are those of the API.

    `corrections` are the components to put each output right in, None for one that is not put right, and `note` the one
    to say more about a flag in. `version` is what the author calls this version of the demo. `batch_size` is how many
    calls a function takes at once that is given lists. `executor` runs the function elsewhere. `validator` says of its
    arguments whether they are valid. `progress` says how much is seen of a run: "full" marks the outputs and tells how
    long it takes, "minimal" only tells, "hidden" does neither. A `live` one is called whenever an input changes.
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
    """Whether the author left the limit to the demo's queue."""
    corrections: tuple[Component | None, ...] = ()
    note: Component | None = None
    version: str | None = None
    specials: Specials = field(default_factory=Specials)
    time_limit: float | None = None
    batch_size: int | None = None
    executor: Executor | None = None
    validator: Callable[..., Any] | None = None
    progress: Showing = "full"
    live: Live | None = None
    description: str | None = None
    visibility: Visibility = "public"
    linked: bool = False
    """Whether a link may show a result to others."""
    required: frozenset[str] = frozenset()
    """The names of those inputs for which there must be a value."""

    def __post_init__(self) -> None:
        """Refuse a limit that would let nothing run, and what is no word of ours."""
        if self.progress not in SHOWINGS:
            expected = ", ".join(map(repr, SHOWINGS))
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

    @cached_property
    def is_async(self) -> bool:
        """Whether the function belongs into the event loop rather than in a thread."""
        return self._is(inspect.iscoroutinefunction) or self._is(inspect.isasyncgenfunction)

    @cached_property
    def is_generator(self) -> bool:
        """Whether the function gives one result after the other."""
        return self._is(inspect.isgeneratorfunction) or self._is(inspect.isasyncgenfunction)

    @property
    def stoppable(self) -> bool:
        """Whether the function can be ended while it runs: it is awaited, goes on, or tells its progress."""
        tells = any(isinstance(special, Progress) for _, _, special in self.specials.found)
        return self.is_async or self.is_generator or tells

    @cached_property
    def streams(self) -> tuple[Component, ...]:
        """The inputs that send a value again and again while they are switched on."""
        return tuple(component for component in self.inputs if component.streaming)

    @cached_property
    def tracks_bars(self) -> bool:
        """Whether the bars of tqdm are told to the visitor."""
        kinds = [special for _, _, special in self.specials.found]
        return any(isinstance(special, Progress) and special.track_tqdm for special in kinds)

    @property
    def columns(self) -> list[Component]:
        """The components whose values a flag stores."""
        return [component for component in (*self.inputs, *self.outputs) if component.flagged]

    @property
    def has_reasons(self) -> bool:
        """Whether a flag can have a reason: one of the demo's, or the feedback on an item of an output."""
        return bool(self.flagging.options) or any(output.feedback and output.flagged for output in self.outputs)

    @cached_property
    def keeps(self) -> bool:
        """Whether there is a state to keep of each visitor."""
        return any(isinstance(component, State) for component in (*self.inputs, *self.outputs))

    def check_corrections(self, values: Sequence[object]) -> None:
        """Raise `InputError` unless outputs can be put right, and there is one value for each."""
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
