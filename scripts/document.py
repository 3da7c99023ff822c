"""Write a page about each component from its docstrings: scripts/document."""

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import minidemo
from minidemo import Component
from minidemo.components import COMPONENT_MODULES
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

        portraits.take([kind for kind in components() if kind.seen])
        portraits.take_themes()


def components() -> list[type[Component]]:
    """Return the components that minidemo offers, by name."""
    return [getattr(minidemo, name) for name in sorted(COMPONENT_MODULES)]


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    return {"README.md": index()} | {f"{kind.name()}.md": page(kind) for kind in components()}


def index() -> str:
    """Return the page that lists all components."""
    rows = [
        f"| [{kind.__name__}]({kind.name()}.md) | {shortcuts(kind)} | {first_line(kind)} |" for kind in components()
    ]
    return "\n".join(
        [
            "# Components",
            "",
            "Each has one or several names for `Interface(fn, inputs, outputs)`. Its page lists its arguments; these",
            "are common to all:",
            "",
            *table(arguments(ComponentOptions)),
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
            description(kind),
            "",
            f"In `Interface(fn, inputs, outputs)` it is called {shortcuts(kind)}, or `{name}(…)` with arguments:",
            "",
            "```python",
            signature(kind),
            "```",
            "",
            *table(arguments(kind)),
            "| conversion | behaviour |",
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


def description(kind: type) -> str:
    """Return the docstring without its arguments."""
    return (inspect.getdoc(kind) or "").partition("\n\nArgs:\n")[0]


def arguments(kind: type) -> dict[str, str]:
    """Return the meaning of each argument in the docstring's `Args:` section."""
    section = inspect.cleandoc((inspect.getdoc(kind) or "").partition("\n\nArgs:\n")[2])
    entries = (" ".join(entry.split()).partition(": ") for entry in re.split(r"\n(?=\S)", section) if entry)
    return {name: meaning for name, _, meaning in entries}


def table(meanings: Mapping[str, str]) -> list[str]:
    """Return the lines of a table of arguments, none for no arguments."""
    rows = [f"| `{name}` | {meaning} |" for name, meaning in meanings.items()]
    return ["| argument | |", "| --- | --- |", *rows, ""] if rows else []


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
