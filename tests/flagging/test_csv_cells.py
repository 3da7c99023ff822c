"""How labels and text stand in the log: one line, one name, one folder; and nothing that a spreadsheet would run."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minidemo import Image, Number, Textbox
from minidemo.flagging import csv_cells
from tests.effort import grows_linearly
from tests.expressions import text_of
from tests.flagging.folder import FOLDER, LOG, gradient_of, logger, rows, table, tree
from tests.pages import blocks

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\ttab",
    "\rreturn",
    "\nline",
    "\0null",
    " =1+1",
    '"=1+1"',
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "-",
    "--",
    "- a list",
    "+49 30 1234",
    "'=1",
    "''=1",
    "'\tx",
    "-5\n",
]
HARMLESS = ["text", "it's", "'quoted'", "''", "1=1", "a@b.org", "a-b", "", " ", "{}", '"x"', "#1", "²"]
NUMBERS = ["-5", "+5", "-1.5e3", "-5 ", " -5", "5", "+.5", "-inf", "1e22"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_might_run_is_protected(text: str) -> None:
    logger(Textbox(label="t")).flag([text])
    assert rows() == [["'" + text]]
    assert csv_cells.unprotect(rows()[0][0]) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x;=cmd|'/C calc'!A0", "x;'=cmd|'/C calc'!A0"),
        ("x\t=1", "x\t'=1"),
        ("x\n=1", "x\n'=1"),
        ("x\r\n- one\r\n- two", "x\r\n'- one\r\n'- two"),
        ('x; "=1', "x;' \"=1"),
        ("x;'=1", "x;''=1"),
        ("x;-1", "x;'-1"),
        ("=1;=2\t", "'=1;'=2\t"),
        ("\t=1", "'\t'=1"),
        ("\n\t =1+1", "'\n\t' =1+1"),
        ("x;\t\n=1", "x;\t\n'=1"),
        ("x;'a;b=1;", "x;'a;b=1;"),
    ],
)
def test_spreadsheets_that_split_a_cell_run_no_part_of_it(text: str, written: str) -> None:
    logger(Textbox(label="t")).flag([text])
    assert rows() == [[written]]
    assert csv_cells.unprotect(written) == text


@pytest.mark.parametrize("text", HARMLESS + NUMBERS)
def test_other_text_and_what_is_a_number_is_left_alone(text: str) -> None:
    logger(Textbox(label="t")).flag([text])
    assert rows() == [[text]]
    assert csv_cells.unprotect(text) == text


@given(st.text() | st.text(alphabet="'=+-@;\t\r\n\0 \"1a\uff1d"))
@example("'")
def test_protection_can_be_taken_off_whatever_the_text(text: str) -> None:
    protected = csv_cells.protect(text)
    assert isinstance(protected, str)
    assert csv_cells.unprotect(protected) == text
    assert protected.replace("'", "") == text.replace("'", "")
    _, *rest = re.split("[;\t\r\n]", protected)
    assert not any(part.strip(' \0"')[:1] in {*"=+-@\uff1d"} for part in rest)


@given(st.integers() | st.floats())
def test_numbers_are_never_protected(number: float) -> None:
    assert csv_cells.protect(number) is number
    assert csv_cells.protect(str(number)) == str(number)


@pytest.mark.parametrize(
    ("labels", "header"),
    [
        (["num1", "Output"], "num1,Output"),
        (["a", "a", "A", "a"], "a,a 2,A,a 3"),
        (["a 2", "a", "a"], "a 2,a,a 3"),
        (["", None, " \n"], "component 0,component 1,component 2"),
        (["one\ntwo", "one\r\n\ttwo"], "one two,one two 2"),
        (["a, b", 'the "x"'], '"a, b","the ""x"""'),
        (["\ufeffnum1", "x"], "num1,x"),
        (["\ud800", "\udfff"], "?,? 2"),
        (["=cmd()", "-"], "'=cmd(),'-"),
        (["日本", "🙂", "../x", "CON"], "日本,🙂,../x,CON"),
        (["x" * 300], "x" * 300),
    ],
)
def test_each_label_names_one_column_on_one_line(labels: list[str | None], header: str) -> None:
    backend = logger(*(Number(label=label) for label in labels))
    backend.flag(range(len(labels)))
    backend.flag(range(len(labels)))
    cells = ",".join(map(str, range(len(labels))))
    assert LOG.read_bytes() == f"{header}\n{cells}\n{cells}\n".encode(), "and the next flag knows its header again"
    assert tree() == ["logs.csv"]


def test_a_label_of_our_own_columns_is_told_from_them() -> None:
    logger(Number(label="flag"), Number(label="username")).flag([1, 2], "wrong", "ann")
    assert table() == [["flag", "username", "flag 2", "username 2"], ["1", "2", "wrong", "ann"]]


@pytest.mark.parametrize(
    ("label", "folder"),
    [
        ("im", "im"),
        ("My picture (1)", "My picture 1"),
        ("grüße 日本", "grüße 日本"),
        ("../x", "x"),
        ("../../etc/passwd", "etcpasswd"),
        ("/tmp/x", "tmpx"),
        ("C:\\x", "Cx"),
        ("", "component 0"),
        (None, "component 0"),
        (".", "component 0"),
        ("..", "component 0"),
        ("🙂", "component 0"),
        (".hidden", "hidden"),
        ("_.-x", "x"),
        (".minidemo", "minidemo"),
        ("__pycache__", "pycache__"),
        ("a. .", "a"),
        ("one\ntwo\0", "onetwo"),
        ("logs.csv", "logs csv files"),
        ("LOGS-1.CSV", "LOGS-1 CSV files"),
        ("CON", "CON files"),
        ("com1.png", "com1 png files"),
        ("=cmd", "cmd"),
        ("-r", "r"),
        ("x" * 300, "x" * 100),
        ("本" * 300, "本" * 33),
        ("x" * 99 + ". y", "x" * 99),
    ],
)
def test_each_label_names_one_folder_inside_the_directory(label: str | None, folder: str) -> None:
    logger(Image(label=label)).flag([gradient_of()])
    assert rows() == [[f"{folder}/0.png"]]
    assert tree() == sorted([f"{folder}/0.png", "logs.csv"])
    assert sorted(path.name for path in Path().iterdir()) == ["flagged"]
    assert not [path for path in FOLDER.iterdir() if path.name.startswith(".") and path.name != ".minidemo"]


def test_labels_that_collapse_to_one_name_get_a_folder_each() -> None:
    """On disks that take `IM` and `im` for one as well."""
    logger(*(Image(label=label) for label in ("im", "im?", "IM", "im"))).flag([gradient_of() for _ in range(4)])
    assert table() == [["im", "im?", "IM", "im 2"], ["im/0.png", "im 2/0.png", "IM 3/0.png", "im 4/0.png"]]
    assert tree() == ["IM 3/0.png", "im 2/0.png", "im 4/0.png", "im/0.png", "logs.csv"]


@given(st.lists(st.text() | st.none(), min_size=1, max_size=6))
def test_whatever_the_labels_no_two_share_a_name_and_none_is_hidden_or_a_path(labels: list[str | None]) -> None:
    headings, folders = csv_cells.header(labels), csv_cells.folders(labels)
    assert len(set(headings)) == len({name.casefold() for name in folders}) == len(labels)
    assert all(len(heading.splitlines()) == 1 for heading in headings)
    for folder in folders:
        assert folder == Path(folder).name
        assert folder[0] not in "._-= "
        assert len(folder.encode()) <= 120


UNITS = [
    "\\",
    "\\u",
    "\ud800",
    "\\ud800",
    "\\\ud800",
    "'",
    ";",
    "\t",
    "\n",
    "\n ",
    " ",
    ";'",
    ";'=",
    "\n- ",
    '"',
    '",',
    "\0",
]
"""Parts of texts that are escaped, quoted or looked through."""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("end", ["x\\u", "=", "a"])
def test_cells_are_written_and_read_in_linear_time(unit: str, end: str) -> None:
    make = partial(text_of, "", unit, end)
    shown: dict[str, Any] = {}
    exec(next(block.text for block in blocks("flagging.md", "python") if "def decode(" in block.text), shown)
    for work in (csv_cells.escape, csv_cells.unescape, csv_cells.protect, csv_cells.unprotect, shown["decode"]):
        assert grows_linearly(work, make, 10_000)
    written = csv_cells.row([csv_cells.protect(make(999))])
    logger(Textbox(label="t")).flag([make(999)])
    assert LOG.read_bytes().endswith(written)
    assert shown["decode"](rows()[0][0]) == csv_cells.decode(rows()[0][0]) == make(999)


def test_equal_names_are_told_apart_in_linear_time() -> None:
    assert grows_linearly(csv_cells.unique, lambda size: ["a"] * size, 1_000)
    assert grows_linearly(csv_cells.unique, lambda size: ["a", *(f"a {i}" for i in range(size)), *["a"] * size], 1_000)
