"""Write a page about each component: scripts/document. What it says comes from the component itself."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import minidemo
from minidemo import Component
from minidemo.components.base import ComponentOptions
from minidemo.stores.files import FileStore

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER = DOCS / "components"
PARTS = {
    "preprocess": "from the visitor to the function",
    "postprocess": "from the function to the page",
    "flag": "into a flag",
    "read_from_flag": "out of a flag",
}


def main() -> None:
    """Write all pages, and with `--pictures` take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    if "--pictures" in sys.argv:
        from scripts import portraits  # noqa: PLC0415  # needs a browser, which the pages alone do not

        portraits.take(components())
        portraits.take_themes()


def components() -> list[type[Component]]:
    """Return the components that minidemo offers, by name."""
    found = [getattr(minidemo, name) for name in minidemo.__all__]
    kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, Component) and kind is not Component]
    return sorted(kinds, key=lambda kind: kind.__name__)


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    return {"README.md": index()} | {f"{kind.name()}.md": page(kind) for kind in components()}


def index() -> str:
    """Return the page that lists all components."""
    rows = [
        f"| [{kind.__name__}]({kind.name()}.md) | {shortcuts(kind)} | {first_line(kind)} |" for kind in components()
    ]
    common = ", ".join(f"`{name}`" for name in ComponentOptions.__annotations__)
    return "\n".join(
        [
            "# Components",
            "",
            "Each has a name or several that stand for it in `Interface(fn, inputs, outputs)`. All of them take",
            f"{common}; what else each takes is on its page.",
            "",
            "| component | names | |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def page(kind: type[Component]) -> str:
    """Return the page about one component."""
    name = kind.__name__
    return "\n".join(
        [
            f"# {name}",
            "",
            *([f"![{name} on a page](../images/components/{kind.name()}.png)", ""] if kind.seen else []),
            inspect.getdoc(kind) or "",
            "",
            f"In `Interface(fn, inputs, outputs)` it is called {shortcuts(kind)}, or `{name}(…)` with arguments:",
            "",
            "```python",
            signature(kind),
            "```",
            "",
            "| a value on its way | what happens to it |",
            "| --- | --- |",
            *(row for method, words in PARTS.items() for row in part(kind, method, words)),
            "",
            *wire(kind()),
        ]
    )


def part(kind: type[Component], method: str, words: str) -> Iterator[str]:
    """Yield what the docstring of a method says, unless it is that of all components."""
    if getattr(kind, method) is not getattr(Component, method):
        yield f"| {words} | {' '.join((inspect.getdoc(getattr(kind, method)) or '').split())} |"


def wire(component: Component) -> Iterator[str]:
    """Yield how the value looks in the API."""
    example = FileStore().publish(component.example(), None)
    text = json.dumps(example, ensure_ascii=False)
    text = re.sub(r'(?<=["/])[\w-]{22}/', "…/", text)  # the ids of files are others each time
    yield from ("On the wire, for example:", "", "```json", text, "```", "")


def shortcuts(kind: type[Component]) -> str:
    """Return the names of a component in code."""
    return ", ".join(f'`"{name}"`' for name in (kind.name(), *vars(kind).get("shortcuts", {})))


def first_line(kind: type[Component]) -> str:
    """Return the first sentence of the docstring."""
    return (inspect.getdoc(kind) or "").split("\n")[0]


def signature(kind: type[Component]) -> str:
    """Return the arguments of a component with their defaults, one a line."""
    parameters = [
        parameter
        for parameter in list(inspect.signature(kind.__init__).parameters.values())[1:]
        if parameter.kind is not parameter.VAR_KEYWORD
    ]
    lines = [f"    {parameter.name}={default(parameter)}," for parameter in parameters]
    return "\n".join([f"{kind.__name__}(", *lines, ")"])


def default(parameter: inspect.Parameter) -> str:
    """Return the default of an argument, as one would write it."""
    plain = isinstance(parameter.default, str | int | float | bool | tuple | list | dict | None)
    return repr(parameter.default).replace("'", '"') if plain else "…"  # as ruff has them


if __name__ == "__main__":
    main()
