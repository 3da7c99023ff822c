"""JSON schemas of values on the wire, as the API describes them."""

from collections.abc import Sequence
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

FILE: Schema = {
    "type": "object",
    "title": "FileData",
    "properties": {
        "path": {"type": "string"},
        "url": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "orig_name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "mime_type": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "is_stream": {"type": "boolean", "default": False},
        "meta": {"type": "object", "default": {"_type": "gradio.FileData"}},
    },
    "required": ["path"],
}
"""A file, as `POST /upload` returns it.

Clients recognise it by the default of `meta`.
"""


def one_of(values: Sequence[str | int | float | bool]) -> Schema:
    """Return the schema of an enumeration, with their common type."""
    kinds = {_KINDS[type(value)] for value in values}
    return {"enum": list(values)} | ({"type": kinds.pop()} if len(kinds) == 1 else {})


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def number(minimum: float | None, maximum: float | None, precision: int | None) -> Schema:
    """Return the schema of a number between bounds, where there are any."""
    bounds = {"minimum": minimum, "maximum": maximum}
    return {"type": "integer" if precision == 0 else "number"} | {
        name: bound for name, bound in bounds.items() if bound is not None
    }


_KINDS = {str: "string", bool: "boolean", int: "number", float: "number"}
