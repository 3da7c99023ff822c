"""The recipe of a page around one function: its endpoint, and what stands where."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.components.textbox import Textbox
from minidemo.endpoint import Endpoint
from minidemo.flagging.policy import MAX_COMMENT, Flagging
from minidemo.layout import Button, Buttons, Column, FlagButton, Node, Row, Status
from minidemo.parameters import name_of, parameters_of, specials_of
from minidemo.words import ENGLISH

Spec: TypeAlias = str | Component | type[Component]
Specs: TypeAlias = Spec | Sequence[Spec] | None
NAME = "predict"


def endpoint_of(
    fn: Callable[..., Any],
    inputs: Specs,
    outputs: Specs,
    *,
    flagging: Flagging,
    concurrency_limit: int | None,
    time_limit: float | None,
    version: str | None,
) -> Endpoint:
    """Return the endpoint that runs a function; components without a label get one."""
    components, results = _components(inputs), _components(outputs)
    parameters = parameters_of(fn, components)
    names = ["Output"] if len(results) == 1 else [f"Output {i}" for i in range(len(results))]
    _label(components, parameters)
    _label(results, names)
    return Endpoint(
        name=NAME,
        title=f'Interface "{name_of(fn)}"',
        fn=fn,
        inputs=tuple(components),
        outputs=tuple(results),
        input_names=tuple(parameters),
        output_names=tuple(names),
        flagging=flagging,
        concurrency_limit=concurrency_limit,
        time_limit=time_limit,
        specials=specials_of(fn),
        corrections=tuple(map(_correction, results)) if flagging.correction else (),
        note=_note() if flagging.comment else None,
        version=version,
    )


def layout_of(endpoint: Endpoint, submit: str | None, clear: str | None) -> Node:
    """Return the inputs with their buttons on the left, the outputs with the Flag button on the right."""
    buttons = Buttons(
        [
            Button("clear", endpoint=endpoint.name, text=clear),
            Button("stop", endpoint=endpoint.name),
            Button("submit", endpoint=endpoint.name, text=submit),
        ]
    )
    shown = [component for component in endpoint.outputs if component not in endpoint.inputs]
    below = [*_flag_button(endpoint), Status(endpoint=endpoint.name)]
    return Row([Column([*endpoint.inputs, buttons]), Column([*shown, *below])])


def _components(specs: Specs) -> list[Component]:
    if specs is None:
        return []
    return [resolve(spec) for spec in (specs if isinstance(specs, list | tuple) else [specs])]


def _label(components: Sequence[Component], names: Sequence[str]) -> None:
    for component, name in zip(components, names, strict=True):
        component.label = name if component.label is None else component.label


def _correction(output: Component) -> Component | None:
    """Return the field to put an output right in; what is not seen, or not stored, is not put right."""
    return output.correction() if output.visible and output.flagged else None


def _note() -> Component:
    return Textbox(label=ENGLISH["flag_note"], max_lines=8, max_length=MAX_COMMENT)


def _flag_button(endpoint: Endpoint) -> list[Node]:
    policy = endpoint.flagging
    if policy.mode == "never":
        return []
    if policy.mode == "auto":
        notice = policy.notice or ENGLISH["flag_auto" if policy.auto.everything else "flag_auto_some"]
        return [FlagButton(endpoint=endpoint.name, mode="auto", notice=notice)]
    fields = [field for field in (*endpoint.corrections, endpoint.note) if field]
    return [FlagButton(fields, endpoint=endpoint.name, options=policy.options, notice=policy.notice)]
