"""The rules for tests: each takes the source of a test module, and yields what breaks the rule."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias, TypeVar

Node = TypeVar("Node", bound=ast.stmt | ast.expr)
Rule: TypeAlias = Callable[[ast.Module], Iterator[str]]
PUBLIC = {"_exit", "_replace"}
"""Public names that begin with an underscore: of `os`, and of named tuples."""
CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}


def private_imports(tree: ast.Module) -> Iterator[str]:
    """Tests import public names of minidemo."""
    for line, name in imported(tree):
        parts = name.split(".")
        if parts[0] == "minidemo" and any(map(is_private, parts)):
            yield f"{line}: {name} is private. Test what is public, or give it a public name."


def private_attributes(tree: ast.Module) -> Iterator[str]:
    """Tests use no private attribute of anything but themselves."""
    for node in nodes(tree, ast.Attribute):
        if is_private(node.attr) and node.attr not in PUBLIC and not is_own(node):
            yield f"{node.lineno}: .{node.attr} is private. Test what is public."


def patches(tree: ast.Module) -> Iterator[str]:
    """Nothing of minidemo is patched."""
    ours = {name.rpartition(".")[2] for _, name in imported(tree) if name.startswith("minidemo.")}
    for node in nodes(tree, ast.Call):
        if last(node.func) in ("setattr", "delattr", "patch") and node.args:
            place, *more = node.args
            text = place.value if isinstance(place, ast.Constant) else ""
            names = [each.value for each in more if isinstance(each, ast.Constant)]
            private = any(isinstance(name, str) and is_private(name) for name in names)
            if str(text).startswith("minidemo") or first(place) in ours or private:
                yield f"{node.lineno}: {ast.unparse(place)} is patched. Hand in what is to differ, as an argument."


def clocks(tree: ast.Module) -> Iterator[str]:
    """No test asserts how long something takes."""
    if not any(map(asks_clock, nodes(tree, ast.Call))):
        return
    differences = [node for node in nodes(tree, ast.BinOp) if isinstance(node.op, ast.Sub)]
    places: list[ast.stmt | ast.expr] = [*nodes(tree, ast.Assert), *differences]
    for node in places:
        if any(map(asks_clock, ast.walk(node))):
            yield f"{node.lineno}: a duration, which depends on the machine. Measure it in benchmarks/."


RULES: tuple[Rule, ...] = (private_imports, private_attributes, patches, clocks)


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the whole name of each import."""
    for plain in nodes(tree, ast.Import):
        yield from ((plain.lineno, alias.name) for alias in plain.names)
    for node in nodes(tree, ast.ImportFrom):
        yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def nodes(tree: ast.Module, kind: type[Node]) -> list[Node]:
    """Return all nodes of a kind."""
    return sorted_by_kind(tree)[kind]  # type: ignore[return-value]


@cache
def sorted_by_kind(tree: ast.Module) -> dict[type[ast.AST], list[ast.AST]]:
    """Return all nodes of a tree by their kinds, as several rules ask for them."""
    found = defaultdict[type[ast.AST], list[ast.AST]](list)
    for node in ast.walk(tree):
        found[type(node)].append(node)
    return found


def is_private(name: str) -> bool:
    """Tell whether a name is private."""
    return name.startswith("_") and not name.endswith("_")


def is_own(node: ast.Attribute) -> bool:
    """Tell whether an attribute is one of the class around it."""
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def asks_clock(node: ast.AST) -> bool:
    """Tell whether a node asks a clock that measures durations."""
    return isinstance(node, ast.Call) and last(node.func) in CLOCKS


def last(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def first(node: ast.expr) -> str:
    """Return the first part of a dotted name."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return last(node)
