"""Values outside of the choices: a program may show them, a visitor cannot send them."""

import re
from typing import Any

import pytest

import minidemo as gr
from minidemo.errors import InputError
from tests.visitor import Visitor

KINDS: list[Any] = [
    (gr.Radio, {}, "c", "c"),
    (gr.Dropdown, {}, "c", "c"),
    (gr.Dropdown, {"multiselect": True}, ["a", "c"], "c"),
    (gr.CheckboxGroup, {}, ["c", "a"], "c"),
    (gr.Radio, {}, 7, 7),
]


@pytest.mark.parametrize(("kind", "options", "value", "other"), KINDS)
def test_a_value_outside_of_the_choices_is_shown_with_a_warning(
    kind: Any, options: dict[str, Any], value: Any, other: Any
) -> None:
    box = kind(["a", "b"], value=value, label="Letter", **options)
    message = f"Letter shows {other!r}, which is not among its choices. Visitors can only send choices."
    with pytest.warns(UserWarning, match=f"^{re.escape(message)}$"):
        demo = gr.Interface(lambda x: x, box, "json")
    page = Visitor(demo).http.get("/").text
    assert f"<span>{other}</span>" in page or f">{other}</option>" in page
    refused = Visitor(demo).predict(value)
    assert refused.status_code == 422
    assert refused.json()["error"]["message"] == "Letter must be one of: a, b."


@pytest.mark.parametrize(("kind", "options", "value", "other"), KINDS)
def test_a_function_may_show_a_value_outside_of_the_choices(
    kind: Any, options: dict[str, Any], value: Any, other: Any
) -> None:
    output = kind(["a", "b"], **options)
    shown = gr.Interface(lambda: value, None, output)()
    assert shown == (sorted(value) if isinstance(value, list) else value)
    assert output.read_from_flag(output.flag(shown)) in (shown, str(shown))
    assert (str(other), other) in output.shown_choices(shown)


def test_ones_own_text_is_allowed_and_needs_no_warning() -> None:
    box = gr.Dropdown(["a", "b"], value="c", allow_custom_value=True)
    assert gr.Interface(lambda x: x, box, "text")("c") == "c"


def test_a_default_outside_of_the_choices_is_left_out() -> None:
    def fn(letter: str = "c") -> str:
        return letter

    demo = gr.Interface(fn, gr.Radio(["a", "b"]), "text")
    assert demo.page.components[0].initial() is None
    assert demo("a") == "a"


def test_a_visitors_choice_is_checked() -> None:
    with pytest.raises(InputError, match=r"^Radio must be one of: a, b\.$"):
        gr.Radio(["a", "b"]).preprocess("c")
