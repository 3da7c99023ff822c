"""Lists, sets, arrays and series are alike wherever a component or an argument takes several values."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import minidemo as gr
from tests.components.containers import CONTAINERS
from tests.visitor import Visitor

Container = Callable[[Sequence[Any]], Any]
EACH = pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS)
ITEMS = pytest.mark.parametrize("items", [[0, 2], ["a", "c"], [0.5], [7]], ids=str)
CHOICES: list[Any] = [0, 1, 2, 7, "a", "b", "c", 0.5, 2.5]


def shown(output: gr.Component, value: Any) -> Any:
    """Return what a page gets of a function's result."""
    return json.loads(json.dumps(output.postprocess(value)))


def sort(items: Any) -> list[Any]:
    """Return the items in an order that sets have, too."""
    return sorted(items, key=lambda item: (str(type(item)), item))


@EACH
@ITEMS
def test_several_choices_are_ticked(container: Container, items: list[Any]) -> None:
    assert sort(shown(gr.CheckboxGroup(CHOICES), container(items))) == sort(items)
    assert sort(shown(gr.Dropdown(CHOICES, multiselect=True), container(items))) == sort(items)
    assert sort(gr.CheckboxGroup(CHOICES, value=container(items)).initial()) == sort(items)


@EACH
@ITEMS
@pytest.mark.parametrize("kind", [gr.Radio, gr.Dropdown, gr.CheckboxGroup])
def test_choices_are_offered(kind: Any, container: Container, items: list[Any]) -> None:
    component = kind(container(items))
    assert sort(value for _, value in component.choices) == sort(items)
    assert {type(value) for _, value in component.choices} == {type(item) for item in items}
    assert json.loads(json.dumps(component.schema()))


@EACH
@ITEMS
def test_json_is_a_list(container: Container, items: list[Any]) -> None:
    assert sort(shown(gr.JSON(), container(items))) == items
    assert shown(gr.JSON(), {"a": [container(items[:1])]}) == {"a": [items[:1]]}


@EACH
@ITEMS
def test_a_table_has_a_column_of_them(container: Container, items: list[Any]) -> None:
    assert sort(cell for (cell,) in shown(gr.Dataframe(), container(items))["data"]) == items
    assert shown(gr.Dataframe(), [container(items[:1])])["data"] == [items[:1]]
    assert shown(gr.Dataframe(), {"x": container(items[:1])})["data"] == [items[:1]]
    assert shown(gr.Dataframe(headers=container(items[:1])), [[5]])["headers"] == items[:1]


@EACH
@pytest.mark.parametrize("inner", [lambda item: item, lambda item: {"a": item}, lambda item: [item]])
def test_a_cell_holds_all_of_them(container: Container, inner: Callable[[Any], Any]) -> None:
    column = pd.Series([inner(container([7])), "plain"], dtype=object)
    cells = shown(gr.Dataframe(), pd.DataFrame({"x": column}))["data"]
    assert cells == [[{"[7]": "[7]", "[[7]]": "[[7]]"}.get(str(inner([7])), '{"a": [7]}')], ["plain"]]


@EACH
def test_each_call_of_a_batch_gets_its_own(container: Container) -> None:
    def double(numbers: list[int]) -> Any:
        return [container([number * 2 for number in numbers])]

    assert Visitor(gr.Interface(double, "number", "number", batch=True)).result(21) == [42]


@EACH
def test_text_and_label_are_a_pair(container: Container) -> None:
    pair = container(["Ada", "b"])
    wire = shown(gr.HighlightedText(), [pair])
    assert wire[0] in ({"token": "Ada", "class_or_confidence": "b"}, {"token": "b", "class_or_confidence": "Ada"})


def test_arrays_of_a_batch_stay_arrays() -> None:
    demo = gr.Interface(lambda names: [np.zeros((len(names), 2, 3, 3), "uint8")], "text", "image", batch=True)
    assert Visitor(demo).result("x")[0]["mime_type"] == "image/png"


def test_a_batch_of_another_length_is_refused() -> None:
    results = iter([np.array([1, 2]), [np.array([1, 2])], [np.array(1)], 5, "x"])
    visitor = Visitor(gr.Interface(lambda _: next(results), "number", "number", batch=True))
    for _ in range(5):
        assert visitor.predict(1).status_code == 500


def test_an_array_of_thousands_is_one_cell() -> None:
    frame = pd.DataFrame({"e": [np.arange(2000), np.array([7])]})
    assert shown(gr.Dataframe(), frame)["data"] == [[str([*range(2000)])], ["[7]"]]


def test_an_array_of_two_dimensions_is_one_cell() -> None:
    frame = pd.DataFrame({"e": [np.eye(2, dtype=int), None]})
    assert shown(gr.Dataframe(), frame)["data"] == [["[[1, 0], [0, 1]]"], [None]]


def test_what_json_cannot_say_is_text_in_a_cell() -> None:
    loop: list[Any] = []
    loop.append(loop)
    frame = pd.DataFrame({"e": [[1j, np.datetime64("2024-01-02T03:04:05", "ns")], {(1, 2): 3}, loop]})
    assert shown(gr.Dataframe(), frame)["data"] == [['["1j", "2024-01-02 03:04:05"]'], ["{(1, 2): 3}"], ["[[...]]"]]


def test_text_beside_a_list_has_quotes_only_where_json_would_read_it_otherwise() -> None:
    texts = ["plain", "", "1", "[1", "[1]", "null", '"a"', "NaN", "[" * 100_000]
    frame = pd.DataFrame({"o": [*texts, [1, 2], 5, None]}, dtype=object)
    cells = [cell for (cell,) in gr.Dataframe(value=frame).initial()["data"]]
    assert cells[:8] == ["plain", "", '"1"', "[1", '"[1]"', '"null"', '"\\"a\\""', '"NaN"']
    assert cells[9:] == ["[1, 2]", "5", None]
    back = gr.Dataframe().preprocess(gr.Dataframe().postprocess(frame))
    assert back["o"].tolist() == [*texts, [1, 2], 5, None]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (pd.Series({"cat": 0.7}), {"cat": 0.7}),
        (pd.Series({2024: 1, 2025: 2}), {"2024": 1, "2025": 2}),
        (pd.Series([0, 1, 2])[::2], {"0": 0, "2": 2}),
        (pd.Series([1, 2]), [1, 2]),
        (pd.Series([1, 2], index=["a", "a"]), [1, 2]),
        (pd.Series({"x": pd.NaT, "y": pd.Timestamp("2024-05-17")}), {"x": None, "y": "2024-05-17T00:00:00"}),
        (pd.Series([None, "a"]).value_counts(), {"a": 1}),
    ],
)
def test_a_series_with_labels_is_a_dictionary(series: Any, expected: Any) -> None:
    assert shown(gr.JSON(), series) == expected
    assert shown(gr.JSON(), [series]) == [expected]


@pytest.mark.parametrize(
    "missing",
    [pd.NaT, pd.NA, np.nan, np.datetime64("NaT"), np.datetime64("NaT", "ns"), None, np.float32("nan")],
    ids=str,
)
def test_missing_values_are_null(missing: Any) -> None:
    for value in (missing, [missing], {"a": (missing,)}, pd.Series([missing], dtype=object)):
        assert str(shown(gr.JSON(), value)) in ("None", "[None]", "{'a': [None]}")
    records = pd.DataFrame({"when": [pd.Timestamp("2024-05-17"), missing]}).to_dict("records")
    assert shown(gr.JSON(), records)[1] == {"when": None}


def test_times_of_numpy_are_text() -> None:
    moments = np.array(["2024-05-17T01:02:03", "NaT"], "datetime64[ns]")
    assert shown(gr.JSON(), moments) == ["2024-05-17T01:02:03", None]
    assert shown(gr.JSON(), {"a": moments[0], "b": np.timedelta64(1, "ns")}) == {
        "a": "2024-05-17T01:02:03",
        "b": "PT0S",
    }


def test_a_series_of_confidences() -> None:
    label = shown(gr.Label(), pd.Series({"cat": 0.25, "dog": 0.75}))
    assert label["label"] == "dog"
    assert [each["label"] for each in label["confidences"]] == ["dog", "cat"]


def test_pairs_of_an_array_are_choices_with_labels() -> None:
    assert gr.Radio(np.array([["A", "a"], ["B", "b"]])).choices == [("A", "a"), ("B", "b")]


@EACH
def test_examples_are_rows(container: Container) -> None:
    demo = gr.Interface(lambda text: text, "text", "text", examples=container(["a", "b"]))
    visitor = Visitor(demo)
    assert sorted(visitor.example(i).json()["values"]["0"] for i in range(2)) == ["a", "b"]
    rows = gr.Interface(lambda a, b: a + b, ["text", "text"], "text", examples=[container(["a", "b"])])
    assert sorted(Visitor(rows).example(0).json()["values"].values()) == ["a", "b"]


@EACH
def test_several_files_are_shown(container: Container) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(name)
    files = gr.File(file_count="multiple").postprocess(container(["a.txt", "b.txt"]))
    assert sorted(file.name for file in files) == ["a.txt", "b.txt"]
