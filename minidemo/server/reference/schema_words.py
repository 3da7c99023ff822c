"""Describes JSON schemas for people."""

import json
from typing import Any


def schema_text(schema: dict[str, Any]) -> str:
    """Return a short description of a schema."""
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(schema_text, schema["anyOf"])))
    if schema.get("title") == "FileData":
        return "file"
    if schema.get("type") == "array":
        return f"list of {schema_text(schema['items'])}" if "items" in schema else "list"
    if schema.get("type") == "object" and schema.get("properties"):
        return "{" + ", ".join(f"{name}: {schema_text(part)}" for name, part in schema["properties"].items()) + "}"
    kinds = schema.get("type", schema.get("description", "anything"))
    return " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
