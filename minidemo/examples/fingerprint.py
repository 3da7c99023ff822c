"""Digests of functions: their code, and the code and constants they use."""

import hashlib
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

_MAX_ITEMS = 10_000
"""Items above which only the length of a collection counts."""
_SIMPLE_TYPES = (str, bytes, int, float, complex, bool, type(None), type(...))
_LIBRARY_FOLDERS = tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib"))
_HASHED_METHODS = ("__call__", "__init__")


def digest(*values: Any) -> str:
    """Return a digest of functions and values.

    An author's object counts with its class, numbers and texts, a library's object with its class alone.
    """
    hasher = hashlib.sha256()
    seen = dict[int, Any]()  # the values as well, lest another takes the place of one that is gone
    for value in values:
        for part in _parts(value, seen):
            hasher.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return hasher.hexdigest()


def _parts(value: Any, seen: dict[int, Any]) -> Iterator[str]:
    """Yield the parts of a value that count; each object once."""
    yield type(value).__qualname__
    if isinstance(value, _SIMPLE_TYPES):
        yield repr(value)
    elif id(value) not in seen:
        seen[id(value)] = value
        yield from _object_parts(value, seen)


def _object_parts(value: Any, seen: dict[int, Any]) -> Iterator[str]:
    if isinstance(value, FunctionType):
        yield from _function_parts(value, seen)
    elif isinstance(value, MethodType):
        yield from _item_parts((value.__func__, value.__self__), seen)
    elif isinstance(value, partial):
        yield from _item_parts((value.func, value.args, value.keywords), seen)
    elif isinstance(value, list | tuple | set | frozenset | Mapping):
        yield from _item_parts(value, seen)
    elif isinstance(value, type):
        yield f"{value.__module__}.{value.__qualname__}"
        yield from _item_parts(vars(value) if _is_own(value.__module__) else (), seen)
    elif _is_own(type(value).__module__):
        plain = {name: each for name, each in getattr(value, "__dict__", {}).items() if isinstance(each, _SIMPLE_TYPES)}
        yield from _item_parts((type(value), plain), seen)
    else:
        yield str(getattr(value, "__qualname__", type(value).__module__))


def _item_parts(values: Any, seen: dict[int, Any]) -> Iterator[str]:
    """Yield the parts of a collection's items; sets are sorted."""
    yield str(len(values))
    if len(values) > _MAX_ITEMS:
        return
    if isinstance(values, set | frozenset):
        yield from sorted(digest(item) for item in values)
    elif isinstance(values, Mapping):
        for key, item in values.items():
            if not str(key).startswith("__") or key in _HASHED_METHODS:
                yield from _parts(key, seen)
                yield from _parts(item, seen)
    else:
        for item in values:
            yield from _parts(item, seen)


def _function_parts(function: FunctionType, seen: dict[int, Any]) -> Iterator[str]:
    """Yield the code of an author's function and of its names.

    A library's function counts with its name alone.
    """
    yield function.__qualname__
    if _is_library(function.__module__):
        yield function.__module__
        return
    names = set[str]()
    yield from _code_parts(function.__code__, names)
    cells = [_cell_content(cell) for cell in function.__closure__ or ()]
    yield from _item_parts((function.__defaults__, function.__kwdefaults__, cells), seen)
    for name in sorted(names & function.__globals__.keys()):
        yield name
        used = function.__globals__[name]
        if isinstance(used, ModuleType) and _is_own(used.__name__):
            yield from _item_parts([getattr(used, each, None) for each in sorted(names)], seen)
        else:
            yield from _parts(used, seen)


def _code_parts(code: CodeType, names: set[str]) -> Iterator[str]:
    """Yield the parts of code, and collect the names that it uses."""
    names.update(code.co_names)
    yield from (code.co_code.hex(), *code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code_parts(constant, names)
        else:
            yield digest(constant)


def _cell_content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # of a variable that has no value yet
        return None


def _is_own(module: str | None) -> bool:
    """Return whether a module is the author's, such as a notebook."""
    file = getattr(sys.modules.get(str(module)), "__file__", None)
    return module == "__main__" or (file is not None and not _is_library(module))


def _is_library(module: str | None) -> bool:
    """Return whether a module is Python's, an installed package's or minidemo's."""
    if str(module).partition(".")[0] == "minidemo":
        return True
    file = getattr(sys.modules.get(str(module)), "__file__", None)
    return file is not None and any(Path(file).resolve().is_relative_to(place) for place in _LIBRARY_FOLDERS)
