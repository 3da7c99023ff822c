"""ClearButton: what it empties."""

import re
from typing import Any

import pytest

from minidemo import ClearButton, ConfigurationError, Interface, Number, Textbox
from tests.visitor import Visitor


def page(demo: Interface) -> str:
    return Visitor(demo).http.get("/").text


def test_it_says_clear_unless_it_is_told_otherwise() -> None:
    assert ClearButton().initial() == "Clear"
    assert ClearButton(value="Empty").initial() == "Empty"


def test_it_names_the_components_that_it_empties() -> None:
    name, age = Textbox(elem_id="name"), Number()
    button = ClearButton([name]).add(age)
    assert button.components == button.refers_to == [name, age]
    demo = Interface(lambda *_: None, [name, age, button], None)
    found = re.search(r'data-clears="([^"]*)"', page(demo))
    assert found
    assert found[1].split() == ["name", demo.page.ids[age]]


def test_one_component_need_not_be_in_a_list() -> None:
    name = Textbox()
    assert ClearButton(name).components == ClearButton().add(name).components == [name]


def test_it_names_none_if_it_empties_the_whole_page() -> None:
    button = ClearButton()
    assert (button.components, button.refers_to) == (None, ())
    assert "data-clears" not in page(Interface(lambda *_: None, ["text", button], None))


def test_it_may_empty_none() -> None:
    assert 'data-clears=""' in page(Interface(lambda *_: None, ["text", ClearButton([])], None))


def test_what_it_empties_must_be_on_the_page() -> None:
    with pytest.raises(ConfigurationError, match=r"^Empty names Elsewhere, which is not on the page\.$"):
        Interface(lambda *_: None, [ClearButton(Textbox(label="Elsewhere"), label="Empty")], "text")


@pytest.mark.parametrize("components", [["text"], [5], "text"])
def test_it_empties_components_alone(components: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^ClearButton got .* among its components; expected components\.$"):
        ClearButton(components)


def test_what_concerns_an_api_is_accepted() -> None:
    assert ClearButton(api_name="clear", show_api=False).initial() == "Clear"  # type: ignore[call-arg]  # Gradio's
