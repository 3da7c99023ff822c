"""Gradio's other names of components: the component itself, or one with other defaults."""

import pickle
from typing import Any

import pytest

import minidemo as gr
from minidemo.components import COMPONENT_ALIASES
from minidemo.components.registry import resolve, shortcuts
from tests.visitor import Visitor


@pytest.mark.parametrize("name", COMPONENT_ALIASES)
def test_an_alias_is_its_component_with_the_arguments_of_its_shortcut(name: str) -> None:
    alias = getattr(gr, name)
    base, arguments = shortcuts()[name.lower()]
    assert getattr(gr.components, name) is alias
    assert base is getattr(gr, COMPONENT_ALIASES[name])
    assert (alias is base) == (not arguments)
    if "format" in arguments:  # needs ffmpeg
        return
    component, usual = alias(label="x"), base(label="x", **arguments)
    assert issubclass(alias, base)
    assert alias.name() == base.name()
    assert component.template == usual.template
    assert component.schema() == usual.schema()
    assert all(vars(component)[key] == value for key, value in vars(usual).items() if not key.startswith("_"))


@pytest.mark.parametrize("name", COMPONENT_ALIASES)
def test_an_alias_has_a_string_of_its_name(name: str) -> None:
    assert name.lower() in shortcuts()


def test_arguments_and_defaults_go_together() -> None:
    assert (gr.TextArea().lines, gr.TextArea("x", lines=3).lines, gr.TextArea("x").value) == (7, 3, "x")
    assert gr.Microphone().sources == ["microphone"]
    assert gr.Files().file_count == "multiple"
    assert (gr.Numpy().type, gr.Matrix().type) == ("numpy", "array")


def test_an_alias_is_a_component_for_inputs_outputs_and_types() -> None:
    assert type(resolve(gr.TextArea)) is gr.TextArea
    assert type(resolve("textarea")) is gr.Textbox
    demo = gr.Interface(str.upper, gr.TextArea, [gr.Text()])
    assert Visitor(demo).result("a") == ["A"]
    assert 'rows="7"' in Visitor(demo).http.get("/").text
    assert "TextArea" in repr(demo)


def test_an_unknown_argument_is_told_as_for_the_component() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"^TextArea got an unknown argument 'lnes'\. Did you mean 'lines'"):
        getattr(gr, "TextArea")(lnes=3)  # noqa: B009 - type checkers would say it


def test_an_alias_can_be_sent_to_another_process() -> None:
    copy: Any = pickle.loads(pickle.dumps(gr.TextArea(value="x", lines=2)))
    assert (type(copy), copy.value, copy.lines, copy.arguments) == (gr.TextArea, "x", 2, {"value", "lines"})
