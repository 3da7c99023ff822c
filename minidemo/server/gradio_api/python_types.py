"""Python types of JSON schemas, as clients show them."""

from typing import Any

_KINDS = {
    "string": "str",
    "number": "float",
    "integer": "int",
    "boolean": "bool",
    "null": "None",
    "array": "list",
    "object": "dict",
}
ANYTHING = "str | float | bool | list | dict"


def python_type(schema: dict[str, Any]) -> str:
    """Return the Python type of a schema."""
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(map(repr, values))}]"
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(python_type, schema["anyOf"])))
    if schema.get("title") == "FileData":
        return "filepath"
    if schema.get("type") == "array" and "items" in schema:
        return f"list[{python_type(schema['items'])}]"
    if schema.get("type") == "object" and schema.get("properties"):
        return f"dict({', '.join(f'{name}: {python_type(part)}' for name, part in schema['properties'].items())})"
    kinds = schema.get("type") or ANYTHING
    return " | ".join(_KINDS.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))
