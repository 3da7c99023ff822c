"""The words for a JSON schema: what a value is, for a person."""

import json
from typing import Any


def words_of(schema: dict[str, Any]) -> str:
    """Return what a schema says of a value, in a few words."""
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(words_of, schema["anyOf"])))
    if schema.get("title") == "FileData":
        return "file"
    if schema.get("type") == "array":
        return f"list of {words_of(schema['items'])}" if "items" in schema else "list"
    if schema.get("type") == "object" and schema.get("properties"):
        return "{" + ", ".join(f"{name}: {words_of(part)}" for name, part in schema["properties"].items()) + "}"
    kinds = schema.get("type", schema.get("description", "anything"))
    return " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
