"""Tools: what an agent is told of an endpoint, and by which names."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import visitor_parameters
from minidemo.errors import InputError, did_you_mean
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.reference.docstrings import told_of
from minidemo.server.reference.schema_words import words_of

MAX_TOOL, MAX_ARGUMENT = 128, 64
"""How long a name may be: of a tool by the protocol, and of an argument by those who make models."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """An input: its name for agents, its component, and whether it may be left out.

    It may be `free`, as the parameter is None without it, or `filled`, as a fresh page shows a value.
    """

    name: str
    component: Component
    told: str
    """What the docstring says of it."""
    free: bool
    filled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """An endpoint by its name for agents; `address` is that of the page."""

    name: str
    endpoint: Endpoint
    page: Page
    address: str

    def arguments(self) -> list[Argument]:
        """Return the inputs, also those that stay on the server, which nobody hands over."""
        endpoint, docs = self.endpoint, told_of(self.endpoint)
        names = plain_names(endpoint.input_names, MAX_ARGUMENT)
        free = [parameter.name for parameter in visitor_parameters(endpoint.fn) or () if parameter.default is None]
        triples = zip(names, endpoint.input_names, endpoint.inputs, strict=True)
        return [
            Argument(
                name=name,
                component=component,
                told=docs.parameters.get(original, ""),
                free=original in free,
                filled=callable(component.value) or self.page.initial(component) is not None,
            )
            for name, original, component in triples
        ]

    def described(self) -> dict[str, Any]:
        """Return what an agent is told."""
        docs = told_of(self.endpoint)
        returns = f"Returns: {docs.returns}" if docs.returns else ""
        parts = [docs.text, returns, self._results()]
        text = "\n\n".join(filter(None, parts))
        return {"name": self.name} | ({"description": text} if text else {}) | {"inputSchema": self._schema()}

    def _schema(self) -> dict[str, Any]:
        shown = [argument for argument in self.arguments() if not argument.component.stays]
        properties = {argument.name: self._property(argument) for argument in shown}
        needed = [argument.name for argument in shown if not argument.free and not argument.filled]
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | ({"required": needed} if needed else {})

    def _property(self, argument: Argument) -> dict[str, Any]:
        component = argument.component
        schema: dict[str, Any] = with_texts(component.schema(), self._file())
        label = translate(component.label or "")
        if label and plain_name(label).casefold() != argument.name.casefold():
            schema = {"title": label} | schema
        words = [argument.told or translate(component.info or ""), schema.get("description", "")]
        if any(words):
            schema["description"] = " ".join(filter(None, words))
        if argument.filled and not callable(component.value) and not component.takes_files:
            schema["default"] = self.page.initial(component)
        return schema

    def _file(self) -> dict[str, Any]:
        words = f"A file: a data: URI, or the path that POST {self.address}upload answers."
        return {"type": "string", "description": words}

    def _results(self) -> str:
        """Return what each of several results is."""
        pairs = zip(self.endpoint.outputs, self.endpoint.output_names, strict=True)
        shown = [(translate(output.label or name), output) for output, name in pairs if not output.stays]
        listed = "; ".join(f"{label} ({words_of(output.schema())})" for label, output in shown)
        return f"Results, in this order: {listed}" if len(shown) > 1 else ""


def tools_of(page: Page, address: str) -> list[Tool]:
    """Return the tools of a page: its public endpoints."""
    public = [endpoint for endpoint in page.endpoints.values() if endpoint.visibility == "public"]
    names = plain_names([endpoint.name for endpoint in public], MAX_TOOL)
    pairs = zip(names, public, strict=True)
    return [Tool(name=name, endpoint=endpoint, page=page, address=address) for name, endpoint in pairs]


def tool_of(page: Page, address: str, name: str) -> Tool:
    """Return a tool by its name, or raise `InputError`."""
    tools = {tool.name: tool for tool in tools_of(page, address)}
    if name not in tools:
        raise InputError(f"There is no tool {name!r:.60}. {did_you_mean(name, tools) if tools else 'There are none.'}")
    return tools[name]


def plain_names(names: Iterable[str], longest: int) -> list[str]:
    """Return for each name one of letters, digits and _ that is no other's."""
    found: list[str] = []
    for name in names:
        plain = plain_name(name)[:longest]
        numbered = (f"{plain[: longest - 4]}_{i}" for i in count(2))
        found.append(plain if plain not in found else next(each for each in numbered if each not in found))
    return found


def plain_name(name: str) -> str:
    """Return the nearest name in letters, digits and _."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", bare) if re.search("[A-Za-z0-9]", bare) else "unnamed"


def with_texts(schema: Any, text: dict[str, Any]) -> Any:
    """Put texts in the place of the objects that name files."""
    if isinstance(schema, list):
        return [with_texts(part, text) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("title") == "FileData":
        return dict(text)
    return {name: with_texts(part, text) for name, part in schema.items()}
