"""Finding the components by the files that they lie in, and what a component must have."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import minidemo.components
from minidemo import Component
from tests.components.examples import EXAMPLES

PACKAGE = Path(minidemo.__file__).parent
ROOT = PACKAGE.parent
TEMPLATES = ROOT / "templates"


def components() -> list[type[Component]]:
    """Return every component that has a file in `minidemo/components`, whether somebody imports it or not."""
    return sorted(_components(), key=lambda component: component.__name__)


def lacks(component: type[Component]) -> Iterator[str]:
    """Yield what a component should have, but has not."""
    yield from _lacking_files(component)
    name = component.__name__
    for method in ("schema", "example", "read_from_flag"):
        if getattr(component, method) is getattr(Component, method):
            yield f"{name} has no {method} of its own."
    if not (component.__doc__ or "").split("\n")[0].endswith("."):
        yield f"{name} needs a docstring whose first line is a sentence."
    if getattr(minidemo.components, name, None) is not component:
        yield f"{name} is not exported. Add it to COMPONENT_MODULES of minidemo.components."
    if name not in minidemo.__all__:
        yield f"{name} is not exported. Import it in minidemo, for type checkers."


def _lacking_files(component: type[Component]) -> Iterator[str]:
    name, low = component.__name__, component.name()
    if component not in EXAMPLES:
        yield f"{name} has no examples. Write tests/components/examples/{low}.py."
    if not (TEMPLATES / "components" / f"{low}.html").is_file():
        yield f"{name} has no template. Write templates/components/{low}.html."
    if component.widget and not (PACKAGE / "static" / "widgets" / f"{component.widget}.js").is_file():
        yield f"{name} names the widget {component.widget!r}, but there is no static/widgets/{component.widget}.js."
    if not (ROOT / "docs" / "components" / f"{low}.md").is_file():
        yield f"{name} has no page in the documentation. Run scripts/document."
    if not (ROOT / "tests" / "browser" / "widgets" / f"test_{low}.py").is_file():
        yield f"{name} was not tried in a browser. Write tests/browser/widgets/test_{low}.py."


def _components() -> Iterator[type[Component]]:
    for found in pkgutil.iter_modules(minidemo.components.__path__, "minidemo.components."):
        module = importlib.import_module(found.name)
        for name, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, Component) and member.__module__ == module.__name__ and not name.startswith("_"):
                yield member
