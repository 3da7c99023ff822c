"""Inputs that must not be left empty, by the type of a parameter or by `required`."""

from typing import Annotated, Any, Optional

import pytest

import minidemo as gr
from tests.agent import Agent
from tests.visitor import Visitor


def taking(component: Any, hint: Any = None, *default: Any) -> gr.Interface:
    """Return a demo of a function that returns its argument as text."""

    def fn(x):  # type: ignore[no-untyped-def]
        return repr(x)

    fn.__annotations__ = {} if hint is None else {"x": hint}
    fn.__defaults__ = default
    return gr.Interface(fn, component, "text")


def refusal(demo: gr.Interface, *data: Any) -> Any:
    """Return the error of a refused call, or None."""
    return Visitor(demo).predict(*data).json().get("error")


def page(demo: gr.Interface) -> str:
    return Visitor(demo).http.get("/").text


@pytest.mark.parametrize(
    ("demo", "data"),
    [
        (taking("number", float), None),
        (taking(gr.Number(), Annotated[float, "how much"], 3), None),
        (taking(gr.Image(type="pil"), "str | int"), None),
        (taking(gr.Number(required=True)), ""),
        (taking(gr.Number(required=True), float | None, None), None),
        (taking(gr.Textbox(required=True)), ""),
        (taking(gr.Checkbox(required=True), bool), False),
        (taking(gr.CheckboxGroup(["a"], required=True)), []),
        (taking(gr.Dropdown(["a"], multiselect=True, required=True)), []),
    ],
)
def test_what_is_required_must_not_be_left_empty(demo: gr.Interface, data: Any) -> None:
    assert refusal(demo, data) == {"message": "x is required.", "field": "x"}


@pytest.mark.parametrize(
    "demo",
    [
        taking("number"),
        taking("number", float | None),
        taking("number", Optional[float]),  # noqa: UP045
        taking("number", float, None),
        taking("number", Any),
        taking("number", object),
        taking("number", "Unknown"),
        taking(gr.Number(required=False), float),
        taking(gr.Number(visible=False), float),
        taking(gr.Number(interactive=False), float),
        taking(gr.State(), list),
        gr.Interface(lambda *x: x, "number", "text"),
    ],
)
def test_all_else_may_be(demo: gr.Interface) -> None:
    assert refusal(demo, None) is None
    assert "required" not in page(demo).partition("<footer")[0]


@pytest.mark.parametrize(
    ("demo", "mark"),
    [
        (taking("number", float), 'aria-required="true"'),
        (taking(gr.Radio(["a"]), str), 'aria-required="true"'),
        (taking(gr.Textbox(required=True)), 'aria-required="true"'),
        (taking(gr.Checkbox(required=True)), 'aria-required="true"'),
        (taking(gr.Image(type="pil"), int), " is-required"),
        (taking(gr.CheckboxGroup(["a"], required=True)), " is-required"),
    ],
)
def test_screen_readers_are_told_of_it(demo: gr.Interface, mark: str) -> None:
    html = page(demo)
    assert html.count(mark) == 1
    assert '<p id="is-required" hidden>Required</p>' in html


@pytest.mark.parametrize("component", [gr.Textbox(), gr.Checkbox(), gr.Slider(), gr.CheckboxGroup(["a"]), gr.Code()])
def test_an_input_that_is_never_without_a_value_has_no_mark(component: gr.Component) -> None:
    assert "required" not in page(taking(component, str)).partition("<footer")[0]


def test_the_visible_mark_is_the_authors() -> None:
    assert "data-required" not in page(taking("number", float))
    assert 'data-required=""' in page(taking(gr.Number(required=True)))
    assert 'data-required="filled"' in page(taking(gr.Textbox(required=True)))


def test_a_choice_may_look_empty() -> None:
    for choice in (False, "", 0):
        assert refusal(taking(gr.Radio([choice], required=True)), choice) is None
    assert refusal(taking(gr.Number(required=True)), 0) is None


def test_programs_and_agents_are_asked_for_it_and_nothing_is_kept_to_flag() -> None:
    demo = taking(gr.Number(required=True), None, None)
    [parameter] = demo.get_api_info()["named_endpoints"]["/fn"]["parameters"]
    assert not parameter["parameter_has_default"]
    visitor = Visitor(demo)
    assert "x is required." in visitor.http.post("/gradio_api/run/fn", json={"data": [None]}).text
    assert visitor.predict(None).json()["run"] is None
    assert Agent(demo).tools()["fn"]["inputSchema"]["required"] == ["x"]
    with pytest.raises(gr.InputError, match="x is required"):
        demo(None)
