"""Endpoints as tools, with names and schemas for agents."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.mcp import tool_description
from minidemo.endpoints.signature import visitor_parameters
from minidemo.errors import InputError, did_you_mean
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.reference.docstrings import endpoint_docs
from minidemo.server.reference.schema_words import schema_text

MAX_TOOL, MAX_ARGUMENT = 128, 64
"""Characters of a name, as the protocol and model providers limit them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """An input of a tool.

    Args:
        name: Name for agents.
        component: The input's component.
        description: Description in the function's docstring.
        is_optional: True if the function's own default is None, and it may get that.
        has_default: True if a fresh page has a value.
    """

    name: str
    component: Component
    description: str
    is_optional: bool
    has_default: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """An endpoint under its name for agents; `address` is the page's URL."""

    name: str
    endpoint: Endpoint
    page: Page
    address: str

    def arguments(self) -> list[Argument]:
        """Return all inputs, including state, which agents do not send."""
        endpoint, docs = self.endpoint, endpoint_docs(self.endpoint)
        names = plain_names(endpoint.input_names, MAX_ARGUMENT)
        parameters = visitor_parameters(endpoint.fn) or ()
        optional = {p.name for p in parameters if p.default is None} - endpoint.required
        triples = zip(names, endpoint.input_names, endpoint.inputs, strict=True)
        return [
            Argument(
                name=name,
                component=component,
                description=docs.parameters.get(original, ""),
                is_optional=original in optional,
                has_default=callable(component.value) or self.page.initial(component) is not None,
            )
            for name, original, component in triples
        ]

    def definition(self) -> dict[str, Any]:
        """Return the tool's entry in the list of tools."""
        docs = endpoint_docs(self.endpoint)
        returns = f"Returns: {docs.returns}" if docs.returns else ""
        parts = [tool_description(self.endpoint.fn).description or docs.text, returns, self._results()]
        text = "\n\n".join(filter(None, parts))
        return {"name": self.name} | ({"description": text} if text else {}) | {"inputSchema": self._schema()}

    def _schema(self) -> dict[str, Any]:
        visible = [argument for argument in self.arguments() if not argument.component.stays]
        properties = {argument.name: self._property(argument) for argument in visible}
        required = [argument.name for argument in visible if not argument.is_optional and not argument.has_default]
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | ({"required": required} if required else {})

    def _property(self, argument: Argument) -> dict[str, Any]:
        component = argument.component
        schema: dict[str, Any] = files_as_text(component.schema(), self._file())
        label = translate(component.label or "")
        if label and plain_name(label).casefold() != argument.name.casefold():
            schema = {"title": label} | schema
        words = [argument.description or translate(component.info or ""), schema.get("description", "")]
        if any(words):
            schema["description"] = " ".join(filter(None, words))
        if argument.has_default and not callable(component.value) and not component.takes_files:
            schema["default"] = self.page.initial(component)
        return schema

    def _file(self) -> dict[str, Any]:
        words = f"A file: a data: URI, or the path that POST {self.address}upload answers."
        return {"type": "string", "description": words}

    def _results(self) -> str:
        """Return a list of the results, or nothing for a single one."""
        pairs = zip(self.endpoint.outputs, self.endpoint.output_names, strict=True)
        visible = [(translate(output.label or name), output) for output, name in pairs if not output.stays]
        results = "; ".join(f"{label} ({schema_text(output.schema())})" for label, output in visible)
        return f"Results, in this order: {results}" if len(visible) > 1 else ""


def tools_of(page: Page, address: str) -> list[Tool]:
    """Return the public endpoints of a page as tools."""
    public = [endpoint for endpoint in page.endpoints.values() if endpoint.visibility == "public"]
    names = plain_names([tool_description(endpoint.fn).name or endpoint.name for endpoint in public], MAX_TOOL)
    pairs = zip(names, public, strict=True)
    return [Tool(name=name, endpoint=endpoint, page=page, address=address) for name, endpoint in pairs]


def tool_of(page: Page, address: str, name: str) -> Tool:
    """Return a tool by its name, or raise `InputError`."""
    tools = {tool.name: tool for tool in tools_of(page, address)}
    if name not in tools:
        raise InputError(f"There is no tool {name!r:.60}. {did_you_mean(name, tools) if tools else 'There are none.'}")
    return tools[name]


def plain_names(names: Iterable[str], max_length: int) -> list[str]:
    """Return unique names of letters, digits and underscores."""
    unique_names: list[str] = []
    for name in names:
        plain = plain_name(name)[:max_length]
        numbered = (f"{plain[: max_length - 4]}_{i}" for i in count(2))
        unique_names.append(
            plain if plain not in unique_names else next(each for each in numbered if each not in unique_names)
        )
    return unique_names


def plain_name(name: str) -> str:
    """Return the closest name of letters, digits and underscores."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", bare) if re.search("[A-Za-z0-9]", bare) else "unnamed"


def files_as_text(schema: Any, text: dict[str, Any]) -> Any:
    """Replace the schemas of files by one of text."""
    if isinstance(schema, list):
        return [files_as_text(part, text) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("title") == "FileData":
        return dict(text)
    return {name: files_as_text(part, text) for name, part in schema.items()}
