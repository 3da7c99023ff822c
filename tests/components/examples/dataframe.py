"""Examples of Dataframe."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from minidemo import Dataframe
from tests.components.examples.example import FLOATS, NAMED, TEXT, Example

Column = tuple[Any, st.SearchStrategy[Any]]
"""The name of a column's type, None where the cells tell it, and the cells."""

_INT64 = st.integers(-(2**63), 2**63 - 1)
_FRACTIONS = FLOATS.filter(lambda number: not number.is_integer())
_WHOLE = st.text(st.characters(exclude_categories=["Cs"]))
_FLOAT32 = st.floats(width=32, allow_nan=False, allow_infinity=False)
_MOMENTS = st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2250, 1, 1))


def _filled(cells: st.SearchStrategy[Any]) -> Callable[[int], st.SearchStrategy[list[Any]]]:
    return lambda rows: st.lists(cells, min_size=rows, max_size=rows)


def _moment(moment: datetime.datetime) -> str:
    """Write a time to the microsecond, whose last digit is never 0, so that no column of them has a shorter form."""
    return moment.replace(microsecond=moment.microsecond // 10 * 10 + 7).isoformat(" ")


PLAIN: list[Column] = [
    (None, _INT64),
    (None, _FRACTIONS),
    (None, _WHOLE),
    (None, st.booleans()),
    (None, st.just(None)),
    (None, st.integers(2**63, 2**70)),
]
"""Columns that need no name for their type."""

LISTED: list[Column] = [
    *PLAIN,
    (None, TEXT.filter(lambda text: text not in ("NaN", "Infinity", "-Infinity")) | st.none()),
    (None, _INT64 | st.none()),
    ("json", st.lists(st.integers()).map(str)),
]
PANDAS: list[Column] = [
    *PLAIN,
    (None, TEXT.filter(lambda text: text not in ("NaN", "Infinity", "-Infinity"))),
    ("float64", st.integers(-(2**53), 2**53)),
    ("float64", st.just("Infinity")),
    ("float32", _FLOAT32.filter(lambda number: number.is_integer())),
    ("int8", st.integers(-128, 127)),
    ("uint64", st.integers(0, 2**64 - 1)),
    ("Int64", _INT64 | st.none()),
    ("Float64", NAMED),
    ("boolean", st.booleans() | st.none()),
    ("string", _WHOLE | st.none()),
    ("object", st.integers(0, 9)),
    ("object", NAMED),
    ("json", st.sampled_from(['"NaN"', "[1, null]", '{"a": "é"}'])),
    ("datetime64[us]", _MOMENTS.map(_moment)),
    ("datetime64[ns]", _MOMENTS.map(lambda moment: _moment(moment) + "001")),
    ("datetime64[us, UTC]", _MOMENTS.map(lambda moment: _moment(moment) + "+00:00")),
    ("timedelta64[ns]", st.just("-1 days 23:59:59.999999999") | st.none()),
    ({"category": ["b", "a"], "ordered": True}, st.sampled_from(["a", "b", None])),
]
POLARS: list[Column] = [
    *PLAIN[:4],
    ("float64", st.just("NaN") | st.none()),
    ("float32", _FLOAT32.filter(lambda number: number.is_integer())),
    ("uint8", st.integers(0, 255)),
    ("boolean", st.none()),
    ("datetime64[us]", _MOMENTS.map(_moment)),
    ("datetime64[us, Europe/Berlin]", st.just("2024-10-27 02:30:00.000007+01:00")),
    ("date", st.dates(datetime.date(1700, 1, 1)).map(str)),
    ("timedelta64[us]", st.just("3 days 00:00:01.000001000")),
]


@st.composite
def _tables(draw: st.DrawFn, kinds: list[Column], headers: st.SearchStrategy[Any] | None, rows: int = 1) -> Any:
    """Draw a table of a few columns; without `headers` they are numbered."""
    columns = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))
    count = draw(st.integers(rows, 4))
    data = [draw(_filled(cells)(count)) for _, cells in columns]
    names = [name for name, _ in columns]
    titles = [str(i) if headers is None else draw(headers) for i in range(1, len(columns) + 1)]
    metadata = {"dtypes": names} if any(names) else None
    return {"headers": titles, "data": [list(row) for row in zip(*data, strict=True)], "metadata": metadata}


def _matrix(cells: st.SearchStrategy[Any], name: str | None) -> st.SearchStrategy[Any]:
    column: Column = (name, cells)
    return _tables([column], None)


_HEADERS = TEXT | st.integers() | st.none()

EXAMPLES = {
    Dataframe: [
        Example(
            name="Dataframe",
            make=Dataframe,
            wire=_tables(PANDAS, _HEADERS),
            wrong=(
                "a",
                5,
                [],
                {},
                {"data": 5},
                {"headers": "ab", "data": [["x", "y"]]},
                {"headers": [["a"]], "data": [["x"]]},
                {"headers": ["a"], "data": [["x", "y"]]},
                {"headers": ["a"], "data": ["x"]},
                {"headers": ["a"], "data": [[{"path": "/etc/passwd"}]]},
                {"headers": ["a"], "data": [["x"]], "metadata": 5},
                {"headers": ["a"], "data": [["x"]], "metadata": {"dtypes": ["int64", "int64"]}},
                {"headers": ["a"], "data": [["x"]], "metadata": {"dtypes": ["datetime64[ns, ../../etc]"]}},
                {"headers": ["a"], "data": [["x"]], "metadata": {"dtypes": [{"category": [[]]}]}},
            ),
        ),
        Example(
            name="Dataframe of a fixed size",
            make=partial(
                Dataframe, headers=["name", "age", "ok", "day"], datatype=["str", "number", "bool", "date"],
                row_count=(1, "fixed"), column_count=(4, "fixed"),
            ),
            wire=st.tuples(_WHOLE, _INT64, st.booleans(), st.dates().map(str)).map(
                lambda row: {"headers": ["name", "age", "ok", "day"], "data": [list(row)], "metadata": None}
            ),
            wrong=(
                {"headers": ["name", "age", "ok", "day"], "data": [["Ada", "old", True, None]]},
                {"headers": ["name", "age", "ok", "day"], "data": [["Ada", True, True, None]]},
                {"headers": ["name", "age", "ok", "day"], "data": [["Ada", 5, 1, None]]},
                {"headers": ["name", "age", "ok", "day"], "data": [["Ada", 5, True, "2024-13-01"]]},
                {"headers": ["name", "age", "ok", "day"], "data": []},
                {"headers": ["name"], "data": [["Ada"]]},
            ),
        ),
        Example(name="Dataframe of lists", make=partial(Dataframe, type="array"), wire=_tables(LISTED, None)),
        Example(name="Dataframe in NumPy", make=partial(Dataframe, type="numpy"), wire=_matrix(_INT64, None)
            | _matrix(_FRACTIONS | st.just(0.5), None) | _matrix(st.integers(0, 255), "uint8") | _matrix(_WHOLE, None)
            | _matrix(_MOMENTS.map(_moment), "datetime64[us]") | _matrix(st.booleans(), None)),
        Example(name="Dataframe in polars", make=partial(Dataframe, type="polars"), wire=_tables(POLARS, None)),
    ],
}  # fmt: skip
