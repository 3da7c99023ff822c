"""Interface: what an author may ask for, and which mistakes are told while the demo is built."""

import functools
import math
from typing import Any

import pytest

import minidemo as gr
from minidemo.layout.buttons import FlagButton
from tests.visitor import Visitor


def calculator(num1: float, operation: str, num2: float) -> float:
    return num1 + num2


def sepia(im: object) -> object: ...


def make_it_brown(im: object) -> object: ...


def spread(first: float, *rest: float) -> float:
    return first + sum(rest)


def labels(demo: gr.Interface) -> list[str | None]:
    return [component.label for component in demo.page.components]


def test_inputs_are_called_like_the_parameters_and_the_output_output() -> None:
    demo = gr.Interface(calculator, ["number", "text", "number"], "number")
    assert labels(demo) == ["num1", "operation", "num2", "Output"]


def test_several_outputs_are_numbered() -> None:
    demo = gr.Interface(lambda x: (x, x), "number", ["number", "text"])
    assert labels(demo) == ["x", "Output 0", "Output 1"]


def test_a_label_of_the_author_stays() -> None:
    demo = gr.Interface(calculator, [gr.Number(label="First"), "text", "number"], gr.Number(label="Sum"))
    assert labels(demo) == ["First", "operation", "num2", "Sum"]
    assert list(demo.page.endpoint(None).input_names) == ["num1", "operation", "num2"]


def test_components_can_be_named_by_class_shortcut_or_object() -> None:
    demo = gr.Interface(calculator, [gr.Number, "TEXTBOX", gr.Number(value=3)], gr.Number())
    assert Visitor(demo).result(1, "add", 2) == [3]


def test_no_inputs_at_all() -> None:
    assert Visitor(gr.Interface(lambda: "Hello", None, "text", flagging_mode="never")).result() == ["Hello"]


def test_defaults_may_be_left_out() -> None:
    def power(base: float, exponent: float = 2) -> float:
        return float(base**exponent)

    assert Visitor(gr.Interface(power, "number", "number")).result(3) == [9]
    assert Visitor(gr.Interface(power, ["number", "number"], "number")).result(3, 3) == [27]


@pytest.mark.parametrize(
    ("fn", "data", "result"),
    [
        (spread, (1, 2, 3), 6),
        (functools.partial(calculator, operation="add", num2=1), (1,), 2),
        (math.hypot, (3, 4), 5),
        (max, (3, 4), 4),
        ("a{}".format, ("b",), "ab"),
    ],
)
def test_any_callable_will_do(fn: Any, data: tuple[Any, ...], result: object) -> None:
    kind = "text" if isinstance(result, str) else "number"
    assert Visitor(gr.Interface(fn, [kind] * len(data), kind)).result(*data) == [result]


def test_the_defaults_of_parameters_are_what_a_fresh_page_shows() -> None:
    def fn(a: Any, b: Any = 3, c: Any = "x", d: Any = True, e: Any = 4, f: Any = 2, g: Any = None) -> None: ...

    inputs: list[Any] = [
        "number",
        "number",
        gr.Textbox(),
        "checkbox",
        gr.Slider(1, 5),
        gr.Slider(1, 5, value=1),
        "text",
    ]
    demo = gr.Interface(fn, inputs, "number")
    assert [component.value for component in demo.page.components] == [None, 3, "x", True, 4, 1, None, None]


def test_a_default_that_no_visitor_could_send_is_not_shown() -> None:
    def fn(a: Any = "cat.png", b: Any = "x", c: Any = 9, d: Any = sepia) -> None: ...

    inputs: list[Any] = [gr.Image(type="pil"), gr.Dropdown(["a", "b"]), gr.Slider(1, 5), "text"]
    demo = gr.Interface(fn, inputs, "text")
    assert [component.value for component in demo.page.components] == [None, "a", 1, None, None]


def test_a_choice_of_the_author_goes_before_the_default() -> None:
    demo = gr.Interface(lambda x="a": x, gr.Dropdown(["a", "b"], value=None), "text")
    assert demo.page.components[0].value is None
    demo = gr.Interface(lambda x="b": x, gr.Dropdown(["a", "b"]), "text")
    assert demo.page.components[0].value == "b"


def test_a_parameter_that_no_input_reaches_is_told() -> None:
    def fn(a: float, *, unit: str, scale: float = 1) -> float:
        return a * scale

    with pytest.raises(gr.ConfigurationError, match="unit is only taken by name"):
        gr.Interface(fn, "number", "number")
    assert Visitor(gr.Interface(functools.partial(fn, unit="m"), "number", "number")).result(2) == [2]


def test_parameters_that_take_the_rest_give_numbered_names() -> None:
    assert labels(gr.Interface(spread, ["number"] * 3, "number"))[:3] == ["first", "rest 0", "rest 1"]


@pytest.mark.parametrize(
    ("fn", "inputs", "said"),
    [
        (
            sepia,
            [gr.Image(type="pil"), gr.Slider()],
            'Interface "sepia": the function takes 1 argument, but 2 inputs were given (Image, Slider). '
            "Remove an input or add a parameter.",
        ),
        (
            calculator,
            "number",
            'Interface "calculator": the function takes 3 arguments, but 1 input was given (Number). '
            "Add an input or remove a parameter.",
        ),
        (
            calculator,
            [],
            'Interface "calculator": the function takes 3 arguments, but 0 inputs were given. '
            "Add an input or remove a parameter.",
        ),
        (
            lambda a, b=1: a,
            ["number"] * 3,
            'Interface "demo": the function takes 1 to 2 arguments, but 3 inputs were given (Number, Number, Number). '
            "Remove an input or add a parameter.",
        ),
    ],
)
def test_inputs_must_match_the_parameters(fn: Any, inputs: Any, said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(fn, inputs, "number")
    assert str(error.value) == said


def build(fn: Any = lambda x: x, inputs: Any = "number", outputs: Any = "number", **options: Any) -> gr.Interface:
    return gr.Interface(fn, inputs, outputs, **options)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"fn": 5}, "Interface needs a function, but got 5."),
        ({"inputs": "txet"}, "There is no component 'txet'. Did you mean 'text'"),
        ({"outputs": "no such thing at all"}, "There is no component 'no such thing at all'. Known are: "),
        ({"inputs": 5}, "A component must be a name such as 'text', or a component, but got 5."),
        ({"flagging_mode": "sometimes"}, "flagging_mode is 'sometimes'; expected one of 'manual', 'auto', 'never'."),
        ({"flagging_options": "wrong"}, "flagging_options is 'wrong'; expected a list of strings"),
        ({"flagging_options": [5]}, "flagging_options has 5; expected a string or a (label, value) pair"),
        ({"flagging_options": ["a", ("b", "a")]}, "flagging_options has a reason twice"),
        ({"flagging_callback": "csv"}, "flagging_callback is 'csv'; expected an instance of FlaggingCallback"),
        ({"concurrency_limit": 0}, "concurrency_limit is 0; expected a number from 1, or None for no limit."),
        ({"inputs": gr.Number("ten")}, "The initial value does not fit. x shows a number, but got str 'ten'."),
        (
            {"inputs": gr.Number(elem_id="a"), "outputs": gr.Number(elem_id="a")},
            "Two components have the same elem_id. Give each its own.",
        ),
    ],
)
def test_mistakes_of_the_author_show_while_the_demo_is_built(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        build(**arguments)
    assert said in str(error.value)


def test_numpy_is_asked_for_while_the_demo_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(gr.ConfigurationError, match=r"pip install 'minidemo\[numpy\]'"):
        gr.Interface(sepia, "image", "text")
    gr.Interface(sepia, "text", "image")


def test_a_component_of_an_endpoint_must_be_on_the_page() -> None:
    demo = gr.Interface(calculator, ["number", "text", "number"], "number")
    endpoint = demo.page.endpoint(None)
    with pytest.raises(gr.ConfigurationError, match='Interface "calculator": num1 is not on the page'):
        type(demo.page)(endpoint.outputs[0], endpoints=[endpoint])


def test_the_old_name_of_flagging_mode_is_understood() -> None:
    with pytest.warns(DeprecationWarning, match="flagging_mode"):
        demo = gr.Interface(sepia, "text", "text", allow_flagging="never")
    assert demo.page.endpoint(None).flagging.mode == "never"


def test_without_flags_there_is_no_flag_button() -> None:
    def has_button(mode: Any) -> bool:
        demo = gr.Interface(sepia, "text", "text", flagging_mode=mode)
        return any(isinstance(node, FlagButton) for node in demo.page.layout.walk())

    assert has_button("manual")
    assert has_button("auto"), "which only says that every result is saved"
    assert not has_button("never")


def test_a_page_is_called_after_its_function() -> None:
    assert gr.Interface(make_it_brown, "text", "text").page.title == "Make it brown"
    assert gr.Interface(lambda im: im, "text", "text").page.title == "Demo"


def test_the_app_is_made_once() -> None:
    demo = gr.Interface(sepia, "text", "text")
    assert demo.app is demo.app


def test_closing_what_was_never_opened_does_nothing() -> None:
    demo = gr.Interface(sepia, "text", "text")
    demo.close()
    assert demo.url is None


def test_the_same_component_as_input_and_output_is_shown_once() -> None:
    box = gr.Textbox(label="text")
    demo = gr.Interface(str.upper, box, box, flagging_mode="never")
    assert demo.page.components == [box]
    assert Visitor(demo).result("a") == ["A"]
