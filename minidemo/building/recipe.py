"""The recipe of a page for one function: endpoint and layout."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from minidemo.building.buttons import ButtonOptions, buttons_of
from minidemo.building.execution import Execution
from minidemo.building.fields import Fields
from minidemo.components.base import Component
from minidemo.components.textbox import Textbox
from minidemo.endpoints.api import Api
from minidemo.endpoints.endpoint import Endpoint, ProgressDisplay
from minidemo.endpoints.live import Live
from minidemo.endpoints.signature import name_of, specials_of
from minidemo.errors import ConfigurationError
from minidemo.flagging.policy import MAX_COMMENT, Flagging
from minidemo.i18n import Text
from minidemo.layout.buttons import ActionButton, Buttons, FlagButton, LinkButton, StatusLine
from minidemo.layout.containers import Accordion, Column, Row
from minidemo.layout.node import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """A function with its fields and options."""

    fn: Callable[..., Any]
    fields: Fields
    flagging: Flagging
    api: Api = field(default_factory=Api)
    buttons: ButtonOptions = field(default_factory=ButtonOptions)
    accordion: str | Accordion | None = None
    progress: ProgressDisplay = "full"
    live: Live | None = None
    link: bool | str = False
    """True if results have links, or the text of the link button."""
    execution: Execution = field(default_factory=Execution)
    version: str | None = None

    def endpoint(self) -> Endpoint:
        """Return the endpoint that runs the function."""
        results = self.fields.outputs
        return Endpoint(
            name=self.api.name_of(self.fn),
            title=f'Interface "{name_of(self.fn)}"',
            description=self.api.description_of(self.fn),
            visibility=self.api.api_visibility,
            fn=self.fn,
            inputs=self.fields.inputs,
            additional=len(self.fields.additional),
            outputs=results,
            input_names=self.fields.input_names,
            output_names=self.fields.output_names,
            required=self.fields.required,
            flagging=self.flagging,
            concurrency_limit=self.execution.limit(),
            usual_limit=self.execution.concurrency_limit == "default",
            time_limit=self.execution.time_limit,
            batch_size=self.execution.batch_size(self.fn),
            executor=self.execution.checked_executor(self.fn),
            validator=self.execution.checked_validator(),
            progress=self.progress,
            live=self.live,
            linked=bool(self.link),
            specials=specials_of(self.fn),
            corrections=tuple(map(_correction, results)) if self.flagging.correction else (),
            note=_comment_field() if self.flagging.comment else None,
            version=self.version,
        )

    def layout(self, endpoint: Endpoint, examples: Node | None = None) -> Node:
        """Return the layout: inputs on the left, outputs on the right.

        Buttons and examples are below the inputs, errors above the outputs, the Flag button below them. There is one
        column if there are only inputs or only outputs, or if they are the same.
        """
        outputs = [component for component in endpoint.outputs if component not in endpoint.inputs]
        buttons = [Buttons(self._buttons(endpoint))]
        results = [StatusLine(endpoint=endpoint.name, notes=not endpoint.outputs), *outputs]
        flag = [*_flag_button(endpoint), *self._link(endpoint)]
        last = [examples] if examples else []
        if not outputs or not _has_fields(endpoint):
            above, below = (results, []) if outputs else ([], results)
            return Column([*self._inputs(), *above, *buttons, *below, *flag, *last])
        return Row([Column([*self._inputs(), *buttons]), Column([*results, *flag]), *last])

    def _buttons(self, endpoint: Endpoint) -> list[ActionButton]:
        """Return the buttons; a live demo with inputs has no Submit."""
        generates = not _has_fields(endpoint)
        buttons = buttons_of(self.buttons, endpoint.name, generates=generates)
        return [button for button in buttons if button.action != "submit" or generates or not self.live]

    def _link(self, endpoint: Endpoint) -> list[Node]:
        text = self.link if isinstance(self.link, str) else None
        return [LinkButton(endpoint=endpoint.name, text=text)] if self.link else []

    def _inputs(self) -> list[Node]:
        """Return the inputs, the additional ones in an accordion."""
        more = self.fields.additional
        if not more:
            return [*self.fields.inputs]
        argument = self.accordion
        if not isinstance(argument, str | Accordion | None):
            raise ConfigurationError(f"additional_inputs_accordion is {argument!r}; expected a label, or an Accordion.")
        accordion = argument if isinstance(argument, Accordion) else Accordion(argument, open=False)
        return [*self.fields.inputs[: -len(more)], accordion.with_children(more)]


def _has_fields(endpoint: Endpoint) -> bool:
    """Return True if visitors see inputs."""
    return any(component.seen for component in endpoint.inputs)


def _correction(output: Component) -> Component | None:
    """Return the field to correct an output in.

    Outputs that are invisible or not stored have none.
    """
    return output.correction() if output.visible and output.flagged else None


def _comment_field() -> Component:
    return Textbox(label=Text("flag_note"), max_lines=8, max_length=MAX_COMMENT)


def _flag_button(endpoint: Endpoint) -> list[Node]:
    policy = endpoint.flagging
    if policy.mode == "never":
        return []
    if policy.mode == "auto":
        notice = policy.notice or Text("flag_auto" if policy.auto.everything else "flag_auto_some")
        return [FlagButton(endpoint=endpoint.name, mode="auto", notice=notice)]
    fields = [field for field in (*endpoint.corrections, endpoint.note) if field]
    return [FlagButton(fields, endpoint=endpoint.name, options=policy.options, notice=policy.notice)]
