"""JSON: lists and dictionaries of anything that JSON can say."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy
import pytest
from pydantic import BaseModel

from minidemo import JSON, Interface, OutputError
from tests.visitor import Visitor


@dataclass
class Point:
    x: float
    y: float


class Place(BaseModel):
    name: str
    at: tuple[int, int]


class Table:
    """Stands for a table of pandas."""

    def to_dict(self) -> dict[str, list[float]]:
        return {"column": [1.0, math.nan]}


class Secret:
    def __repr__(self) -> str:
        return "Secret()"


@pytest.mark.parametrize("value", [{"a": [1, 2.5, True, None, "text"]}, [], {}, 5, 0.1, True, "text", 10**400, -0.0])
def test_what_json_can_say_is_handed_on_both_ways(value: Any) -> None:
    assert JSON().preprocess(value) == value
    assert JSON().postprocess(value) == value


@pytest.mark.parametrize(
    ("returned", "shown"),
    [
        (Point(1, 0.5), {"x": 1, "y": 0.5}),
        (Place(name="Here", at=(1, 2)), {"name": "Here", "at": [1, 2]}),
        ([datetime(2026, 1, 2, 3, 4, tzinfo=UTC), date(2026, 1, 2)], ["2026-01-02T03:04:00Z", "2026-01-02"]),
        ({"path": Path("a") / "b"}, {"path": "a/b"}),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Decimal("0.10"), "0.10"),
        ((1, (2,)), [1, [2]]),
        ({1: "one"}, {"1": "one"}),
        ({3}, [3]),
        (b"text", "text"),
        (numpy.arange(4).reshape(2, 2), [[0, 1], [2, 3]]),
        ({"mean": numpy.float32(0.5), "n": numpy.int64(3), "ok": numpy.bool_(True)}, {"mean": 0.5, "n": 3, "ok": True}),
        (Table(), {"column": [1.0, None]}),
        ([math.nan, math.inf, {"a": -math.inf}, 1e308], [None, None, {"a": None}, 1e308]),
        (numpy.array([1, math.nan]), [1.0, None]),
    ],
)
def test_what_json_has_no_word_for_is_turned_into_what_it_has(returned: Any, shown: Any) -> None:
    assert JSON().postprocess(returned) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [('{"a": 1}', {"a": 1}), (" \n[1, 2]", [1, 2]), ("[NaN]", [None]), ("5", "5"), ("", ""), ('"quoted"', '"quoted"')],
)
def test_text_that_holds_a_list_or_an_object_is_parsed(text: str, shown: Any) -> None:
    assert JSON().postprocess(text) == shown


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("{'a': 1}", "\"{'a': 1}\""), ("[1, 2", "'[1, 2'"), ("{", "'{'"), ("[" * 100_000, "'" + "[" * 59)],
)
def test_text_that_only_begins_like_json_cannot_be_shown(text: str, quoted: str) -> None:
    with pytest.raises(OutputError) as caught:
        JSON(label="Answer").postprocess(text)
    assert str(caught.value) == f"Answer got text that is not valid JSON: {quoted}."


def endless() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


@pytest.mark.parametrize(
    ("returned", "quoted"),
    [
        (Secret(), "Secret Secret()"),
        ([Secret()], "list [Secret()]"),
        (b"\xff", r"bytes b'\xff'"),
        (endless(), "list [[...]]"),
        (numpy.ndarray, "type <class 'numpy.ndarray'>"),
    ],
)
def test_what_has_no_json_form_cannot_be_shown(returned: Any, quoted: str) -> None:
    with pytest.raises(OutputError) as caught:
        JSON(label="Answer").postprocess(returned)
    assert str(caught.value) == f"Answer cannot show {quoted} as JSON."


def test_a_flag_holds_the_json_on_one_line() -> None:
    assert JSON().flag({"é": ["a\nb", None, 1.0]}) == '{"é": ["a\\nb", null, 1.0]}'


def test_a_json_has_what_its_widget_needs() -> None:
    assert (JSON().open, JSON().max_height) == (False, "500px")
    json = JSON([1], open=True, max_height=None)
    assert (json.open, json.max_height, json.initial()) == (True, None, [1])


@pytest.mark.parametrize(
    ("options", "height"),
    [({}, "112"), ({"height": 100}, "100px"), ({"min_height": "5rem"}, "5rem")],
)
def test_an_output_has_a_height(options: dict[str, Any], height: str) -> None:
    page = Visitor(Interface(lambda: 1, None, JSON(**options))).http.get("/").text
    assert f'class="spacer" width="1" height="{height}"' in page
