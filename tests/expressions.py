"""The regular expressions of the package, and the texts on which each may take long."""

import ast
import importlib
import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias

from tests.sources import Module, last, modules

METHODS = {"search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3, "sub": 4}
"""The functions of `re` that look for a pattern, with the position of their flags."""
CALLS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "search": lambda pattern, text: pattern.search(text),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "findall": lambda pattern, text: pattern.findall(text),
    "finditer": lambda pattern, text: [*pattern.finditer(text)],
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub(text[:0], text),
}
PARSER = importlib.import_module("re._parser")
ALPHABET = string.ascii_letters + string.digits + string.punctuation + " \t\n\r\v\0" + "é\xa0\u2028\uff1d\ud800😀"
CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
Items: TypeAlias = Iterable[tuple[Any, Any]]
"""A parsed pattern: operations with their arguments."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """A pattern of a module, and the methods that the package calls."""

    place: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]

    def searched(self, text: str) -> None:
        """Look for the pattern in every way of the package."""
        data = text.encode("latin-1", "ignore") if isinstance(self.pattern.pattern, bytes) else text
        for method in self.methods:
            CALLS[method](self.pattern, data)


@cache
def expressions(root: Path) -> list[Expression]:
    """Return every regular expression of the package."""
    used: dict[str, set[str]] = {}
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                used.setdefault(last(value), set()).add(node.attr)
    found = [each for module in modules(root) if module.path.stem != "__main__" for each in of_module(module, used)]
    return [*{(each.pattern, each.methods): each for each in found}.values()]


def of_module(module: Module, used: dict[str, set[str]]) -> Iterator[Expression]:
    """Yield the patterns that a module keeps in its names, and those that it hands to functions of `re`."""
    names = vars(importlib.import_module(module.name))
    for name, value in names.items():
        for pattern in value.values() if isinstance(value, dict) else [value]:
            if isinstance(pattern, re.Pattern):
                methods = used.get(name) or METHODS
                yield Expression(place=f"{module.path} {name}", pattern=pattern, methods=tuple(sorted(methods)))
    for call in calls(module.tree):
        method = last(call.func)
        if method in METHODS:
            pattern, *flags = (evaluated(node, names) for node in (call.args[0], *call.args[METHODS[method] :]))
            yield Expression(place=module.at(call), pattern=re.compile(pattern, *flags), methods=(method,))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of functions of `re`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            yield node


def evaluated(node: ast.expr, names: dict[str, Any]) -> Any:
    """Return the value of an expression in a module."""
    return eval(compile(ast.Expression(node), "", "eval"), dict(names))


def hostile(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], str]]:
    """Yield functions from a size to a text that may take long.

    Each repeats a character of every class after what leads to a repetition in the pattern, followed by one that fits
    nowhere; or repeats both together.
    """
    tree = PARSER.parse(pattern.pattern, pattern.flags)
    classes = [*classes_of(tree)]
    fits = {tuple(fit(item, character) for item in classes): character for character in reversed(ALPHABET)}
    misfit = fits[min(fits, key=sum)]
    repeated = [*repetitions(tree)]
    units = {*fits.values(), *(witness(body) for _, body in repeated)} - {""}
    for prefix in {"", *(prefix for prefix, _ in repeated)}:
        for unit in units:
            yield partial(text_of, prefix, unit, misfit)
            yield partial(text_of, "", prefix + unit, misfit)


def text_of(start: str, unit: str, end: str, size: int) -> str:
    """Return a text that repeats a unit."""
    return start + unit * (size // len(unit)) + end


def classes_of(items: Items) -> Iterator[tuple[Any, Any]]:
    """Yield the operations of a pattern that match one character."""
    for operation, value in items:
        if str(operation) in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            yield operation, value
        for part in parts(operation, value):
            yield from classes_of(part)


def repetitions(items: Items, prefix: str = "") -> Iterator[tuple[str, Items]]:
    """Yield the repeated parts of a pattern, each with a text that leads to it."""
    for operation, value in items:
        for part in parts(operation, value):
            if str(operation).endswith("REPEAT"):
                yield prefix, part
            yield from repetitions(part, prefix)
        prefix += witness([(operation, value)])


def parts(operation: Any, value: Any) -> list[Items]:
    """Return the patterns inside an operation."""
    kind = str(operation)
    if kind == "BRANCH":
        return list(value[1])
    if kind.endswith("REPEAT"):
        return [value[2]]
    place = {"SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}.get(kind)
    return [value] if kind == "ATOMIC_GROUP" else [] if place is None else [value[place]]


def witness(items: Items) -> str:
    """Return a short text that a pattern matches, but for its look-arounds."""
    return "".join(map(shortest, items))


def shortest(item: tuple[Any, Any]) -> str:
    """Return a short text that an operation matches."""
    operation, value = item
    kind = str(operation)
    if kind in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return next((character for character in ALPHABET if fit(item, character)), "")
    inner = [] if kind.startswith("ASSERT") else parts(operation, value)
    return witness(inner[0]) * (max(value[0], 1) if kind.endswith("REPEAT") else 1) if inner else ""


def fit(item: tuple[Any, Any], character: str) -> bool:
    """Tell whether an operation matches a character."""
    operation, value = item
    kind, code = str(operation), ord(character)
    if kind == "IN":
        is_negated = str(value[0][0]) == "NEGATE"
        return any(fit(each, character) for each in value[is_negated:]) != is_negated
    if kind == "RANGE":
        return bool(value[0] <= code <= value[1])
    if kind == "CATEGORY":
        return re.fullmatch(CATEGORIES[str(value)], character) is not None
    return kind == "ANY" or (code == value) != (kind == "NOT_LITERAL")
