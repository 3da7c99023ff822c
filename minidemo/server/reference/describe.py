"""Descriptions of endpoints for the API page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.i18n import translate
from minidemo.server.reference.docstrings import endpoint_docs
from minidemo.server.reference.literals import Snippet
from minidemo.server.reference.schema_words import schema_text
from minidemo.server.reference.snippets import snippets


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An input or output: name, JSON type, component, label and meaning."""

    name: str
    type: str
    component: str
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """An endpoint: name, description, inputs, outputs and code snippets."""

    name: str
    description: str
    inputs: list[Field]
    outputs: list[Field]
    snippets: list[Snippet]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentSettings:
    """The MCP URL, and settings with it for most agents."""

    url: str
    settings: str


def clients_of(title: str | None, url: str) -> AgentSettings:
    """Return the agent settings for the page at `url`."""
    name = re.sub(r"\W+", "_", title or "demo").strip("_").lower() or "demo"
    settings = {"mcpServers": {name: {"type": "http", "url": f"{url}mcp"}}}
    return AgentSettings(url=f"{url}mcp", settings=json.dumps(settings, indent=2, ensure_ascii=False))


def describe(endpoint: Endpoint, url: str) -> Description:
    """Return the description of an endpoint; `url` is the page's."""
    docs = endpoint_docs(endpoint)
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
    is_same = re.sub(r"\W+", "", label).casefold() == re.sub(r"\W+", "", name).casefold()
    return Field(
        name=name,
        type=schema_text(component.schema()),
        component=type(component).__name__,
        label="" if is_same else label,
        meaning=meaning or translate(component.info or ""),
    )
