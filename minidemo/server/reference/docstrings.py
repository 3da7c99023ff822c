"""Docstrings in Google, NumPy, Sphinx or Epydoc style, for the pages and tools that describe an endpoint."""

from dataclasses import dataclass, field, replace
from inspect import getdoc

from docstring_parser import DocstringStyle, ParseError, parse
from docstring_parser.common import DocstringReturns

from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import target_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Docs:
    """The parts of a docstring."""

    text: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    returns: str = ""


def told_of(endpoint: Endpoint) -> Docs:
    """Return the documentation of an endpoint, as programs get it.

    A description that is not the function's docstring stays as it is: a remote app may have written it, and the parser
    takes cubic time.
    """
    if not endpoint.description:
        return Docs()
    docstring = getdoc(target_of(endpoint.fn)) or ""
    docs = docs_of(docstring)
    return docs if endpoint.description == docstring else replace(docs, text=endpoint.description)


def docs_of(docstring: str) -> Docs:
    """Return the parts of a docstring; one that cannot be parsed is all text."""
    try:
        parsed = parse(f"\n{docstring}")  # the first line would lose its place among the others
    except (ParseError, IndexError):  # Sphinx's style expects a name between colons
        return Docs(text=docstring)
    return Docs(
        text=(parsed.description or "").strip(),
        parameters={
            name.strip(" *"): _line(each.description)
            for each in parsed.params
            if each.args[0] != "attribute"
            for name in each.arg_name.split(",")
        },
        returns=" ".join(_returns(each, parsed.style) for each in parsed.many_returns),
    )


def _returns(returns: DocstringReturns, style: DocstringStyle | None) -> str:
    """Return the words about a result, behind its type unless Sphinx's style gives that a line of its own."""
    text, kind = _line(returns.description), returns.type_name
    if not kind or style not in (DocstringStyle.GOOGLE, DocstringStyle.NUMPYDOC):
        return text
    return f"{kind}: {text}" if style == DocstringStyle.GOOGLE else f"{kind} {text}"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
