"""The rules of the house: each takes a checkout, and yields what breaks the rule in its `minidemo`."""

import ast
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeAlias

from tests.sources import (
    Function,
    Module,
    assigned,
    classes,
    for_types_only,
    imports,
    inside,
    last,
    modules,
    public_definitions,
    public_names,
    top,
)

FLOORS = {
    "__main__": 12,
    "cli": 11,
    "__init__": 10,
    "interfaces": 9,
    "server": 8,
    "examples": 7,
    "remote": 7,
    "engine": 6,
    "page": 6,
    "building": 5,
    "stores": 5,
    "endpoints": 4,
    "context": 3,
    "media": 3,
    "components": 2,
    "flagging": 2,
    "auth": 1,
    "themes": 1,
    "utils": 1,
    "content": 0,
    "errors": 0,
    "i18n": 0,
    "layout": 0,
    "schemas": 0,
}
"""The rooms of the package by floor; imports go down."""
ROOT_FILES = {"__init__", "__main__", "errors", "media"}
"""The files beside the rooms."""
SHARED_FLOORS = {0, 1}
"""Floors of helpers, whose rooms may use each other."""
WEB = {"fastapi", "starlette", "uvicorn"}
OPTIONAL = {
    *(
        "altair",
        "bokeh",
        "httpx2",
        "markdown_it",
        "matplotlib",
        "numpy",
        "pandas",
        "plotly",
        "polars",
        "soundfile",
        "tqdm",
        "vl_convert",
    ),
}
HIDDEN = {
    "minidemo.server.app": 236,
    "minidemo.interfaces.launch": 278,
    "minidemo.engine.direct": 78,
    "minidemo.examples.parse": 26,
    "minidemo.components._pictures": 9,
    "minidemo.server.mcp.router": 7,
    "minidemo.server.gradio_api.descriptions": 200,
    "asyncio": 20,
}
"""The modules that a function may import, with the milliseconds that a start without them saves; at least five."""
MAX_HIDDEN = 10
MAX_FILE, MAX_FUNCTION = 300, 40

Rule: TypeAlias = Callable[[Path], Iterator[str]]


def loose(root: Path) -> Iterator[str]:
    """Files lie in rooms."""
    for module in modules(root):
        if module.path.parent == Path("minidemo") and module.path.stem not in ROOT_FILES:
            yield f"{module.at()}: a loose file. Move it into a room; docs/architecture.md lists them."


def unmapped(root: Path) -> Iterator[str]:
    """Every room has a floor."""
    for module in modules(root):
        if module.top not in FLOORS:
            yield f"{module.at()}: {module.top} is on no floor. Add it to FLOORS in tests/architecture.py."


def upward(root: Path) -> Iterator[str]:
    """Imports go down."""
    for link in inside(root):
        here, there = FLOORS.get(link.module.top), FLOORS.get(top(link.target))
        if here is not None and there is not None and there > here:
            yield f"{link}: that is upward, from floor {here} to floor {there}."


def siblings(root: Path) -> Iterator[str]:
    """Rooms on one floor do not know each other."""
    for link in inside(root):
        here, there = link.module.top, top(link.target)
        floor = FLOORS.get(here, here)
        if here != there and floor == FLOORS.get(there, there) and floor not in SHARED_FLOORS:
            yield f"{link}: {here} and {there} are on floor {floor}, and must not know each other."


def room_circles(root: Path) -> Iterator[str]:
    """No room imports itself by a detour."""
    graph: dict[str, set[str]] = {}
    for link in inside(root):
        if link.module.top != top(link.target):
            graph.setdefault(link.module.top, set()).add(top(link.target))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"A circle of rooms: {' <- '.join(error.args[1])}. Move what both need to a lower floor."


def circles(root: Path) -> Iterator[str]:
    """No module imports itself by a detour."""
    graph: dict[str, set[str]] = {}
    for link in inside(root):
        graph.setdefault(link.module.name, set()).add(link.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"A circle of imports: {' <- '.join(error.args[1])}. Hand the collaborator in from above."


def relative(root: Path) -> Iterator[str]:
    """Imports are absolute."""
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{module.at(node)}: a relative import. Write the whole name."


def hidden(root: Path) -> Iterator[str]:
    """Imports stand at the top, except those of what only some demos use."""
    for link in imports(root):
        if link.hidden and link.package not in OPTIONAL and link.target not in HIDDEN:
            yield f"{link} inside a function. Move it to the top of the file."


def many(root: Path) -> Iterator[str]:
    """Few imports of the package by itself are hidden."""
    found = {id(link.node): str(link) for link in inside(root) if link.hidden}
    if len(found) > MAX_HIDDEN:
        yield f"{len(found)} imports stand inside functions; at most {MAX_HIDDEN} may: {', '.join(found.values())}."


def eager(root: Path) -> Iterator[str]:
    """Packages that only some demos use are imported where they are used."""
    for link in imports(root):
        if not link.hidden and link.package in OPTIONAL and not for_types_only(link):
            yield f"{link} at the top. Import it in the function that needs it: it is optional."


def web(root: Path) -> Iterator[str]:
    """Only the server knows the web framework."""
    for link in imports(root):
        if link.package in WEB and link.module.top != "server":
            yield f"{link}: only minidemo/server may."


def components(root: Path) -> Iterator[str]:
    """A component is one name in its rooms."""
    for module in modules(root):
        if module.top != "components" or module.name.rpartition(".")[2].startswith("_"):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and is_component(root, node):
                yield from rooms(root, module, node)


def exports(root: Path) -> Iterator[str]:
    """`__all__` is sorted, and exactly the public names."""
    for module in modules(root):
        listed = assigned(module.tree, "__all__")
        if listed is None:
            if module.name == "minidemo":
                yield f"{module.at()}: there is no __all__."
            continue
        names = list(ast.literal_eval(listed))
        if names != sorted(names, key=as_ruff_sorts):
            yield f"{module.at(listed)}: __all__ is not sorted. Run ruff check --select RUF022 --fix."
        for name in sorted(set(names) ^ set(public_names(module))):
            fault = "is listed, but not there" if name in names else "is public, but not listed"
            yield f"{module.at(listed)}: {name} {fault}."


def docstrings(root: Path) -> Iterator[str]:
    """Everything public begins with one plain sentence."""
    for module in modules(root):
        for node in public_definitions(module.tree):
            lines = (ast.get_docstring(node) or "").splitlines()
            if not lines or not lines[0].endswith("."):
                yield f"{module.at(node)}: the docstring of {node.name} needs a first line that ends with a full stop."


def lengths(root: Path) -> Iterator[str]:
    """Files and functions are short."""
    for module in modules(root):
        if (length := len(module.source.splitlines())) > MAX_FILE:
            yield f"{module.at()}: {length} lines; a file has at most {MAX_FILE}."
        for node in ast.walk(module.tree):
            if isinstance(node, Function) and (length := length_of(node)) > MAX_FUNCTION:
                yield f"{module.at(node)}: {node.name} has {length} lines; a function has at most {MAX_FUNCTION}."


def asserts(root: Path) -> Iterator[str]:
    """The package raises errors that say what to do."""
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assert):
                yield f"{module.at(node)}: an assert. Raise an error that says what to do."


RULES: tuple[Rule, ...] = (
    loose, unmapped, upward, siblings, circles, room_circles, relative, hidden, many, eager,
    web, components, exports, docstrings, lengths, asserts,
)  # fmt: skip


def is_component(root: Path, node: ast.ClassDef) -> bool:
    """Tell whether a class of `components` comes from `Component`, directly or not."""
    trees = [module.tree for module in modules(root) if module.top == "components"]
    bases = {cls.name: [last(base) for base in cls.bases] for tree in trees for cls in classes(tree)}
    names = [node.name]
    for name in names:
        names += [base for base in bases.get(name, []) if base not in names]
    return "Component" in names[1:]


def rooms(root: Path, module: Module, node: ast.ClassDef) -> Iterator[str]:
    """Yield which rooms of a component are missing."""
    name = node.name.lower()
    if module.path.stem.replace("_", "") != name:
        yield f"{module.at(node)}: {node.name} should be in {name}.py: one component per file."
    if not (root / "templates" / "components" / f"{name}.html").is_file():
        yield f"{module.at(node)}: {node.name} has no templates/components/{name}.html."
    if widget := assigned(node, "widget"):
        script = f"minidemo/static/widgets/{ast.literal_eval(widget)}.js"
        if not (root / script).is_file():
            yield f"{module.at(widget)}: {node.name} has no {script}."


def as_ruff_sorts(name: str) -> tuple[int, str]:
    """Return the key by which ruff sorts `__all__`: constants, then classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def length_of(node: Function) -> int:
    """Return how many lines a function has; where there is much to say, those below its parameters and docstring."""
    first = node.lineno
    if node.name in ("__init__", "create_app", "launch", "mount_app"):
        first = node.body[min(len(node.body) - 1, ast.get_docstring(node) is not None)].lineno
    return (node.end_lineno or first) - first + 1
