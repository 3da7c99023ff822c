"""`csv`, pandas, DuckDB and `datasets` read every folder, with each row in its place and each text as it was."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger
from minidemo.flagging.backends.jsonl_logger import JSONLLogger
from tests.components.pictures import encoded, gradient
from tests.corpora import FORMULAS, TEXTS
from tests.flagging import readers
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger
from tests.flagging.readers import READERS, Rows
from tests.pages import blocks
from tests.visitor import Visitor

pytestmark = pytest.mark.slow
EVERY = pytest.mark.parametrize("read", READERS, ids=lambda read: str(read.__name__))
Read = Callable[[Path], Rows]


@pytest.fixture(autouse=True, scope="module")
def _offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with readers.offline(tmp_path_factory.mktemp("home")):
        yield


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Return the decoders that the documentation shows."""
    names: dict[str, Any] = {}
    exec(next(block.text for block in blocks("flagging.md", "python") if "def decode(" in block.text), names)
    return names


@EVERY
def test_the_calculator_of_the_guide(read: Read) -> None:
    def calculator(num1: float, operation: str, num2: float) -> float:
        return num1 + num2 if operation == "add" else num1 - num2

    operation = gr.Radio(["add", "subtract"])
    visitor = Visitor(gr.Interface(calculator, ["number", operation, "number"], "number"))
    for data in ([5, "add", 7], [6, "subtract", 1.5]):
        visitor.flag(visitor.predict(*data).json()["run"])
    assert [(float(a), b, float(c), float(d)) for a, b, c, d in read(LOG)] == [
        (5, "add", 7, 12),
        (6, "subtract", 1.5, 4.5),
    ]


@EVERY
def test_the_sepia_filter_of_the_guide(read: Read) -> None:
    def sepia(im: PIL.Image.Image) -> PIL.Image.Image:
        return im.rotate(180)

    visitor = Visitor(gr.Interface(sepia, gr.Image(type="pil"), "image"))
    for _ in range(2):
        visitor.flag(visitor.predict(visitor.upload(encoded(gradient())).json()).json()["run"])
    assert read(LOG) == [("im/0.png", "Output/0.png"), ("im/1.png", "Output/1.png")]
    assert all((FOLDER / name).is_file() for row in read(LOG) for name in row)


@EVERY
def test_reasons_and_users(read: Read) -> None:
    backend = logger(gr.Textbox(label="t"))
    backend.flag(["a"], "wrong", "ann")
    backend.flag(["b"], "off, topic", 'bob "the" builder')
    assert read(LOG) == [("a", "wrong", "ann"), ("b", "off, topic", 'bob "the" builder')]


@EVERY
def test_several_files_in_a_cell(read: Read) -> None:
    backend = logger(Pile(label="Ä, ö"), gr.Image(label="im"))
    for count in range(3):
        backend.flag([[Media.of_bytes(b"1", "x.txt") for _ in range(count)], gradient_of()])
    assert read(LOG) == [
        ("[]", "im/0.png"),
        ('["Ä ö/1/0.txt"]', "im/1.png"),
        ('["Ä ö/2/0.txt", "Ä ö/2/1.txt"]', "im/2.png"),
    ]


def test_whatever_a_visitor_writes_into_texts_reasons_and_names(shown: dict[str, Any]) -> None:
    texts = [*dict.fromkeys([*TEXTS, *FORMULAS])]
    sent = [(*texts[i : i + 3], "end") for i in range(0, len(texts) - 2, 3)]
    backend = logger(gr.Textbox(label="t"), gr.Textbox(label="u"))
    for t, u, option, username in sent:
        backend.flag([t, u], option, username)
    for read in READERS:
        assert [tuple(map(shown["decode"], row)) for row in read(LOG)] == sent


def test_whatever_a_visitor_writes_into_the_only_column(shown: dict[str, Any]) -> None:
    texts = [*dict.fromkeys([*TEXTS, *FORMULAS])]
    backend = logger(gr.Textbox(label="t"))
    for text in texts:
        backend.flag([text])
    for read in READERS:
        assert [shown["decode"](cell) for (cell,) in read(LOG)] == texts


@EVERY
def test_a_few_rows_of_text_that_would_lead_a_reader_astray(read: Read, shown: dict[str, Any]) -> None:
    """Some readers guess how a file is written from its first rows."""
    for i, text in enumerate(["'", "''", "'a'", "\t", "\t=1", "a;b", "a|b", "2026-11-22", "#", " ", "\0", "\r"]):
        folder = Path(f"flagged{i}")
        backend = logger(gr.Textbox(label="t"), folder=folder)
        for _ in range(2):
            backend.flag([text])
        assert [shown["decode"](str(cell)) for (cell,) in read(folder / "logs.csv")] == [text] * 2


@EVERY
def test_values_that_were_not_given(read: Read) -> None:
    backend = logger(gr.Textbox(label="t"), gr.Textbox(label="u"))
    for row in ([None, "a"], ["", ""], [None, None], ["a", None]):
        backend.flag(row)
    assert read(LOG) == [("", "a"), ("", ""), ("", ""), ("a", "")]


@EVERY
def test_values_that_were_not_given_in_the_only_column(read: Read) -> None:
    backend = logger(gr.Textbox(label="t"))
    for value in ["a", None, "", " ", "b", None]:
        backend.flag([value])
    assert read(LOG) == [("a",), ("",), ("",), (" ",), ("b",), ("",)]


@EVERY
def test_a_file_that_a_spreadsheet_has_written_goes_on(read: Read) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(b'n,t\r\n1,"a\r\nb"\r\n2,c')
    logger(gr.Number(label="n"), gr.Textbox(label="t")).flag([3, "d\ne"])
    assert [(int(n), t) for n, t in read(LOG)] == [(1, "a\r\nb"), (2, "c"), (3, "d\ne")]


@EVERY
def test_logs_whose_columns_have_changed(read: Read) -> None:
    for label, option in (("a", None), ("b", None), ("b", "wrong")):
        backend = logger(gr.Textbox(label=label))
        backend.flag([f"{label} {option}"], option)
    assert [read(FOLDER / name) for name in ("logs-1.csv", "logs-2.csv", "logs.csv")] == [
        [("a None",)],
        [("b None",)],
        [("b wrong", "wrong")],
    ]


def test_the_log_of_the_classic_logger(shown: dict[str, Any]) -> None:
    texts = [*dict.fromkeys([*TEXTS, *FORMULAS])]
    backend = ClassicCSVLogger()
    backend.setup([gr.Textbox(label="t"), gr.Image(label="im")], FOLDER)
    for text in texts[::4]:
        backend.flag([text, gradient_of()], text, text)
    for read in READERS:
        rows = read(FOLDER / "log.csv")
        assert [[shown["decode"](row[i]) for i in (0, 2, 3)] for row in rows] == [[text] * 3 for text in texts[::4]]
        assert all(Path(row[1]).is_file() for row in rows)


def test_cells_of_any_length() -> None:
    texts = ["a" * 131_073, '"' * 200_000, "b" * 10_000_000, "c\n" * 100_000, "short"]
    backend = logger(gr.Number(label="n"), gr.Textbox(label="t"))
    for i, text in enumerate(texts):
        backend.flag([i, text])
    for read in READERS:
        assert [t for _, t in read(LOG)] == texts


@EVERY
def test_labels_in_any_script_name_the_columns(read: Read) -> None:
    labels = ["grüße", "日本", "🙂", "שלום", 'a "b", c', "two\nlines", "=cmd()", "a", "a", "", "\ufeffx", "flag"]
    logger(*(gr.Textbox(label=label) for label in labels)).flag(labels, "wrong")
    (row,) = read(LOG)
    assert len(row) == len(labels) + 1
    assert row[:4] == tuple(labels[:4])
    assert row[-1] == "wrong"


@EVERY
def test_lists_and_confidences(read: Read) -> None:
    value = {
        "label": "cat",
        "confidences": [{"label": "cat", "confidence": 0.75}, {"label": "a,b", "confidence": 0.25}],
    }
    logger(gr.JSON(label="j"), gr.Label(label="l")).flag([["a", {"b": None}], value])
    assert read(LOG) == [('["a", {"b": null}]', '{"cat": 0.75, "a,b": 0.25}')]


def test_lines_of_json(shown: dict[str, Any]) -> None:
    texts = [*dict.fromkeys([*TEXTS, *FORMULAS])]
    backend = JSONLLogger()
    backend.setup([gr.Textbox(label="t"), gr.JSON(label="j")], FOLDER)
    for text in texts:
        backend.flag([text, {"a": [1, text]}], text, text)
    for read in (readers.json_with_pandas, readers.json_with_duckdb, readers.json_with_datasets):
        assert [*map(shown["unescape"], read(FOLDER / "flags.jsonl"))] == texts
