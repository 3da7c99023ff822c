"""Modules of authors and of libraries."""

import dis
import importlib
import importlib.util
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, ModuleType

_LIBRARY_FOLDERS = tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib"))
_INSTALLED = {"site-packages", "dist-packages"}
"""Names of folders with packages, such as those of the user and of the system, which a virtual environment may see."""


def is_own(module: str | None) -> bool:
    """Return whether a module is the author's, such as a notebook."""
    return module == "__main__" or (_place(module) is not None and not is_library(module))


def is_library(module: str | None) -> bool:
    """Return whether a module is Python's, an installed package's or minidemo's."""
    if str(module).partition(".")[0] == "minidemo":
        return True
    place = _place(module)
    return place is not None and _is_installed(place)


def imports_of(code: CodeType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the modules that code imports, each with the names it takes; `.` is the module's own package."""
    steps = [step for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]
    for level, names, step in zip(steps, steps[1:], steps[2:], strict=False):
        if step.opname == "IMPORT_NAME":
            yield "." * level.argval + step.argval, names.argval or ()


def imported_module(name: str, names: Iterable[str], package: str | None) -> ModuleType | None:
    """Return a module with the names that an author's function imports, None for a library's."""
    name = importlib.util.resolve_name(name, package)
    root = name.partition(".")[0]
    spec = importlib.util.find_spec(root)
    if spec is None or root == "minidemo":
        return None
    places = [spec.origin] if spec.has_location else [*(spec.submodule_search_locations or ())]
    if not places or _is_installed(str(places[0])):
        return None
    module = importlib.import_module(name)
    for each in names:
        if not hasattr(module, each):
            importlib.import_module(f"{name}.{each}")
    return module


def _place(module: str | None) -> str | None:
    """Return the file of a loaded module, or the folder of a package without one."""
    loaded = sys.modules.get(str(module))
    return getattr(loaded, "__file__", None) or next(iter(getattr(loaded, "__path__", ())), None)


def _is_installed(file: str) -> bool:
    path = Path(file).resolve()
    return any(path.is_relative_to(place) for place in _LIBRARY_FOLDERS) or not _INSTALLED.isdisjoint(path.parts)
