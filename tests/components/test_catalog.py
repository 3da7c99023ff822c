"""A component that its files alone have added is complete: found, exported, tested, with all that it names."""

from pathlib import Path

import pytest

import minidemo.components
from minidemo import Component
from minidemo.components.registry import resolve, shortcuts
from tests.components.catalog import components, lacks
from tests.components.examples import EXAMPLES

COMPONENTS = [component for component in components() if component is not Component]


def named(component: type[Component]) -> str:
    return component.__name__


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_component_is_complete(component: type[Component]) -> None:
    assert not (faults := list(lacks(component))), "\n".join(faults)


def test_an_incomplete_component_is_told_what_it_lacks() -> None:
    class Ghost(Component):
        widget = "ghost"

    assert list(lacks(Ghost)) == [
        "Ghost has no examples. Write tests/components/examples/ghost.py.",
        "Ghost has no template. Write templates/components/ghost.html.",
        "Ghost names the widget 'ghost', but there is no static/widgets/ghost.js.",
        "Ghost has no page in the documentation. Run scripts/document.",
        "Ghost was not tried in a browser. Write tests/browser/widgets/test_ghost.py.",
        "Ghost has no schema of its own.",
        "Ghost has no example of its own.",
        "Ghost has no read_from_flag of its own.",
        "Ghost needs a docstring whose first line is a sentence.",
        "Ghost is not exported. Add it to COMPONENT_MODULES of minidemo.components.",
        "Ghost is not exported. Import it in minidemo, for type checkers.",
    ]


def test_every_component_of_the_package_is_found() -> None:
    exported = {getattr(minidemo.components, name) for name in minidemo.components.COMPONENT_MODULES}
    assert set(COMPONENTS) == exported == set(EXAMPLES)


def test_the_names_of_the_examples_differ() -> None:
    names = [example.name for examples in EXAMPLES.values() for example in examples]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_component_is_found_by_its_name(component: type[Component]) -> None:
    assert shortcuts()[component.__name__.lower()] == (component, {})
    assert type(resolve(component.__name__)) is component


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be a program of that name, which "playable_video" asks for."""
    (tmp_path / "ffmpeg").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


@pytest.mark.usefixtures("ffmpeg")
@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_no_other_component_takes_its_shortcuts(component: type[Component]) -> None:
    for name, options in component.shortcuts.items():
        assert shortcuts()[name] == (component, options)
        assert type(resolve(name)) is component


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_component_is_rendered_by_the_template_of_its_name(component: type[Component]) -> None:
    assert component().template == f"components/{component.__name__.lower()}.html"
