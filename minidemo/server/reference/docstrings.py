"""Parses docstrings in Google, NumPy, Sphinx or Epydoc style."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from inspect import getdoc

from docstring_parser import DocstringStyle, ParseError, parse
from docstring_parser.common import DocstringReturns

from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import target_of

_HEADINGS = ("Args:", "Arguments:", "Parameters:", "Params:", "Returns:", "Yields:", "Raises:")


@dataclass(frozen=True, kw_only=True, slots=True)
class DocstringParts:
    """The parts of a docstring."""

    text: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    returns: str = ""


def endpoint_docs(endpoint: Endpoint) -> DocstringParts:
    """Return the documentation of an endpoint.

    Only the function's docstring is parsed: other descriptions can come from a remote app, and the parser takes cubic
    time.
    """
    if not endpoint.description:
        return DocstringParts()
    docstring = getdoc(target_of(endpoint.fn)) or ""
    docs = parse_docstring(docstring)
    return docs if endpoint.description == docstring else replace(docs, text=endpoint.description)


def parse_docstring(docstring: str) -> DocstringParts:
    """Return the parts of a docstring, or all of it as text."""
    try:
        text = "\n".join(_indented(docstring))
        parsed = parse(f"\n{text}")  # the first line would lose its place among the others
    except (ParseError, IndexError):  # Sphinx's style expects a name between colons
        return DocstringParts(text=docstring)
    return DocstringParts(
        text=(parsed.description or "").strip(),
        parameters={
            name.strip(" *-"): _one_line(each.description)
            for each in parsed.params
            if each.args[0] != "attribute"
            for name in each.arg_name.split(",")
        },
        returns=" ".join(_returns(each, parsed.style) for each in parsed.many_returns),
    )


def _indented(docstring: str) -> Iterator[str]:
    """Yield the lines, and indent those right below a heading that are not."""
    heading, flat = False, False
    for line in docstring.splitlines():
        flat = bool(line.strip()) and line not in _HEADINGS and (flat or (heading and not line.startswith(" ")))
        heading = line in _HEADINGS
        yield f"    {line}" if flat else line


def _returns(returns: DocstringReturns, style: DocstringStyle | None) -> str:
    """Return the description of a result, after its type in most styles."""
    text, kind = _one_line(returns.description), returns.type_name
    if not kind or style not in (DocstringStyle.GOOGLE, DocstringStyle.NUMPYDOC):
        return text
    return f"{kind}: {text}" if style == DocstringStyle.GOOGLE else f"{kind} {text}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
