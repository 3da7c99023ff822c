"""Lazy imports: loads the modules of a package on demand."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, homes: Mapping[str, str], absent: Mapping[str, str] | None = None) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package from the modules of its names.

    A demo imports only the few components that it uses.

    Args:
        package: The name of the package.
        homes: The module of each name, or `package.name` for a name that is a module itself. A name that its module
            lacks, but is called, is that module.
        absent: What to do instead of using a name that does not exist, by name.
    """

    def get(name: str) -> Any:
        if absent and name in absent:  # without the name, for which Python would suggest a similar one
            raise AttributeError(f"{package}.{name} does not exist. {absent[name]}")
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        module = import_module(homes[name])
        in_room = [module] if homes[name].endswith(f".{name}") else []
        value = module if homes[name] == f"{package}.{name}" else getattr(module, name, *in_room)
        setattr(sys.modules[package], name, value)
        return value

    return get
