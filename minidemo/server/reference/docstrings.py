"""Docstrings: what a function says of itself, of its parameters and of its results, as Google, NumPy or Sphinx do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from inspect import getdoc
from itertools import pairwise
from textwrap import dedent
from typing import NamedTuple

from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import target_of

_PARAMETERS = {"args", "arguments", "parameters", "params", "keyword args", "other parameters"}
_RETURNS = {"returns", "return", "yields"}
_OTHERS = {"raises", "example", "examples", "note", "notes", "see also", "references", "attributes", "warnings"}
_FIELD = re.compile(
    r"^:(param|parameter|arg|argument|type|returns?|rtype|raises?)\b([^:\n]*):[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?",
    re.MULTILINE,
)
_ENTRY = re.compile(r"(?P<names>[*\w]+)\s*(?:\([^)]*\))?\s*:\s*(?P<text>.*)")
_RULED = re.compile(r"(?P<names>[*\w]+(?:, *[*\w]+)*)\s*(?::.*)?(?P<text>)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Docs:
    """A docstring in its parts."""

    text: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    returns: str = ""


class _Section(NamedTuple):
    """A part with its title; that of one which is ruled is underlined, as NumPy has it."""

    title: str
    ruled: bool
    lines: list[str]


def told_of(endpoint: Endpoint) -> Docs:
    """Return what programs are told of an endpoint: the author's words for it, and what its docstring adds."""
    if not endpoint.description:
        return Docs()
    return replace(docs_of(getdoc(target_of(endpoint.fn)) or ""), text=docs_of(endpoint.description).text)


def docs_of(docstring: str) -> Docs:
    """Return the parts of a docstring; what stands in no section is its text."""
    texts, parameters, returns = list[str](), dict[str, str](), list[str]()
    for kind, name, text in _FIELD.findall(docstring):
        if kind.startswith("return"):
            returns.append(_joined(text))
        elif kind.startswith(("param", "arg")):
            parameters[name.rpartition(" ")[2]] = _joined(text)
    for section in _sections(_FIELD.sub("", docstring).splitlines()):
        if section.title in _PARAMETERS:
            parameters |= _entries(section)
        elif section.title in _RETURNS:
            returns.append(_joined("\n".join(section.lines)))
        elif not section.title:
            texts.append("\n".join(section.lines).strip())
    return Docs(text="\n\n".join(filter(None, texts)), parameters=parameters, returns=" ".join(returns))


def _sections(lines: list[str]) -> Iterator[_Section]:
    section = _Section("", False, [])
    for line, below in pairwise([*lines, ""]):
        head = line.rstrip().removesuffix(":").lower()
        ruled = _is_rule(below)
        if head in _PARAMETERS | _RETURNS | _OTHERS and (ruled or line.rstrip().endswith(":")):
            yield section
            section = _Section(head, ruled, [])
        elif section.title and not section.ruled and line[:1].strip():
            yield section  # a section of Google's ends with its indentation
            section = _Section("", False, [line])
        elif not _is_rule(line):
            section.lines.append(line)
    yield section


def _entries(section: _Section) -> dict[str, str]:
    """Return what is said of each parameter."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in dedent("\n".join(section.lines)).splitlines():
        entry = (_RULED if section.ruled else _ENTRY).match(line)
        if entry:
            names = [name.strip(" *") for name in entry["names"].split(",")]
            found |= dict.fromkeys(names, entry["text"])
        elif line[:1].isspace():
            found |= {name: f"{found[name]} {line.strip()}".strip() for name in names}
    return found


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\s*-{3,}\s*", line))


def _joined(text: str) -> str:
    return " ".join(text.split())
