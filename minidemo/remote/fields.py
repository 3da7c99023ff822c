"""Fields: a component of ours for each input and output of a remote endpoint."""

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from minidemo import components
from minidemo.components.base import Component, Held
from minidemo.components.dataframe import Dataframe
from minidemo.errors import InputError
from minidemo.i18n import Text
from minidemo.remote.files import Files
from minidemo.remote.kinds import JSON, KINDS, Kind
from minidemo.remote.link import Garbled
from minidemo.remote.values import send_video
from minidemo.remote.wire import Config, Dependency, Described, Parameter, Part

SILENT = frozenset(
    {
        *("accordion", "box", "button", "column", "dataset", "form", "group", "interpretation"),
        *("row", "sidebar", "state", "tab", "tabitem", "tabs"),
    }
)
"""What is no part of the API, unless the app says otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An input or output, with what our component for it is."""

    name: str
    component: Component
    kind: Kind

    def send(self, value: Any, files: Files) -> Any:
        """Return what the app gets of an argument."""
        try:
            return self.kind.send(value, files)
        except InputError as error:
            raise InputError(error.message, field=self.name) from None

    def show(self, value: Any, files: Files) -> Any:
        """Return what our component shows of an output."""
        if isinstance(value, dict) and value.get("__type__") == "update":
            value = value.get("value")
        return self.kind.show(value, files)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """The inputs and outputs that visitors see; `sent` and `got` have None in the places of what else there is."""

    sent: tuple[Field | None, ...]
    got: tuple[Field | None, ...]
    constant: tuple[Any, ...]
    """What is sent in the places of what visitors do not see."""

    @property
    def inputs(self) -> list[Field]:
        """What visitors fill in."""
        return [field for field in self.sent if field]

    @property
    def outputs(self) -> list[Field]:
        """What visitors see."""
        return [field for field in self.got if field]

    def arguments(self, values: Sequence[Any], files: Files) -> list[Any]:
        """Return the data of a call."""
        given = iter(values)
        pairs = zip(self.sent, self.constant, strict=True)
        return [field.send(next(given), files) if field else constant for field, constant in pairs]

    def results(self, data: Sequence[Any], files: Files) -> list[Any]:
        """Return a value for each output of what an app sent, or raise `Garbled`."""
        if len(data) != len(self.got):
            raise Garbled(f"it sent {len(data)} values for {len(self.got)} outputs")
        return [field.show(value, files) for field, value in zip(self.got, data, strict=True) if field]


def fields_of(config: Config, dependency: Dependency, described: Described) -> Fields:
    """Return the fields of an endpoint; raise `Garbled` if what is said of it does not fit together."""
    parts = {part.id: part for part in config.components}
    try:
        sent, got = [parts[id] for id in dependency.inputs], [parts[id] for id in dependency.outputs]
    except KeyError as error:
        raise Garbled(f"it names a component {error} that it does not have") from None
    return Fields(
        sent=_fields(sent, described.parameters, out=False),
        got=_fields(got, described.returns, out=True),
        constant=tuple(None if part.type == "state" else part.props.get("value") for part in sent),
    )


def _fields(parts: Sequence[Part], known: Sequence[Parameter], *, out: bool) -> tuple[Field | None, ...]:
    seen = [part for part in parts if not _is_silent(part)]
    facts = [*known, *(Parameter() for _ in seen)] if len(known) == len(seen) else [Parameter() for _ in seen]
    names = _names([fact.parameter_name for fact in facts[: len(seen)]])
    made = iter([_field(*each, out=out) for each in zip(seen, facts, names, strict=False)])
    return tuple(None if _is_silent(part) else next(made) for part in parts)


def _field(part: Part, fact: Parameter, name: str, *, out: bool) -> Field:
    part = part.model_copy(update={"props": {**_schemed(fact), **_known(part.props)}})
    kind = KINDS.get(part.type.lower())
    if kind is None or (kind.only_out and not out):
        return Field(name=name, component=_as_json(part, fact, out=out), kind=JSON)
    component = _component(part, fact, kind, out=out)
    if component is None:
        return Field(name=name, component=_as_json(part, fact, out=out), kind=JSON)
    if isinstance(fact.type, dict) and "video" in (fact.type.get("properties") or {}):
        kind = replace(kind, send=send_video)
    return Field(name=name, component=component, kind=kind)


def _component(part: Part, fact: Parameter, kind: Kind, *, out: bool) -> Component | None:
    """Return our component with all that is known of theirs, or with less where that does not fit."""
    props = part.props
    options = _common(part, fact)
    taken = {name: props[name] for name in kind.taken if name in props}
    begins = {} if out or kind.files else {"value": props.get("value")}
    least = {name: taken[name] for name in ("choices",) if name in taken}
    make = _Table if kind.component == "Dataframe" else getattr(components, kind.component)
    for wish in (options | taken | begins, options | taken, {"label": options["label"]} | least):
        component = _made(make, {**wish, **kind.fixed})
        if component is not None:
            return component
    return None


def _schemed(fact: Parameter) -> dict[str, Any]:
    """Return what the API says of a component, for a page that keeps its arguments to itself."""
    schema = fact.type if isinstance(fact.type, dict) else {}
    item = schema.get("items") if isinstance(schema.get("items"), dict) else None
    several = schema.get("type") == "array"
    return _known(
        {
            "choices": (item or schema).get("enum"),
            "multiselect": several or None,
            "file_count": "multiple" if several else None,
            "minimum": schema.get("minimum"),
            "maximum": schema.get("maximum"),
            "max_length": schema.get("maxLength"),
            "value": fact.parameter_default,
        }
    )


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact is not None}


def _made(make: Any, options: Mapping[str, Any]) -> Component | None:
    try:
        component: Component = make(**options)
        component.initial()
        component.schema()
    except Exception:  # what a stranger's page says may be anything
        return None
    return component


def _as_json(part: Part, fact: Parameter, *, out: bool) -> Component:
    note = Text("remote_json", kind=part.type)
    value = None if out else part.props.get("value")
    options = _common(part, fact) | {"info": note}
    component = _made(components.JSON, options | {"value": value})
    return component or components.JSON(label=options["label"], info=note)


def _common(part: Part, fact: Parameter) -> dict[str, Any]:
    label, info = part.props.get("label") or fact.label, part.props.get("info")
    return {
        "label": label if isinstance(label, str) else None,
        "info": info if isinstance(info, str) else None,
        "visible": part.props.get("visible") not in (False, "hidden"),
    }


def _is_silent(part: Part) -> bool:
    return part.type in SILENT if part.skip_api is None else part.skip_api


def _names(wished: Sequence[str | None]) -> list[str]:
    """Return a name for each parameter, as Python can have it, and no name twice."""
    names: list[str] = []
    for place, wish in enumerate(wished):
        name = wish if wish and wish.isidentifier() and not keyword.iskeyword(wish) else f"param_{place}"
        while name in names:
            name += "_"
        names.append(name)
    return names


class _Table(Dataframe):
    """Hands on a table with its headers."""

    @classmethod
    def name(cls) -> str:
        return Dataframe.name()

    def preprocess(self, value: Held) -> Any:
        super().preprocess(value)
        return value and {"headers": value.get("headers"), "data": value["data"], "metadata": None}
