"""Dataframe: what is particular to it; what the visitor may send, and what its arguments say."""

import json
import math
import subprocess
import sys
import tracemalloc
from typing import Any

import numpy
import pandas
import polars
import pytest

import minidemo as gr
from minidemo import ConfigurationError, Dataframe, InputError, Interface
from minidemo.components.registry import resolve
from minidemo.content.media import Media
from tests.visitor import Visitor


def wire(data: list[list[Any]], headers: list[Any] | None = None, dtypes: list[Any] | None = None) -> dict[str, Any]:
    named = headers or [str(i + 1) for i in range(len(data[0]))]
    return {"headers": named, "data": data, "metadata": {"dtypes": dtypes} if dtypes else None}


def test_the_function_gets_a_frame_of_pandas() -> None:
    frame = Dataframe().preprocess(wire([["Ada", 36, None, True], ["Bob", 5, 1.5, False]], ["name", "age", "x", "ok"]))
    expected = pandas.DataFrame({"name": ["Ada", "Bob"], "age": [36, 5], "x": [math.nan, 1.5], "ok": [True, False]})
    pandas.testing.assert_frame_equal(frame, expected)


def test_the_function_gets_an_array_of_numpy() -> None:
    numbers = Dataframe(type="numpy").preprocess(wire([[1, 2.5], [None, 4]]))
    assert numbers.dtype == "float64"
    assert numpy.array_equal(numbers, [[1, 2.5], [math.nan, 4]], equal_nan=True)
    mixed = Dataframe(type="numpy").preprocess(wire([["a", 1], [None, True]]))
    assert mixed.tolist() == [["a", 1], [None, True]]
    huge = Dataframe(type="numpy").preprocess(wire([[10**400], [0.5]]))
    assert huge.tolist() == [[10**400], [0.5]]
    large = Dataframe(type="numpy").preprocess(wire([[2**53 + 1, 0.5]]))
    assert large.tolist() == [[2**53 + 1, 0.5]]
    dates = Dataframe(type="numpy").preprocess(wire([["2024-05-17", 1]], dtypes=["datetime64[s]", None]))
    assert dates.dtype == object


def test_the_function_gets_a_list_of_rows() -> None:
    assert Dataframe(type="array").preprocess(wire([["a", 1], [None, "NaN"]])) == [["a", 1], [None, "NaN"]]
    assert Dataframe(type="array").preprocess({"data": [[1, 2]]}) == [[1, 2]]
    assert Dataframe(type="array").preprocess({"headers": [], "data": [[], []]}) == [[], []]


def test_the_function_gets_a_frame_of_polars() -> None:
    frame = Dataframe(type="polars").preprocess(wire([["Ada", 36, None], ["Bob", 5, 1.5]], ["name", "age", None]))
    assert frame.to_dict(as_series=False) == {"name": ["Ada", "Bob"], "age": [36, 5], "": [None, 1.5]}
    mixed = Dataframe(type="polars").preprocess(wire([["a", 2**70], [1, 1]]))
    assert mixed.to_dict(as_series=False) == {"1": ["a", "1"], "2": [float(2**70), 1.0]}


def test_polars_wants_names_that_differ_and_whole_characters() -> None:
    component = Dataframe(type="polars", label="Prices")
    with pytest.raises(InputError, match=r"Prices must have a header of its own for each column; 'a' is there twice\."):
        component.preprocess(wire([[1, 2]], ["a", "a"]))
    with pytest.raises(InputError, match=r"Prices must have whole characters in its text"):
        component.preprocess(wire([["\ud800"]]))


def test_a_header_may_have_half_a_character() -> None:
    sent = {"headers": ["\ud800", "b"], "data": [[1, 2]], "metadata": None}
    frame = Dataframe().preprocess(sent)
    assert list(frame.columns) == sent["headers"]
    assert Dataframe().postprocess(frame)["headers"] == sent["headers"]


def test_headers_may_be_missing_the_same_or_numbers() -> None:
    frame = Dataframe().preprocess(wire([[1, 2, 3, 4]], ["a", "a", None, 7]))
    assert frame.columns.tolist() == ["a", "a", None, 7]
    assert Dataframe().postprocess(frame)["headers"] == ["a", "a", None, 7]
    labels = pandas.DataFrame([[1, 2, 3, 4]], columns=[("a", 1), True, pandas.Timestamp("2024-05-17"), math.nan])
    assert Dataframe().postprocess(labels)["headers"] == ["('a', 1)", "True", "2024-05-17 00:00:00", None]


def test_half_a_character_goes_through_pandas() -> None:
    held = wire([["\ud800"], [None]])
    assert Dataframe().postprocess(Dataframe().preprocess(held)) == held


def test_an_empty_frame_keeps_its_types() -> None:
    frame = pandas.DataFrame({"i": [1], "f": [1.5], "s": ["a"], "t": [pandas.Timestamp("2024-05-17")]}).iloc[:0]
    held = Dataframe().postprocess(frame)
    assert held["data"] == []
    pandas.testing.assert_frame_equal(Dataframe().preprocess(held), frame)
    assert Dataframe().preprocess({"headers": ["a"], "data": [[]]}).shape == (0, 1)
    assert Dataframe(type="numpy").preprocess({"headers": ["a", "b"], "data": []}).shape == (0, 2)
    assert Dataframe(type="numpy").preprocess({"headers": [], "data": []}).shape == (0, 0)
    assert Dataframe(type="array").preprocess({"headers": ["a"], "data": []}) == []
    assert Dataframe(type="polars").preprocess(held).columns == ["i", "f", "s", "t"]
    assert Dataframe().preprocess({"headers": [], "data": []}).shape == (0, 0)


def test_a_typed_value_that_does_not_fit_changes_the_type_of_its_column() -> None:
    dtypes = ["int8", "float64", "Int64", "datetime64[us]", "datetime64[us]", "timedelta64[ns]", "str", "boolean"]
    frame = Dataframe().preprocess(
        wire([[300, 2**53 + 1, "x", "soon", "2024-05-17 12:30Z", "long", 5, "no"]], dtypes=dtypes)
    )
    assert frame.dtypes.map(str).tolist() == ["int64", "int64", "str", "str", "str", "str", "int64", "str"]
    category = {"category": ["a", "b"]}
    frame = Dataframe().preprocess(wire([["c", "9999-01-01"]], dtypes=[category, "datetime64[ns]"]))
    assert frame.to_numpy().tolist() == [["c", "9999-01-01"]]
    named = Dataframe(type="numpy").preprocess(wire([["x"]], dtypes=["float32"]))
    assert named.tolist() == [["x"]]
    frame = Dataframe(type="polars").preprocess(wire([[300, "soon", 1.5]], dtypes=["int8", "date", "float16"]))
    assert frame.rows() == [(300, "soon", 1.5)]
    odd = Dataframe().preprocess(wire([["[1", 5]], dtypes=["json", "json"]))
    assert odd.to_numpy().tolist() == [["[1", 5]]


def test_a_category_of_polars_and_a_date_of_pandas() -> None:
    frame = Dataframe(type="polars").preprocess(wire([["a", 1]], dtypes=[{"category": ["a"]}, "Float64"]))
    assert frame.rows() == [("a", 1.0)]
    assert str(Dataframe().preprocess(wire([["2024-05-17"]], dtypes=["date"])).dtypes.iloc[0]) == "datetime64[s]"


def test_a_number_is_read_by_its_name_where_the_column_is_one_of_numbers() -> None:
    frame = Dataframe(datatype=["number", "number"]).preprocess(wire([["Infinity", None, "NaN"], [1, None, "x"]]))
    assert frame["1"].tolist() == [math.inf, 1.0]
    assert str(frame["2"].dtype) == "float64"
    assert frame["3"].tolist() == ["NaN", "x"]


def test_what_is_wrong_with_a_cell_is_told_by_its_row_and_column() -> None:
    component = Dataframe(label="Prices", datatype=["str", "number", "date"])
    with pytest.raises(InputError, match=r"^Prices must have numbers in the column paid; row 2 has 'much'\.$"):
        component.preprocess(wire([["a", 1, None], ["b", "much", None]], ["what", "paid", "when"]))
    with pytest.raises(InputError, match=r"^Prices must have dates such as .* in the column when; row 1 has 5\.$"):
        component.preprocess(wire([["a", 1, 5]], ["what", "paid", "when"]))


@pytest.mark.parametrize(
    ("options", "rows", "message"),
    [
        ({"row_count": (2, "fixed")}, 3, "must have 2 rows; it has 3."),
        ({"row_limits": (2, None)}, 1, "must have at least 2 rows; it has 1."),
        ({"row_limits": (None, 2)}, 3, "must have at most 2 rows; it has 3."),
        ({"column_limits": (2, 3)}, 1, "must have at least 2 columns; it has 1."),
        ({"col_count": (3, "fixed")}, 1, "must have 3 columns; it has 1."),
    ],
)
def test_the_size_is_checked(options: Any, rows: int, message: str) -> None:
    with pytest.raises(InputError, match=f"^Prices {message}$"):
        Dataframe(label="Prices", **options).preprocess(wire([["a"]] * rows))


def test_a_size_within_the_limits_will_do() -> None:
    component = Dataframe(type="array", row_count=(2, "fixed"), column_limits=(1, 2))
    assert component.preprocess(wire([["a"], ["b"]])) == [["a"], ["b"]]


def test_an_empty_table_begins_with_what_the_author_says() -> None:
    assert Dataframe().blank == {"headers": ["1", "2", "3"], "data": [[None] * 3]}
    assert Dataframe(headers=["a"], row_count=2).blank == {"headers": ["a"], "data": [[None], [None]]}
    assert Dataframe(headers=["a"], col_count=(1, "fixed"), row_limits=(3, 5)).blank["data"] == [[None]] * 3
    assert Dataframe(column_count=5, column_limits=(0, 2), row_count=0).blank == {"headers": ["1", "2"], "data": []}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "panda"}, r"Dataframe got type='panda'\. Did you mean 'pandas'"),
        ({"datatype": "numbers"}, r"Dataframe got datatype='numbers'\. Did you mean 'number'"),
        ({"datatype": ["str", "boolean"]}, r"Dataframe got datatype='boolean'\. Did you mean 'bool'"),
        ({"row_count": -1}, r"Dataframe got -1 for the number of its rows"),
        ({"row_count": "five"}, r"Dataframe got 'five' for the number of its rows"),
        ({"column_count": (3, "fix")}, r"Dataframe got 'fix' for its columns; expected 'fixed' or 'dynamic'"),
        ({"row_limits": 3}, r"Dataframe got 3 as limits of its rows; expected \(least, most\)"),
        ({"row_limits": ("a", 3)}, r"Dataframe got \('a', 3\) as limits of its rows"),
        ({"row_limits": (3, 1)}, r"the first is above the second"),
        ({"headers": ["a"], "column_count": (2, "fixed")}, r"Dataframe got 1 headers for 2 columns"),
        ({"max_height": "tall"}, r"Dataframe got max_height='tall'; expected pixels"),
        ({"max_height": True}, r"Dataframe got max_height=True"),
        ({"column_widths": ["50%", "wide"]}, r"Dataframe got column_widths='wide'"),
        ({"show_search": "find"}, r"Dataframe got show_search='find'"),
        ({"buttons": ["print"]}, r"Dataframe got buttons='print'"),
    ],
)
def test_a_mistake_of_the_author_is_told_at_once(options: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Dataframe(**options)


def test_arguments_are_kept() -> None:
    component = Dataframe(
        max_height="60vh",
        wrap=True,
        line_breaks=False,
        column_widths=[80, "20%"],
        show_row_numbers=True,
        max_chars=20,
        show_search=True,
        pinned_columns=1,
        static_columns=[0],
        buttons=["copy"],
        show_fullscreen_button=True,
    )
    settings = json.loads(component.settings)
    assert settings["max_height"] == component.reserved_height == "60vh"
    assert (settings["wrap"], settings["line_breaks"], settings["column_widths"]) == (True, False, [80, "20%"])
    assert (settings["numbered"], settings["max_chars"], settings["pinned"]) == (True, 20, 1)
    assert (settings["show_search"], settings["static_columns"]) == ("search", [0])
    assert (component.buttons, Dataframe().buttons) == (["copy", "fullscreen"], ["copy", "fullscreen"])
    looks: dict[str, Any] = {"latex_delimiters": []}  # accepted, and without effect
    assert Dataframe(show_copy_button=False, **looks).buttons == ["fullscreen"]
    assert (component.grows("rows"), component.grows("columns")) == (True, False)
    assert (settings["rows"], settings["columns"]) == ([0, None], [0, None])
    assert json.loads(Dataframe(row_count=(2, "fixed")).settings)["rows"] == [2, 2]
    assert not Dataframe(row_count=(2, "fixed")).grows("rows")


def test_shortcuts() -> None:
    made = {name: resolve(name) for name in ("dataframe", "numpy", "matrix", "list")}
    kinds = {name: component.type for name, component in made.items() if isinstance(component, Dataframe)}
    assert kinds == {"dataframe": "pandas", "numpy": "numpy", "matrix": "array", "list": "array"}


@pytest.mark.parametrize(("kind", "package"), [("pandas", "pandas"), ("polars", "polars"), ("numpy", "numpy")])
def test_without_its_package_a_type_is_refused_with_what_to_install(kind: str, package: str) -> None:
    script = f"""
import importlib.util, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == {package!r} else find(name, *more)
import minidemo as gr
assert not {{"numpy", "pandas", "polars"}} & set(sys.modules)
try:
    gr.Interface(lambda x: x, gr.Dataframe(type={kind!r}), "text")
except gr.ConfigurationError as error:
    print(error)
gr.Interface(lambda x: x, gr.Dataframe(type="array"), "text")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert f"pip install 'minidemo[{package}]', or use Dataframe(type='array')" in done.stdout


def test_a_long_table_goes_into_a_file_of_the_flag() -> None:
    component = Dataframe()
    short, long = wire([["é"]]), wire([["é\ud800" * 20_000]])
    assert component.flag(short) == '{"headers": ["1"], "data": [["é"]], "metadata": null}'
    cell = component.flag(long)
    assert isinstance(cell, Media)
    assert cell.name == "table.json"
    assert component.read_from_flag(cell) == long


def test_a_table_can_be_put_right_without_any_package() -> None:
    component = Dataframe(type="polars")
    right = component.correction()
    assert right.type == "array"
    assert component.type == "polars"


def test_the_first_rows_can_be_read_without_a_script() -> None:
    frame = pandas.DataFrame({"name": ["<b>", None], "n": [1.0, 2.5], "ok": [True, False]})
    table = gr.Dataframe(frame, label="People", show_row_numbers=True, show_search="filter")
    page = Visitor(Interface(lambda x: x, table, gr.Dataframe(headers=["a"]))).http.get("/").text
    assert '<th scope="col" data-cell>name</th>' in page
    assert "<td>&lt;b&gt;</td>" in page
    assert '<td data-kind="number">1</td>' in page
    assert "<td>true</td>" in page


def test_an_api_client_sends_and_gets_rows() -> None:
    demo = Interface(lambda x: x.sort_values("n"), gr.Dataframe(label="x"), gr.Dataframe(), flagging_mode="never")
    (out,) = Visitor(demo).result({"headers": ["n"], "data": [[2], [1]]})
    assert out == {"headers": ["n"], "data": [[1], [2]], "metadata": None}


def test_polars_and_numpy_are_what_the_tests_think_they_are() -> None:
    assert isinstance(Dataframe(type="polars").preprocess(wire([[1]])), polars.DataFrame)
    assert isinstance(Dataframe(type="numpy").preprocess(wire([[1]])), numpy.ndarray)


def test_a_visitor_sends_a_thousand_columns_unless_the_author_has_more() -> None:
    def table(width: int) -> dict[str, Any]:
        return {"headers": [*range(width)], "data": [], "metadata": None}

    for component in (Dataframe(), Dataframe(type="numpy"), Dataframe(type="polars"), Dataframe(value=lambda: None)):
        component.initial()
        assert component.preprocess(table(1_000)).shape == (0, 1_000)
        with pytest.raises(InputError, match=r"must have at most 1,000 columns; it has 1,001\.$"):
            component.preprocess(table(1_001))
    wide = Dataframe(pandas.DataFrame(columns=[*range(1_100)]))
    wide.initial()
    for component in (
        wide,
        Dataframe(column_limits=(0, 1_100)),
        Dataframe(column_count=1_100),
        Dataframe(headers=["a"] * 1_100),
        Dataframe(column_count=(1_100, "fixed")),
    ):
        assert component.preprocess(table(1_100)).shape == (0, 1_100)
        with pytest.raises(InputError, match="columns; it has"):
            component.preprocess(table(1_101))
    for lists in (
        Dataframe(type="array"),
        Dataframe().correction(),
        Dataframe(column_limits=(0, 10_000), type="array"),
    ):
        assert lists.preprocess(table(10_000)) == []
        with pytest.raises(InputError, match=r"must have at most 10,000 columns; it has 10,001\.$"):
            lists.preprocess(table(10_001))


@pytest.mark.parametrize("type", ["array", "pandas"])
def test_too_many_columns_are_refused_before_they_take_memory(type: Any) -> None:
    count, component = 100_000, Dataframe(type=type)
    value = {"headers": [0] * count, "data": [[0] * count]}
    tracemalloc.start()
    with pytest.raises(InputError, match="columns; it has 100,000"):
        component.preprocess(value)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * count


@pytest.mark.parametrize("zone", ["dateutil//etc/hostname", "dateutil/Europe/Berlin", "../x", "/etc/localtime"])
@pytest.mark.parametrize("type", ["pandas", "polars"])
def test_a_time_zone_is_no_path(zone: str, type: Any) -> None:
    """A name of pandas' that begins with dateutil is that of a file."""
    value = wire([["2024-05-17"]], dtypes=[f"datetime64[ns, {zone}]"])
    with pytest.raises(InputError, match="must have the name of a type"):
        Dataframe(type=type).preprocess(value)


@pytest.mark.parametrize("zone", ["Europe", "Nowhere/There", "tzlocal", "a", "+", "UTC+25:00"])
@pytest.mark.parametrize("type", ["pandas", "polars", "numpy", "array"])
def test_an_unknown_time_zone_fits_no_cell(zone: str, type: Any) -> None:
    value = wire([["2024-05-17"]], dtypes=[f"datetime64[ns, {zone}]"])
    assert len(Dataframe(type=type).preprocess(value)) == 1
