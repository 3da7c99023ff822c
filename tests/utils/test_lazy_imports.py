"""What a demo does not use is not loaded, and whatever a script asks for is there."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import minidemo as gr
import minidemo.components
from tests.architecture import HIDDEN
from tests.sources import modules, public_names

ROOT = Path(gr.__file__).parent.parent


UNUSED = {
    *(HIDDEN.keys() - {"minidemo.server.app", "minidemo.interfaces.launch", "asyncio"}),
    "PIL.Image",
    "minidemo.components.video",
    "minidemo.flagging.backends.function",
    "minidemo.flagging.backends.several",
    "minidemo.flagging.store.flag_store",
    "minidemo.interfaces.load",
    "minidemo.interfaces.tabbed",
    "minidemo.server.reference.describe",
}
"""Modules that a calculator has no use for."""


def loaded(script: str) -> set[str]:
    """Return the modules that are there once a script has run."""
    code = f"import sys\n{script}\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(
    "script", ["import minidemo", "import minidemo as gr; gr.Interface(lambda a: a, gr.Number(), 'text')"]
)
def test_a_demo_needs_no_web_server_before_it_is_served(script: str) -> None:
    heavy = {"fastapi", "starlette", "uvicorn", "jinja2", "pydantic", "PIL", "markdown_it", "asyncio"}
    assert loaded(script) & heavy == set()


def test_a_calculator_waits_for_nothing_that_it_does_not_use() -> None:
    modules = loaded(
        "import minidemo as gr\n"
        "demo = gr.Interface(lambda a, b: a + b, ['number', gr.Number()], 'number')\n"
        "with demo.running() as url: pass"
    )
    assert modules >= {"minidemo.components.number", "minidemo.server.app"}
    assert modules & UNUSED == set()


def test_a_star_import_brings_all_that_is_public() -> None:
    names: dict[str, object] = {}
    exec("from minidemo import *", names)
    assert names.keys() - {"__builtins__"} == set(gr.__all__)


@pytest.mark.parametrize("name", gr.__all__)
def test_what_is_public_is_there(name: str) -> None:
    assert getattr(gr, name)


def test_type_checkers_know_the_same_components() -> None:
    package = next(module for module in modules(ROOT) if module.name == "minidemo.components")
    constants = {"COMPONENT_ALIASES", "COMPONENT_MODULES", "Component"}
    assert {*public_names(package)} == constants | {
        *minidemo.components.COMPONENT_MODULES,
        *minidemo.components.COMPONENT_ALIASES,
    }


@pytest.mark.parametrize("module", [gr, minidemo.components])
def test_a_name_that_is_not_there(module: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"^module '{module.__name__}' has no attribute 'Sldier'$"):
        module.Sldier  # noqa: B018
