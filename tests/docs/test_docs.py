"""The pages of the documentation tell the truth: their code runs, and makes the files that they show."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minidemo import CSVLogger, FlagRecord, Interface, Number, Textbox
from minidemo.cli import main
from tests.components.pictures import encoded, gradient
from tests.flagging import readers
from tests.flagging.folder import tree
from tests.pages import blocks
from tests.visitor import Visitor

ADD, SUBTRACT = (5, "add", 7), (6, "subtract", 1.5)
VISITS: list[list[tuple[tuple[Any, ...], dict[str, Any]]]] = [
    [(ADD, {}), (SUBTRACT, {})],
    [(("picture",), {}), (("picture",), {})],
    [(ADD, {"option": "incorrect"}), (SUBTRACT, {"option": "off-topic"})],
    [(ADD, {}), (SUBTRACT, {"comment": "I meant plus", "expected": [7.5]})],
    [(ADD, {})],
    [(("Write to ann@example.com today", "secret"), {})],
    [(ADD, {}), (SUBTRACT, {})],
    [(SUBTRACT, {})],
    [(SUBTRACT, {})],
]
"""What visitors submit to the demos of docs/flagging.md, one after the other, and what they say when they flag it."""

ANN: dict[str, Any] = {"option": "incorrect", "username": "ann"}
BOB = {
    "id": "01a20505-3213-761b-b866-b9891c5e72f9",
    "created": datetime(2026, 3, 31, 10, 0, 41),
    "run": "b7TnM2sE",
    "option": "off-topic",
    "comment": "I meant plus",
    "username": "bob",
    "duration": 0.00019,
    "expected": (7.5,),
}


@pytest.fixture(autouse=True, scope="module")
def _offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with readers.offline(tmp_path_factory.mktemp("home")):
        yield


def test_the_page_about_flagging(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    visits = iter(VISITS)
    for block in blocks("flagging.md"):
        if block.language == "python":
            exec(block.text.replace("demo.launch()\n", ""), names)
            if "demo.launch()" in block.text:
                visit(names["demo"], next(visits))
        elif block.language == "console":
            continue
        elif block.language == "output":
            assert capsys.readouterr().out == block.text
        else:
            assert content(Path(str(block.file))) == block.text
    assert not [*visits]


def test_the_commands_of_the_page_about_flagging(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    prepare()
    text = "".join(block.text for block in blocks("flagging.md", "console"))
    shown = iter(re.split(r"^\$ minidemo (.*)\n", text, flags=re.MULTILINE))
    assert next(shown) == ""
    for command, output in zip(shown, shown, strict=True):
        if command == "flags doctor":
            orphan = Path("flagged/Output/9.png")
            orphan.parent.mkdir()
            orphan.write_bytes(b"x" * 100)
        with suppress(SystemExit):
            main(command.split())
        said = capsys.readouterr()
        warned = "".join(f"{record.message}\n" for record in caplog.records)
        caplog.clear()
        assert warned + said.err + said.out == output


def prepare() -> None:
    """Make a folder with three flags, and one of Gradio's with two."""
    logger = CSVLogger()
    columns = [Number(label="num1"), Textbox(label="operation"), Number(label="num2"), Number(label="Output")]
    logger.setup(columns, "flagged")
    common = {"session": "u0Zy71Wq", "version": "0.3"}
    for values, result, more in (
        (ADD, 12, ANN | {"id": "01a20505-0000-7000-8000-000000000000", "created": datetime(2026, 3, 30, 9, 15, 2)}),
        (SUBTRACT, 4.5, BOB),
        ((1, "add", None), None, ANN | {"error": "Something went wrong while running this demo."}),
    ):
        known: dict[str, Any] = {"created": datetime(2026, 3, 31, 17, 20, 9)} | more | common
        known["created"] = known["created"].replace(tzinfo=UTC)
        logger.flag_record(FlagRecord(inputs=values, outputs=(result,), **known))
    gradio = Path(".gradio/flagged/dataset1.csv")
    gradio.parent.mkdir(parents=True)
    rows = ["num1,operation,num2,Output,timestamp", "1,add,2,3,2026-01-01 10:00:00", "2,add,2,4,2026-01-02 10:00:00"]
    gradio.write_text("\n".join(rows) + "\n")


def visit(demo: Interface, flags: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> None:
    """Submit, and flag the result, as the visitors of a demo do."""
    visitor = Visitor(demo)
    for data, said in flags:
        sent = [visitor.upload(encoded(gradient())).json() if value == "picture" else value for value in data]
        response = visitor.flag(visitor.predict(*sent).json()["run"], **said)
        assert response.status_code == 201, response.text


def content(place: Path) -> str:
    """Return what stands in a file, or the names of the files in a folder."""
    if place.is_dir():
        return "".join(f"{name}\n" for name in sorted(tree(place), key=lambda name: ("/" in name, name)))
    return place.read_bytes().decode()
