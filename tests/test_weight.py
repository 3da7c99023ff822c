"""How much a visitor's browser has to load for each widget, and that it loads no other."""

import gzip
import os
import re
from pathlib import Path

import pytest

from minidemo import Component, Interface
from tests.components.catalog import PACKAGE, components
from tests.components.examples import EXAMPLES
from tests.visitor import Visitor

WIDGETS = PACKAGE / "static" / "widgets"
LIMIT = 12_000
LARGE = {"dataframe": 25_000, "imageeditor": 25_000, "model3d": 18_000}
"""The widgets that are programs of their own may weigh more."""
VENDOR = PACKAGE / "static" / "vendor"
VENDOR_LIMITS = {"three.js": 180_000, "draco.js": 13_000, "draco.wasm": 65_000}
"""The limits of other projects' code, compressed, in bytes; Draco's is loaded only for models that it compressed."""
KINDS = [kind for kind in components() if kind is not Component]

_IMPORT = re.compile(r"""(?:from|import|import\(|new URL\()\s*["'](\.{1,2}/[\w./-]+)["']""")
_LINK = re.compile(r"""static/\w+/widgets/([\w./-]+\.(?:js|css))""")


def files(widget: str) -> set[str]:
    """Return the script of a widget and all that it imports, if only when needed, each with its style sheet."""
    found: set[str] = set()
    waiting = [f"{widget}.js"]
    while waiting:
        name = waiting.pop()
        if name not in found and not name.startswith("..") and (WIDGETS / name).is_file():
            found.add(name)
            waiting.append(str(Path(name).with_suffix(".css")))
            imports = _IMPORT.findall((WIDGETS / name).read_text("utf-8"))
            waiting += [os.path.normpath(Path(name).parent / target) for target in imports]
    return found


def test_imports_are_found() -> None:
    assert {"image.js", "file-field.js", "upload.js", "camera.js"} <= files("image")
    assert {"model3d.js", "model3d-worker.js", "model3d-gltf.js", "model3d-splat.js"} <= files("model3d")


@pytest.mark.parametrize("widget", sorted({str(kind.widget) for kind in KINDS if kind.widget}))
def test_a_widget_is_light(widget: str) -> None:
    weights = {name: len(gzip.compress((WIDGETS / name).read_bytes(), 9)) for name in files(widget)}
    assert sum(weights.values()) <= LARGE.get(widget, LIMIT), weights


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_a_page_loads_the_widgets_that_are_on_it_and_no_other(kind: type[Component]) -> None:
    component = EXAMPLES[kind][0].make()
    page = Visitor(Interface(lambda: None, None, component, flagging_mode="never")).http.get("/").text
    linked = set(_LINK.findall(page))
    assert linked <= (files(kind.widget) if kind.widget else set())
    assert not kind.widget or f"{kind.widget}.js" in linked
    assert re.findall(r"static/\w+/vendor/([\w.]+)", page) == (["three.js"] if kind.widget == "model3d" else [])


@pytest.mark.parametrize("name", VENDOR_LIMITS)
def test_vendored_code_is_light(name: str) -> None:
    assert len(gzip.compress((VENDOR / name).read_bytes(), 9)) <= VENDOR_LIMITS[name]


def test_vendored_code_takes_little_of_an_install() -> None:
    assert sum(path.stat().st_size for path in VENDOR.iterdir()) <= 960_000


def test_other_widgets_never_import_vendored_code() -> None:
    importing = {path.name for path in WIDGETS.parent.rglob("*.js") if b"../vendor/" in path.read_bytes()}
    assert importing <= files("model3d")


def test_a_widget_is_loaded_by_the_page_that_it_is_on() -> None:
    page = Visitor(Interface(lambda a, b: None, ["number", "slider"], "label")).http.get("/").text
    assert set(_LINK.findall(page)) == files("slider") | files("label")
