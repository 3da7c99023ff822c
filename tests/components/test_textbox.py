"""Textbox: one or more lines of text."""

from typing import Any

import pytest

from minidemo import ConfigurationError, InputError, Interface, Textbox
from minidemo.components.registry import resolve


@pytest.mark.parametrize("text", ["", " ", "Grüße\r\n\t'=1+1'", "\0", "👩\u200d🚀", "\ud800", "x" * 100_000])
def test_text_is_handed_on_as_it_was_written(text: str) -> None:
    assert Textbox().preprocess(text) == text


@pytest.mark.parametrize(
    ("returned", "shown"), [(5, "5"), (1.5, "1.5"), (True, "True"), (["a"], "['a']"), ("", ""), (b"a", "b'a'")]
)
def test_anything_is_shown_as_text(returned: Any, shown: str) -> None:
    assert Textbox().postprocess(returned) == shown


@pytest.mark.parametrize(
    ("sent", "given"), [(5, "5"), (0.5, "0.5"), (True, "True"), (["a", 1], "['a', 1]"), ([], "[]")]
)
def test_numbers_and_lists_of_programs_become_text(sent: Any, given: str) -> None:
    assert Textbox().preprocess(sent) == given
    assert Interface(str.upper, "text", "text")(sent) == given.upper()


@pytest.mark.parametrize("sent", [{"text": "a"}, 10**5000, [10**5000]], ids=["object", "long", "longs"])
def test_what_is_not_text_is_refused(sent: Any) -> None:
    with pytest.raises(InputError, match=r"^Name must be text\.$"):
        Textbox(label="Name").preprocess(sent)


def test_visitors_write_what_they_like() -> None:
    assert Textbox().visitor_writes


def test_text_may_be_as_long_as_the_author_allows() -> None:
    name = Textbox(label="Name", max_length=3)
    assert name.preprocess("Zoë") == "Zoë"
    with pytest.raises(InputError, match=r"^Name can have at most 3 characters \(now 4\)\.$"):
        name.preprocess("Anna")


def test_no_text_at_all_may_be_allowed() -> None:
    with pytest.raises(InputError, match=r"at most 0 characters \(now 1\)"):
        Textbox(max_length=0).preprocess("a")


def test_what_the_function_returns_may_be_longer() -> None:
    assert Textbox(max_length=3).postprocess("Anna") == "Anna"


def test_a_password_is_not_stored_with_a_flag() -> None:
    demo = Interface(lambda user, password: user, [Textbox(), Textbox(type="password")], "text")
    (endpoint,) = demo.page.endpoints.values()
    assert [column.label for column in endpoint.columns] == ["user", "Output"]


def test_a_password_is_not_stored_even_if_the_author_says_so() -> None:
    assert not Textbox(type="password", flag=True).flagged


def test_an_address_is_stored_with_a_flag() -> None:
    assert Textbox(type="email").flagged


def test_an_unknown_type_is_a_mistake_of_the_author() -> None:
    options: dict[str, Any] = {"type": "phone"}
    with pytest.raises(ConfigurationError) as caught:
        Textbox(**options)
    assert str(caught.value) == "Textbox got type='phone'; expected one of 'text', 'password', 'email'."


def test_a_textbox_grows_to_twenty_lines_unless_it_is_told_otherwise() -> None:
    assert (Textbox().lines, Textbox().max_lines) == (1, 20)
    assert Textbox(max_lines=1).max_lines == 1
    assert Textbox(lines=30).max_lines == 30
    assert Textbox(lines=4, max_lines=2).max_lines == 4


def test_a_textarea_is_a_textbox_of_seven_lines() -> None:
    area = resolve("textarea")
    assert isinstance(area, Textbox)
    assert area.lines == 7


def test_empty_text_in_a_flag_stays_empty_text() -> None:
    assert Textbox().read_from_flag(Textbox().flag("")) == ""


def test_a_textbox_has_what_its_widget_needs() -> None:
    looks: dict[str, Any] = {
        "placeholder": "Write here",
        "autofocus": True,
        "autocomplete": "name",
        "text_align": "right",
        "rtl": True,
        "show_copy_button": True,
    }
    box = Textbox("Hello", **looks)
    assert box.initial() == "Hello"
    assert {name: getattr(box, name) for name in looks} == looks


def test_a_plain_textbox_has_none_of_it() -> None:
    box = Textbox()
    assert (box.placeholder, box.autocomplete, box.text_align, box.max_length) == (None, None, None, None)
    assert (box.autofocus, box.rtl, box.show_copy_button) == (False, False, False)
