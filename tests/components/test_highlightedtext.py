"""HighlightedText: what is shown of pairs and entities."""

import math
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import HighlightedText, Interface, OutputError
from minidemo.components.registry import resolve
from tests.visitor import Visitor

TEXT = "Ada was in London"


def shown(value: Any, **options: Any) -> list[tuple[str, Any]]:
    held = HighlightedText(**options).postprocess(value)
    return [(piece["token"], piece["class_or_confidence"]) for piece in held]


@pytest.mark.parametrize("key", ["entity", "entity_group"])
def test_a_text_is_cut_at_its_entities(key: str) -> None:
    entities = [{key: "place", "start": 11, "end": 17}, {key: "person", "start": 0, "end": 3}]
    expected = [("Ada", "person"), (" was in ", None), ("London", "place")]
    assert shown({"text": TEXT, "entities": entities}) == expected
    assert shown({"text": TEXT, "entities": []}) == [(TEXT, None)]
    assert shown({"text": "", "entities": []}) == []


@pytest.mark.parametrize(
    "entities",
    [
        [{"entity": "a", "start": 0, "end": 99}],
        [{"entity": "a", "start": 3, "end": 1}],
        [{"entity": "a", "start": 0, "end": 3}, {"entity": "b", "start": 2, "end": 4}],
        [{"entity": "a"}],
        [{"start": None, "end": 3}],
        ["a"],
        5,
    ],
)
def test_entities_that_do_not_fit(entities: Any) -> None:
    with pytest.raises(OutputError, match=r"^Names shows a text and its entities, each with .* but got \{'text'"):
        HighlightedText(label="Names").postprocess({"text": TEXT, "entities": entities})


@pytest.mark.parametrize(
    "returned", [5, ["ab"], [("a",)], [(5, "b")], [("a", [1, 2])], [("a", "b", "c")], [("a", object())]]
)
def test_what_are_no_pairs_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError, match=r"^Names shows a list of \(text, label\), but got "):
        HighlightedText(label="Names").postprocess(returned)


@pytest.mark.parametrize(
    ("score", "kept"), [(0.5, 0.5), (numpy.float32(0.5), 0.5), (math.nan, "NaN"), (True, 1), (None, None)]
)
def test_scores_are_numbers_of_any_kind(score: Any, kept: Any) -> None:
    assert shown([("a", score)]) == [("a", kept)]


def test_neighbours_of_one_label_become_one() -> None:
    pairs = [("a", "x"), ("b", "x"), ("c", None), ("d", None), ("e", "y")]
    assert shown(pairs) == pairs
    assert shown(pairs, combine_adjacent=True) == [("ab", "x"), ("cd", None), ("e", "y")]
    assert shown(pairs, combine_adjacent=True, adjacent_separator=" ")[0] == ("a b", "x")


@given(st.lists(st.tuples(st.sampled_from(["foo", "bar", ""]), st.sampled_from(["x", None])), max_size=6))
def test_empty_texts_are_no_neighbours(pairs: list[tuple[str, str | None]]) -> None:
    assert shown(pairs) == pairs
    joined = shown(pairs, combine_adjacent=True, adjacent_separator=" ")
    full = [pair for pair in pairs if pair[0]]
    assert joined == shown(full, combine_adjacent=True, adjacent_separator=" ")
    assert [word for text, _ in joined for word in text.split(" ")] == [text for text, _ in full]


def test_a_flag_holds_pairs() -> None:
    component = HighlightedText()
    assert component.flag(component.postprocess([("é", "a"), (" b", None)])) == '[["é", "a"], [" b", null]]'


def test_it_has_a_short_name() -> None:
    assert type(resolve("highlight")) is HighlightedText


def test_the_text_can_be_read_before_any_script_runs() -> None:
    page = Visitor(
        Interface(
            lambda x: x,
            HighlightedText([("a<b", "x"), (" c", None)], rtl=True),
            HighlightedText([("d", "y")], color_map={"y": '"red'}, show_legend=True, show_inline_category=False),
        )
    ).http.get("/").text  # fmt: skip
    assert "a&lt;b c</textarea>" in page
    assert 'dir="rtl"' in page
    assert '<p class="marked-text" dir="auto">d</p>' in page
    assert "data-legend" in page


def test_spaces_around_the_parts_may_be_left_out() -> None:
    value = [(" Ada ", "person"), (" ", None), (" was here. ", None)]
    bare = HighlightedText(show_whitespaces=False).postprocess(value)
    assert [piece["token"] for piece in bare] == ["Ada", "was here."]
    assert [piece["token"] for piece in HighlightedText().postprocess(value)] == [" Ada ", " ", " was here. "]
