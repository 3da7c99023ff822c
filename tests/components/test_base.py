"""Component: what an author's own component gets from its base, in a few lines."""

from typing import Any

import pytest

from minidemo import Component, ConfigurationError, InputError, Interface


class Stars(Component):
    """One to five stars."""

    def __init__(self, value: object = None, *, most: int = 5, **options: Any) -> None:
        super().__init__(value, **options)
        self.most = most

    def preprocess(self, value: Any) -> int:
        if value not in range(1, self.most + 1):
            raise InputError(f"{self.title} must be 1 to {self.most} stars.")
        return int(value)


class Plain(Component):
    """Hands everything on."""


def test_what_is_not_overridden_hands_the_value_on() -> None:
    assert Plain().preprocess("a") == "a"
    assert Plain().postprocess("a") == "a"
    assert Stars(3).initial() == 3
    assert (Plain().schema(), Plain("a").example()) == ({}, "a")


def test_a_flag_holds_the_value_as_text() -> None:
    assert [Plain().flag(value) for value in ("a", 5, True, None)] == ["a", "5", "True", None]
    assert [Plain().read_from_flag(cell) for cell in ("a", "", None)] == ["a", None, None]


def test_a_component_is_called_by_its_label_or_its_class() -> None:
    assert Stars().title == "Stars"
    assert Stars(label="Service").title == "Service"
    with pytest.raises(InputError, match=r"^Service must be 1 to 3 stars\.$"):
        Stars(label="Service", most=3).preprocess(4)


def test_a_component_is_named_after_its_class() -> None:
    assert Stars.name() == "stars"
    assert Stars().template == "components/stars.html"
    assert Stars.widget is None


def test_an_argument_of_its_own_is_among_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"^Stars got an unknown argument 'mots'\. Did you mean 'most'\?$"):
        Stars(mots=3)


def test_what_concerns_looks_that_there_are_not_is_accepted() -> None:
    assert Stars(4, show_fullscreen_button=False, buttons=["copy"], render=True).initial() == 4


def test_classes_may_be_given_as_text() -> None:
    assert Plain(elem_classes="big  red").elem_classes == ["big", "red"]
    assert Plain(elem_classes=["big"]).elem_classes == ["big"]
    assert Plain(elem_classes=None).elem_classes == []


def test_a_callable_is_asked_for_each_page() -> None:
    values = iter([1, 2, None])
    stars = Stars(lambda: next(values))
    assert [stars.initial(), stars.initial(), stars.initial()] == [1, 2, None]


def test_every_component_can_be_an_input_unless_it_says_otherwise() -> None:
    demo = Interface(lambda stars: stars * "*", Stars(), "text")
    assert demo(3) == "***"


def test_a_visitor_may_write_anything_unless_the_component_says_otherwise() -> None:
    assert Plain().visitor_writes
    assert not Plain.takes_files


def test_a_component_is_a_leaf_of_the_page() -> None:
    stars = Stars()
    assert list(stars.walk()) == [stars]
