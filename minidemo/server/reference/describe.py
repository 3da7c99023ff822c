"""Reference: what the page about the API says of an endpoint."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.i18n import translate
from minidemo.server.reference.docstrings import told_of
from minidemo.server.reference.literals import Snippet
from minidemo.server.reference.schema_words import words_of
from minidemo.server.reference.snippets import snippets


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An input or output: its name and type on the wire, the component that the page has for it, and its meaning."""

    name: str
    type: str
    component: str
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """An endpoint: what it is called, takes and gives, and how programs call it."""

    name: str
    description: str
    inputs: list[Field]
    outputs: list[Field]
    snippets: list[Snippet]


@dataclass(frozen=True, kw_only=True, slots=True)
class Agents:
    """Where agents find the demo, and how that is written into the settings of most of their programs."""

    url: str
    settings: str


def clients_of(title: str | None, url: str) -> Agents:
    """Return how an agent reaches the page at `url`."""
    name = re.sub(r"\W+", "_", title or "demo").strip("_").lower() or "demo"
    settings = {"mcpServers": {name: {"type": "http", "url": f"{url}mcp"}}}
    return Agents(url=f"{url}mcp", settings=json.dumps(settings, indent=2, ensure_ascii=False))


def describe(endpoint: Endpoint, url: str) -> Description:
    """Return what there is to say of an endpoint of the page at `url`."""
    docs = told_of(endpoint)
    meanings = dict.fromkeys(endpoint.output_names, docs.returns) if len(endpoint.outputs) == 1 else {}
    return Description(
        name=endpoint.name,
        description=docs.text,
        inputs=_fields(endpoint.inputs, endpoint.input_names, docs.parameters),
        outputs=_fields(endpoint.outputs, endpoint.output_names, meanings),
        snippets=snippets(endpoint, url),
    )


def _fields(components: tuple[Component, ...], names: tuple[str, ...], meanings: Mapping[str, str]) -> list[Field]:
    pairs = zip(components, names, strict=True)
    return [_field(component, name, meanings.get(name, "")) for component, name in pairs if not component.stays]


def _field(component: Component, name: str, meaning: str) -> Field:
    label = translate(component.label or "")
    plain = re.sub(r"\W+", "", label).casefold() == re.sub(r"\W+", "", name).casefold()
    return Field(
        name=name,
        type=words_of(component.schema()),
        component=type(component).__name__,
        label="" if plain else label,
        meaning=meaning or translate(component.info or ""),
    )
