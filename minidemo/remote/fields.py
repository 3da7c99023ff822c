"""Our components for the inputs and outputs of a remote endpoint."""

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

from minidemo import components
from minidemo.components.base import Component, Held
from minidemo.components.dataframe import Dataframe
from minidemo.errors import InputError
from minidemo.i18n import Text
from minidemo.remote.files import Files
from minidemo.remote.kinds import JSON, KINDS, Kind
from minidemo.remote.link import InvalidResponse
from minidemo.remote.values import send_video
from minidemo.remote.wire import ComponentConfig, Config, Dependency, EndpointInfo, Parameter

NON_API_TYPES = frozenset(
    {
        *("accordion", "box", "button", "column", "dataset", "form", "group", "interpretation"),
        *("row", "sidebar", "state", "tab", "tabitem", "tabs"),
    }
)
"""Component types outside the API, unless the app's config differs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An input or output, with our component for it."""

    name: str
    component: Component
    kind: Kind

    def send(self, value: Any, files: Files) -> Any:
        """Return an argument as the app expects it."""
        try:
            return self.kind.send(value, files)
        except InputError as error:
            raise InputError(error.message, field=self.name) from None

    def show(self, value: Any, files: Files) -> Any:
        """Return an output as our component shows it."""
        if isinstance(value, dict) and value.get("__type__") == "update":
            value = value.get("value")
        return self.kind.show(value, files)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """The fields of an endpoint, with None for components outside the API."""

    all_inputs: tuple[Field | None, ...]
    all_outputs: tuple[Field | None, ...]
    constants: tuple[Any, ...]
    """Values of the inputs outside the API."""

    @property
    def inputs(self) -> list[Field]:
        """The inputs of the API."""
        return [field for field in self.all_inputs if field]

    @property
    def outputs(self) -> list[Field]:
        """The outputs of the API."""
        return [field for field in self.all_outputs if field]

    def arguments(self, values: Sequence[Any], files: Files) -> list[Any]:
        """Return the data of a call."""
        remaining = iter(values)
        pairs = zip(self.all_inputs, self.constants, strict=True)
        return [field.send(next(remaining), files) if field else constant for field, constant in pairs]

    def results(self, data: Sequence[Any], files: Files) -> list[Any]:
        """Return a value for each output, or raise `InvalidResponse`."""
        if len(data) != len(self.all_outputs):
            raise InvalidResponse(f"it sent {len(data)} values for {len(self.all_outputs)} outputs")
        return [field.show(value, files) for field, value in zip(self.all_outputs, data, strict=True) if field]


def fields_of(config: Config, dependency: Dependency, endpoint_info: EndpointInfo) -> Fields:
    """Return the fields of an endpoint, or raise `InvalidResponse`."""
    parts = {part.id: part for part in config.components}
    try:
        input_parts, output_parts = [parts[id] for id in dependency.inputs], [parts[id] for id in dependency.outputs]
    except KeyError as error:
        raise InvalidResponse(f"it names a component {error} that it does not have") from None
    return Fields(
        all_inputs=_fields(input_parts, endpoint_info.parameters, out=False),
        all_outputs=_fields(output_parts, endpoint_info.returns, out=True),
        constants=tuple(None if part.type == "state" else part.value.returned for part in input_parts),
    )


def _fields(
    parts: Sequence[ComponentConfig], api_parameters: Sequence[Parameter], *, out: bool
) -> tuple[Field | None, ...]:
    visible = [part for part in parts if not _is_outside_api(part)]
    parameters = api_parameters if len(api_parameters) == len(visible) else [Parameter() for _ in visible]
    names = _names([parameter.parameter_name for parameter in parameters])
    fields = iter([_field(*each, out=out) for each in zip(visible, parameters, names, strict=True)])
    return tuple(None if _is_outside_api(part) else next(fields) for part in parts)


def _field(part: ComponentConfig, parameter: Parameter, name: str, *, out: bool) -> Field:
    props = {**_schema_props(parameter), **_without_none(part.props)}
    value = part.value if part.value.exists else parameter.parameter_default
    part = part.model_copy(update={"props": props, "value": value})
    kind = KINDS.get(part.type.lower())
    if kind is None or (kind.output_only and not out):
        return Field(name=name, component=_as_json(part, parameter, out=out), kind=JSON)
    component = _component(part, parameter, kind, out=out)
    if component is None:
        return Field(name=name, component=_as_json(part, parameter, out=out), kind=JSON)
    if isinstance(parameter.type, dict) and "video" in (parameter.type.get("properties") or {}):
        kind = replace(kind, send=send_video)
    return Field(name=name, component=component, kind=kind)


def _component(part: ComponentConfig, parameter: Parameter, kind: Kind, *, out: bool) -> Component | None:
    """Return our component with all remote options that it accepts."""
    props = part.props
    options = _common(part, parameter)
    kind_options = {name: props[name] for name in kind.option_names if name in props}
    required = {name: kind_options[name] for name in ("choices",) if name in kind_options}
    make = _Table if kind.component == "Dataframe" else getattr(components, kind.component)
    for attempt in (options | kind_options, {"label": options["label"]} | required):
        component = _try_create(make, {"value": None, **attempt, **kind.fixed_options})
        if component is not None:
            if not out and not kind.files:
                part.value.offer_to(component)
            return component
    return None


def _schema_props(parameter: Parameter) -> dict[str, Any]:
    """Return component options from the API, for pages without them."""
    schema = parameter.type if isinstance(parameter.type, dict) else {}
    item = schema.get("items") if isinstance(schema.get("items"), dict) else None
    is_list = schema.get("type") == "array"
    return _without_none(
        {
            "choices": (item or schema).get("enum"),
            "multiselect": is_list or None,
            "file_count": "multiple" if is_list else None,
            "minimum": schema.get("minimum"),
            "maximum": schema.get("maximum"),
            "max_length": schema.get("maxLength"),
        }
    )


def _without_none(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if value is not None}


def _try_create(make: Any, options: Mapping[str, Any]) -> Component | None:
    try:
        component: Component = make(**options)
        component.initial()
        component.schema()
    except Exception:  # a remote page can contain anything
        return None
    return component


def _as_json(part: ComponentConfig, parameter: Parameter, *, out: bool) -> Component:
    note = Text("remote_json", kind=part.type)
    options = _common(part, parameter) | {"info": note}
    component = components.JSON(**options)
    if not out:
        part.value.offer_to(component)
    return component


def _common(part: ComponentConfig, parameter: Parameter) -> dict[str, Any]:
    label, info = part.props.get("label") or parameter.label, part.props.get("info")
    return {
        "label": label if isinstance(label, str) else None,
        "info": info if isinstance(info, str) else None,
        "visible": part.props.get("visible") not in (False, "hidden"),
    }


def _is_outside_api(part: ComponentConfig) -> bool:
    return part.type in NON_API_TYPES if part.skip_api is None else part.skip_api


def _names(parameter_names: Sequence[str | None]) -> list[str]:
    """Return a unique Python identifier for each parameter."""
    names: dict[str, None] = {}
    for i, original in enumerate(parameter_names):
        name = original or ""
        if not name.isidentifier() or keyword.iskeyword(name):
            name = f"param_{i}"
        choices = chain((name, f"{name}_"), (f"{name}_{n}" for n in count(i)))
        names[next(choice for choice in choices if choice not in names)] = None
    return [*names]


class _Table(Dataframe):
    """A table that passes on its headers."""

    @classmethod
    def name(cls) -> str:
        return Dataframe.name()

    def preprocess(self, value: Held) -> Any:
        super().preprocess(value)
        return value and {"headers": value.get("headers"), "data": value["data"], "metadata": None}
