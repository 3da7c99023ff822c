"""The registry: finding a component by the name that a script uses for it."""

import subprocess
import sys
from typing import Any, ClassVar

import pytest

from minidemo import Component, ConfigurationError, Image, Number, Radio, Textbox
from minidemo.components import registry
from minidemo.components.registry import resolve, shortcuts


class Rating(Radio):
    """A component of the author's own."""

    shortcuts: ClassVar = {"thumbs": {"choices": ["up", "down"]}}


class Poem(Textbox):
    """Another, with no names but its own."""


class Even(Number):
    """A number that looks like any other."""

    @classmethod
    def name(cls) -> str:
        """Return the name of its template."""
        return "number"


class _Hidden(Component):
    """What several components of the author have in common."""


class Shown(_Hidden):
    """One of them."""


@pytest.mark.parametrize("name", ["text", "TEXT", "Textbox", "textbox"])
def test_a_name_is_found_in_any_case(name: str) -> None:
    assert type(resolve(name)) is Textbox


def test_each_name_makes_a_component_anew() -> None:
    assert resolve("text") is not resolve("text")


def test_a_class_makes_a_component() -> None:
    assert type(resolve(Textbox)) is Textbox


def test_a_component_is_itself() -> None:
    box = Textbox()
    assert resolve(box) is box


def test_a_name_may_stand_for_arguments() -> None:
    assert shortcuts()["pil"] == (Image, {"type": "pil"})
    assert shortcuts()["textarea"] == (Textbox, {"lines": 7})


def test_an_authors_own_component_is_found_as_well() -> None:
    assert type(resolve("rating")) is Rating
    thumbs = resolve("thumbs")
    assert isinstance(thumbs, Rating)
    assert thumbs.choices == [("up", "up"), ("down", "down")]


def test_an_authors_own_component_leaves_those_of_its_base_alone() -> None:
    assert type(resolve("poem")) is Poem
    assert type(resolve("textarea")) is Textbox


def test_a_component_that_looks_like_its_base_leaves_it_its_name() -> None:
    assert Even.name() == "number"
    assert type(resolve("number")) is Number


def test_an_authors_own_component_comes_before_a_built_in_one_of_its_name() -> None:
    script = (
        "import minidemo as gr\n"
        "from minidemo.components.registry import resolve\n"
        "class Slider(gr.Component): ...\n"
        "class Microphone(gr.Component): shortcuts = {'mic': {}}\n"
        "assert type(resolve('slider')) is Slider and type(resolve('mic')) is Microphone\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_components_have_in_common_is_no_component() -> None:
    assert "_hidden" not in shortcuts()
    assert shortcuts()["shown"] == (Shown, {})


def test_an_unknown_name_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(ConfigurationError, match=r"^There is no component 'Sliderr'\. Did you mean 'slider'\?$"):
        resolve("Sliderr")


@pytest.mark.parametrize(("word", "name"), [("string", "text"), ("Float", "number"), ("img", "image")])
def test_a_common_word_is_answered_with_the_component(word: str, name: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"no component '{word}'\. Did you mean '{name}'\?$"):
        resolve(word)


def test_the_answers_to_common_words_are_components() -> None:
    assert set(registry.OTHER_WORDS.values()) <= shortcuts().keys()
    assert not registry.OTHER_WORDS.keys() & shortcuts().keys()


def test_a_name_like_no_other_is_refused_with_all_that_are_known() -> None:
    with pytest.raises(ConfigurationError, match=r"^There is no component 'qqq'\. Known are: .*bool, .*box, .*\.$"):
        resolve("qqq")


@pytest.mark.parametrize("spec", [5, None, str, ["text"], object])
def test_what_is_neither_a_name_nor_a_component_is_refused(spec: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolve(spec)
    assert str(caught.value) == f"A component must be a name such as 'text', or a component, but got {spec!r}."
