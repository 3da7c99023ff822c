"""Dataframe: whatever a function returns to be shown as a table."""

import datetime
import decimal
import json
import math
import re
import sys
from pathlib import Path
from typing import Any

import numpy
import pandas
import polars
import pytest

from minidemo import ConfigurationError, Dataframe, Interface, OutputError
from minidemo.stores.files import FileStore
from tests.visitor import Visitor


def shown(value: Any, **options: Any) -> Any:
    return FileStore().copy_files(Dataframe(label="T", **options).postprocess(value))


def there_and_back(value: Any, kind: Any) -> Any:
    component = Dataframe(type=kind)
    return component.preprocess(component.postprocess(value))


def test_a_frame_of_pandas_comes_back_with_all_its_types() -> None:
    frame = pandas.DataFrame(
        {
            "large": [2**60, 1],
            "float": [1.5, math.nan],
            "whole": [1.0, 2.0],
            "infinite": [math.inf, -math.inf],
            "small": numpy.array([0.1, 3], dtype="float32"),
            "byte": numpy.array([0, 255], dtype="uint8"),
            "text": ["a", None],
            "bool": [True, False],
            "day": pandas.to_datetime(["2024-05-17", "2024-05-18"]),
            "time": pandas.to_datetime(["2024-05-17T12:30:00.000000001", None]),
            "zone": pandas.to_datetime(["2024-10-27T02:30+01:00", None], utc=True).tz_convert("Europe/Berlin"),
            "span": pandas.to_timedelta(["1 days 02:03:04.000000005", None]),
            "Int64": pandas.array([1, None], dtype="Int64"),
            "Float64": pandas.array([0.5, None], dtype="Float64"),
            "boolean": pandas.array([True, None], dtype="boolean"),
            "string": pandas.array(["a", None], dtype="string"),
            "category": pandas.Categorical(["b", None], ["b", "a"], ordered=True),
            "object": pandas.Series([None, math.nan], dtype=object),
            "numbers": pandas.Series([1, 2**70], dtype=object),
            "nested": [[1, 2], {"a": None}],
            "mixed": pandas.Series(["NaN", math.nan], dtype=object),
        }
    )
    pandas.testing.assert_frame_equal(there_and_back(frame, "pandas"), frame)


def test_missing_and_not_a_number_are_told_apart() -> None:
    array = pandas.arrays.FloatingArray(numpy.array([math.nan, 0.0]), numpy.array([False, True]))
    held = shown(pandas.DataFrame({"x": array}))
    assert held["data"] == [["NaN"], [None]]
    again = Dataframe().preprocess(held)["x"].array
    assert again.isna().tolist() == [False, True]
    assert there_and_back([[None, math.nan]], "array")[0][0] is None
    assert math.isnan(there_and_back([[None, math.nan]], "array")[0][1])
    frame = polars.DataFrame({"x": [None, math.nan]})
    assert there_and_back(frame, "polars")["x"].is_nan().to_list() == [None, True]


def test_what_has_no_type_of_ours_is_shown_as_text() -> None:
    frame = pandas.DataFrame(
        {
            "period": pandas.period_range("2024-01", periods=2, freq="M"),
            "complex": [1 + 2j, None],
            "decimal": [decimal.Decimal("1.10"), datetime.date(2024, 5, 17)],
            "interval": pandas.Categorical(pandas.cut(pandas.Series([1, 2]), [0, 1, 2])),
            "missing": pandas.Series([pandas.NA, pandas.NaT], dtype=object),
            "arrow": pandas.array([1, None], dtype="int64[pyarrow]"),
        }
    )
    assert shown(frame)["data"] == [
        ["2024-01", "(1+2j)", "1.10", "(0, 1]", None, 1],
        ["2024-02", None, "2024-05-17", "(1, 2]", None, None],
    ]


def test_arrays_of_numpy_come_back() -> None:
    for array in (
        numpy.array([[1, 2], [3, 4]], dtype="int8"),
        numpy.array([[0.1, math.nan]], dtype="float16"),
        numpy.array([["2024-05-17", "NaT"]], dtype="datetime64[D]"),
        numpy.array([[1, -1]], dtype="timedelta64[s]"),
        numpy.array([["a", 2**70], [None, math.inf]], dtype=object),
        numpy.array([[True]]),
    ):
        again = there_and_back(array, "numpy")
        assert again.dtype == array.dtype
        numpy.testing.assert_array_equal(again, array)
    assert shown(numpy.array(["a", "b"]))["data"] == [["a"], ["b"]]
    assert shown(numpy.array(5))["data"] == [[5]]
    assert shown(numpy.array([[1 + 2j]]))["data"] == [["(1+2j)"]]
    assert shown(numpy.array(["2024"], dtype="datetime64[Y]"))["data"] == [["2024-01-01"]]
    with pytest.raises(OutputError, match=r"T shows arrays of one or two dimensions, but got one of shape \(1, 1, 1\)"):
        shown(numpy.zeros((1, 1, 1)))


def test_a_frame_of_polars_comes_back_with_its_types() -> None:
    moment = datetime.datetime(2024, 5, 17, 12, 30, 0, 7)
    frame = polars.DataFrame(
        {
            "int": [1, None],
            "byte": polars.Series([1, 255], dtype=polars.UInt8),
            "float": polars.Series([math.nan, None], dtype=polars.Float32),
            "bool": [True, None],
            "text": ["a", None],
            "day": [moment.date(), None],
            "time": [moment, None],
            "span": [datetime.timedelta(days=-1, seconds=1), None],
        }
    ).with_columns(zone=polars.col("time").dt.replace_time_zone("Europe/Berlin"))
    assert there_and_back(frame, "polars").equals(frame)
    assert there_and_back(frame, "polars").schema == frame.schema
    assert shown(frame.lazy())["data"] == shown(frame)["data"]
    assert shown(frame["text"])["data"] == [["a"], [None]]
    others = polars.DataFrame({"nested": [[1, 2], None], "at": [datetime.time(12), None], "none": [None, None]})
    assert shown(others)["data"] == [["[1, 2]", "12:00:00", None], [None, None, None]]
    whole = polars.DataFrame({"a": [True], "b": [1]})
    assert shown(whole)["metadata"] is None
    with pytest.raises(OutputError, match="T shows a frame of polars, but got Int64"):
        shown(polars.Int64())


def test_lists_are_rows_and_short_ones_are_filled_up() -> None:
    assert shown([["a", 1], ["b"]])["data"] == [["a", 1], ["b", None]]
    assert shown([1, 2])["data"] == [[1], [2]]
    assert shown(("a", numpy.float64(1.5)))["data"] == [["a"], [1.5]]
    assert shown([numpy.array([1, 2]), {3}])["data"] == [[1, 2], [3, None]]
    assert shown([], headers=["a", "b"]) == {"headers": ["a", "b"], "data": [], "metadata": None}
    assert shown([[1, 2]], headers=["a"])["headers"] == ["a", "2"]
    assert shown([[], []]) == {"headers": [], "data": [[], []], "metadata": None}
    assert shown([[[1, (2, None)]]])["data"] == [["[1, [2, null]]"]]


def test_subclasses_are_shown_as_what_they_are() -> None:
    class Text(str):
        __slots__ = ()

    circle: list[Any] = []
    circle.append(circle)
    assert shown([[Text("a"), datetime.date(2024, 5, 17), [circle]]])["data"] == [["a", "2024-05-17", "[[[...]]]"]]


def test_a_dictionary_has_data_and_headers_or_columns() -> None:
    assert shown({"data": [[1]], "headers": ["a"]}) == {"headers": ["a"], "data": [[1]], "metadata": None}
    assert shown({"data": [[1]]})["headers"] == ["1"]
    assert shown({"a": [1, 2], "b": (3, 4)})["data"] == [[1, 3], [2, 4]]
    for wrong in ({"a": [1], "b": [1, 2]}, {"a": 5}):
        with pytest.raises(OutputError, match="T shows a dictionary with data and headers, or one of columns of one"):
            shown(wrong)


def test_a_styler_gives_its_text_and_colours_and_nothing_else() -> None:
    frame = pandas.DataFrame({"a": [1.25, math.nan]})

    def look(value: float) -> str:
        return "color: red; position: fixed; background: url(x)" if value > 1 else "font-weight: bold; background: #ff0"

    held = shown(frame.style.map(look).format(precision=1, na_rep="-"))
    assert held["data"] == [[1.25], [None]]
    assert held["metadata"] == {
        "display_value": [["1.2"], ["-"]],
        "styling": [["color: red"], ["font-weight: bold; background-color: #ff0"]],
    }
    pandas.testing.assert_frame_equal(Dataframe().preprocess(held), frame)


@pytest.mark.parametrize("look", [lambda style: style, lambda style: style.format("in {}").highlight_max()])
def test_what_a_styler_hides_is_left_out_everywhere(look: Any) -> None:
    frame = pandas.DataFrame({"name": ["Ada", "Bob", "Cy"], "secret": ["s1", "s2", "s3"], "born": [1815, 1900, 1950]})
    hidden = look(frame.style.hide(axis="columns", subset=["secret"]).hide(axis="index", subset=[1]))
    demo = Interface(lambda: hidden, None, Dataframe(label="T"))
    visitor = Visitor(demo)
    run = visitor.predict().json()
    assert run["data"][0]["headers"] == ["name", "born"]
    assert run["data"][0]["data"] == [["Ada", 1815], ["Cy", 1950]]
    visitor.flag(run["run"])
    for text in (json.dumps(run), Path("flagged/logs.csv").read_text(), fresh_page(hidden)):
        assert "Ada" in text
        assert not {"secret", "s1", "s2", "s3", "Bob", "1900"} & set(re.findall(r"\w+", text))


def test_headers_that_a_styler_hides_are_left_out() -> None:
    frame = pandas.DataFrame({("group", "secret"): [1], ("group", "b"): [2]})
    assert shown(frame.style.hide(axis="columns"))["headers"] == ["", ""]
    assert shown(frame.style.hide(axis="columns", level=1))["headers"] == ["group", "group"]
    assert shown(frame.style.hide(axis="index").hide(names=True))["data"] == [[1, 2]]


def fresh_page(value: Any) -> str:
    """Return a page that shows a table at first."""
    return Visitor(Interface(lambda table: "", Dataframe(value=value), "text")).http.get("/").text


def test_a_dictionary_may_say_how_cells_look() -> None:
    looks = {"display_value": [["one"]], "styling": [["color: red; top: 0"]]}
    held = shown({"headers": ["a"], "data": [[1]], "metadata": looks})
    assert held["metadata"] == {"display_value": [["one"]], "styling": [["color: red"]]}
    assert shown({"data": [[1]], "metadata": {"styling": [["color: red"], []]}})["metadata"] is None


def test_series_are_shown_as_a_column() -> None:
    assert shown(pandas.Series([1, 2], name="n")) == {"headers": ["n"], "data": [[1], [2]], "metadata": None}


def test_what_has_an_array_is_shown_as_one() -> None:
    class Tensor:
        def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
            return numpy.array([[1, 2]])

    assert shown(Tensor())["data"] == [[1, 2]]


@pytest.mark.parametrize("value", [5, object(), b"x"])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(OutputError, match=r"T shows a frame of pandas or polars, .* but got (int|object|bytes)"):
        shown(value)


def test_a_csv_file_is_read_where_its_author_names_it() -> None:
    Path("prices.csv").write_text("what,paid\ntea,1.5\n")
    assert Dataframe("prices.csv").initial()["data"] == [["tea", 1.5]]
    assert Dataframe(lambda: "prices.csv").initial()["headers"] == ["what", "paid"]
    assert shown(Path("prices.csv"))["data"] == [["tea", 1.5]]
    with pytest.raises(OutputError, match=r"T got text; of a CSV file, return the path: pathlib.Path\('prices.csv'\)"):
        shown("prices.csv")


def test_a_csv_file_that_may_not_be_shown_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("work", "tmp", "elsewhere"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.csv").write_text("a\n1\n")
    (tmp_path / "work" / ".x.csv").write_text("a\n1\n")
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    for allowed in (Path("x.csv"), tmp_path / "tmp" / "x.csv"):
        assert shown(allowed)["data"] == [[1]]
    for refused in (Path(".x.csv"), tmp_path / "elsewhere" / "x.csv", Path("/etc/passwd")):
        with pytest.raises(OutputError, match=f"the file '{refused.name}', which lies outside .* or is hidden"):
            shown(refused)


def test_without_pandas_a_csv_file_is_told_to_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("prices.csv").write_text("what\n1\n")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(OutputError, match=r"T needs pandas to read prices.csv. Run: pip install 'minidemo\[pandas\]'"):
        shown(Path("prices.csv"))


def test_a_csv_file_that_is_none_is_told() -> None:
    Path("bad.csv").write_text('"a')
    with pytest.raises(OutputError, match=r"T cannot read bad.csv as CSV: "):
        shown(Path("bad.csv"))
    with pytest.raises(OutputError, match=r"the path 'missing.csv', but there is no such file"):
        shown(Path("missing.csv"))
    with pytest.raises(ConfigurationError, match="The initial value does not fit"):
        Interface(lambda x: x, Dataframe("missing.csv"), "text")


def test_a_visitor_who_writes_a_path_reads_no_file() -> None:
    Path("prices.csv").write_text("what\n1\n")
    demo = Interface(lambda x: x, "text", Dataframe(), flagging_mode="never")
    answer = Visitor(demo).predict("prices.csv")
    assert answer.status_code == 500
    assert "what" not in answer.text
