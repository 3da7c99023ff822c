"""docs/architecture.md names rooms, floors, files and functions that exist, and its steps are what happens."""

import ast
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import minidemo as gr
from tests.architecture import FLOORS, ROOT_FILES
from tests.pages import DOCS
from tests.visitor import Visitor

ROOT = DOCS.parent
PAGE = DOCS / "architecture.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROOMS = re.findall(r"^\| (\d+) \| `(\w+)` \| (.+) \|$", TEXT, re.MULTILINE)
PATHS = re.findall(r"`((?:minidemo|templates|tests|docs)/[\w/.]*)(?::([\w.]+))?`", TEXT)
FUNCTIONS = sorted({(path, name) for path, name in PATHS if name and (ROOT / path).is_file()})


def test_each_room_has_its_sentence_and_its_floor() -> None:
    written = {room: int(floor) for floor, room, _ in ROOMS}
    expected = {room: floor for room, floor in FLOORS.items() if room not in ROOT_FILES}
    assert written == expected, (
        "Make the table of rooms in docs/architecture.md and FLOORS in tests/architecture.py agree."
    )
    assert [room for _, room, sentence in ROOMS if not sentence.endswith(".")] == []


def test_each_room_says_what_it_is_for() -> None:
    rooms = sorted(path.parent for path in (ROOT / "minidemo").glob("*/*.py"))
    bare = [room.name for room in dict.fromkeys(rooms) if not docstring(room / "__init__.py")]
    assert not bare, f"Give minidemo/{bare[0]}/__init__.py a docstring of one sentence."


def docstring(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "") if path.exists() else ""


@pytest.mark.parametrize("path", sorted({path for path, _ in PATHS}))
def test_each_path_exists(path: str) -> None:
    advice = where(path)
    assert (ROOT / path).exists(), f"There is no {path}. {advice}"


@pytest.mark.parametrize(("path", "name"), FUNCTIONS, ids=lambda part: part.rpartition("/")[2])
def test_each_function_exists(path: str, name: str) -> None:
    names = list(definitions(ast.parse((ROOT / path).read_text("utf-8"))))
    known, advice = ", ".join(each for each in names if not each.startswith("_")), where(f"{path}:{name}")
    assert name in names, f"{path} has no {name}; it has {known}. {advice}"


def where(reference: str) -> str:
    lines = [i for i, line in enumerate(TEXT.splitlines(), 1) if f"`{reference}" in line]
    return f"Write the new name in docs/architecture.md, lines {', '.join(map(str, lines))}."


def definitions(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[str]:
    """Yield the functions, classes and methods of a file."""
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield prefix + inner.name
        if isinstance(inner, ast.ClassDef):
            yield from definitions(inner, f"{prefix}{inner.name}.")


def start_up() -> None:
    with demo().running():
        pass


def show_page() -> None:
    http = Visitor(demo()).http
    page = http.get("/").text
    http.get(str(re.search(r"static/[\w/.-]+\.js", page)[0]))  # type: ignore[index]  # no match fails, too


def predict() -> None:
    assert [name for name, _ in Visitor(demo(gr.File())).events("Ada", 3, None)] == ["result"]


def flag() -> None:
    visitor = Visitor(demo())
    run = visitor.predict("Ada", 3).json()["run"]
    assert visitor.flag(run, "odd").status_code == 201


def demo(*more: gr.Component) -> gr.Interface:
    def greet(name: str, times: float, *files: str) -> Any:
        return [f"Hello {name}. " * int(times), *files]

    return gr.Interface(greet, ["text", "number", *more], ["text", *more], flagging_options=["wrong", "odd"])


@pytest.mark.parametrize(
    ("title", "scenario"),
    [("One prediction", predict), ("One flag", flag), ("One page", show_page), ("Start-up", start_up)],
)
def test_the_steps_call_the_functions(title: str, scenario: Callable[[], None]) -> None:
    with noting() as codes:
        scenario()
    called = {(code.co_filename, code.co_qualname) for code in codes}
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"`(minidemo/[\w/.]+):((?:\w+\.)?[a-z_]\w*)`", section)
    idle = [f"{path}:{name}" for path, name in steps if (str(ROOT / path), name) not in called]
    assert not idle, f'docs/architecture.md, "{title}": {", ".join(idle)} is not called.'


@contextmanager
def noting() -> Iterator[set[CodeType]]:
    """Collect what is called in this thread, and in those that start now."""
    before, codes = sys.getprofile(), set[CodeType]()
    for install in (threading.setprofile, sys.setprofile):
        install(lambda frame, event, argument: codes.add(frame.f_code))
    try:
        yield codes
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
