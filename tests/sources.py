"""The package as its source says it: modules, imports and public names, read without running anything."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeGuard

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = Function | ast.ClassDef


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """One file of the package, read."""

    name: str
    path: Path
    source: str
    tree: ast.Module

    @property
    def top(self) -> str:
        """The name that the map of floors has for it."""
        return top(self.name)

    def at(self, node: ast.stmt | ast.expr | None = None) -> str:
        """Return where a complaint points to."""
        return f"{self.path}:{node.lineno if node else 1}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """One name that a module imports."""

    module: Module
    target: str
    node: ast.Import | ast.ImportFrom
    hidden: bool

    @property
    def package(self) -> str:
        """The package that the name comes from."""
        return self.target.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.module.at(self.node)}: {self.module.name} imports {self.target}"


@cache
def modules(root: Path) -> list[Module]:
    """Read every file of the package."""
    return [read(root, path) for path in sorted((root / "minidemo").rglob("*.py"))]


def read(root: Path, path: Path) -> Module:
    """Read one file."""
    source = path.read_text("utf-8")
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name=name, path=path.relative_to(root), source=source, tree=ast.parse(source))


def top(name: str) -> str:
    """Return the first part of a module's name below `minidemo`."""
    return [*name.split("."), "__init__"][1]


@cache
def imports(root: Path) -> list[Import]:
    """Find every import of the package; of a module where it is one, else of the module that has the name."""
    known = {module.name for module in modules(root)}
    return [
        Import(module=module, target=target, node=node, hidden=hidden)
        for module in modules(root)
        for node, hidden in statements(module.tree, hidden=False)
        for target in targets(node, known)
    ]


def statements(node: ast.AST, *, hidden: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """Yield the imports below a node, and whether each is hidden in a function."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield inner, hidden
        elif isinstance(inner, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from statements(inner, hidden=hidden or isinstance(inner, Function))


def targets(node: ast.Import | ast.ImportFrom, known: set[str]) -> Iterator[str]:
    """Yield the names of the modules that a statement imports."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.name
        else:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in known else str(node.module)


def inside(root: Path) -> Iterator[Import]:
    """Yield the imports of the package by itself."""
    return (link for link in imports(root) if link.package == "minidemo")


def for_types_only(link: Import) -> bool:
    """Tell whether an import stands under `if TYPE_CHECKING`."""
    return any(link.node in node.body for node in link.module.tree.body if is_for_types(node))


def is_for_types(node: ast.stmt) -> TypeGuard[ast.If]:
    """Tell whether a statement is `if TYPE_CHECKING`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def assigned(node: ast.Module | ast.ClassDef, name: str) -> ast.expr | None:
    """Return what a module or class assigns to a name, if it does."""
    for line in node.body:
        if isinstance(line, ast.Assign | ast.AnnAssign):
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            if name in map(ast.unparse, targets):
                return line.value
    return None


def last(expression: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return ast.unparse(expression).rpartition(".")[2]


def public_names(module: Module) -> Iterator[str]:
    """Yield the public names of a module; of a package's `__init__`, those that it hands on from within as well."""
    typed = [line for node in module.tree.body if is_for_types(node) for line in node.body]
    for node in [*module.tree.body, *typed]:
        found: list[str] = []
        if (
            isinstance(node, ast.ImportFrom)
            and module.path.stem == "__init__"
            and f"{node.module}.".startswith("minidemo.")
        ):
            found = [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, Definition):
            found = [node.name]
        elif isinstance(node, ast.Assign):
            found = [ast.unparse(target) for target in node.targets]
        elif isinstance(node, ast.AnnAssign):
            found = [ast.unparse(node.target)]
        yield from (name for name in found if not name.startswith("_"))


def classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """Yield the classes of a file."""
    return (node for node in tree.body if isinstance(node, ast.ClassDef))


def public_definitions(node: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Yield the public classes and functions of a module or class, and of the classes in it."""
    for inner in node.body:
        if isinstance(inner, Definition) and not inner.name.startswith("_") and not is_variant(inner):
            yield inner
            if isinstance(inner, ast.ClassDef):
                yield from public_definitions(inner)


def is_variant(node: Definition) -> bool:
    """Tell whether a definition has the words of another: an overload, an override or a setter."""
    last = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return not last.isdisjoint({"overload", "override", "setter"})
