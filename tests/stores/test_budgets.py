"""What visitors can make a demo store and hold, in every component that takes files.

No number that a visitor chooses may multiply another: a file that is named twenty times takes the room of one.
"""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

import minidemo as gr
from minidemo import ConfigurationError, InputError
from minidemo.content.media import Media, files_of
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.files import FileStore
from minidemo.stores.runs import RunStore
from tests.components.examples import EXAMPLES, Example
from tests.visitor import Visitor

NAMES = 20
TYPES = ("filepath", "binary", "numpy", "pil")


def takes_files(example: Example) -> bool:
    """Tell whether a component can be an input with files."""
    component = example.make()
    try:
        component.check_as_input()
    except ConfigurationError:
        return False
    return component.takes_files


def variants(example: Example) -> Iterator[Any]:
    """Yield the ways to make the component, one for each type of its argument."""
    if getattr(example.make(), "type", None) not in TYPES:
        yield pytest.param(example.make, id=example.name)
        return
    for kind in TYPES:
        try:
            example.make(type=kind).check_as_input()
        except ConfigurationError:
            continue
        yield pytest.param(partial(example.make, type=kind), id=f"{example.name} {kind}")


ALL = [
    case for examples in EXAMPLES.values() for example in examples if takes_files(example) for case in variants(example)
]
CASES = list({repr(case.values[0]): case for case in reversed(ALL)}.values())
"""Each component and type once: examples that differ in their values alone take the same room."""


def named(schema: dict[str, Any], file: Any, times: int) -> Any:
    """Return a value of a schema that names one file in each place, and so many times in each list."""
    if schema.get("title") == "FileData":
        return file
    if schema.get("type") == "array":
        return [named(schema["items"], file, times)] * times
    if "properties" in schema:
        return {key: named(part, file, times) for key, part in schema["properties"].items()}
    if "anyOf" in schema:
        return named(max(schema["anyOf"], key=lambda option: "FileData" in str(option)), file, times)
    return schema.get("const", schema.get("enum", [None])[-1])


def size(folder: str | Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def stored() -> list[Path]:
    """Return the files that lie beside the log of flags."""
    paths = (path for path in Path("flagged").rglob("*") if path.is_file())
    return [path for path in paths if ".minidemo" not in path.parts and path.suffix not in (".csv", ".json")]


def memory(value: Any, known: set[int] | None = None) -> int:
    """Return the bytes of the pictures, arrays and files that an argument holds, each object once."""
    known = set() if known is None else known
    if id(value) in known:
        return 0
    known.add(id(value))
    if isinstance(value, list | tuple | dict):
        return sum(memory(each, known) for each in (value.values() if isinstance(value, dict) else value))
    if isinstance(value, PIL.Image.Image):
        return value.width * value.height * len(value.getbands())
    if isinstance(value, numpy.ndarray):
        return int(value.nbytes)
    return len(value) if isinstance(value, bytes) else 0


class Room:
    """A demo that measures the room which its calls take."""

    def __init__(self, make: Callable[..., gr.Component], **limits: Any) -> None:
        self.held = self.written = 0
        self.component = make()
        demo = gr.Interface(self._measure, self.component, "text", flagging_mode="manual")
        stores = Stores(files=FileStore(**limits), runs=RunStore(**limits))
        self.visitor = Visitor(demo, app=assemble(demo.page, Settings(), stores=stores))
        file = next(files_of(self.component.example()), Media.of_bytes(b"Hello", "hello.txt"))
        self.data, self.name, self.mime = file.read(), file.name, file.mime

    def _measure(self, value: Any) -> str:
        self.held, self.written = memory(value), size(tempfile.gettempdir())
        return "measured"

    def call(self, times: int) -> str:
        """Name a new upload so many times, and return the run."""
        file = self.visitor.upload(self.data, self.name, self.mime).json()
        response = self.visitor.predict(named(self.component.schema(), file, times))
        if times > 1 and "must have at most" in response.text:  # the component has a limit of its own
            response = self.visitor.predict(named(self.component.schema(), file, 1))
        assert response.status_code == 200, response.text
        run: str = response.json()["run"]
        return run


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


@pytest.mark.parametrize("make", CASES)
def test_a_file_that_is_named_often_takes_the_room_of_one(make: Callable[..., gr.Component]) -> None:
    room = Room(make)
    assert room.visitor.flag(room.call(1)).status_code == 201
    held, written, first, kept = room.held, room.written, size(tempfile.gettempdir()), len(stored())
    run = room.call(NAMES)
    assert room.held == held
    assert room.written - first <= written
    assert size(tempfile.gettempdir()) <= 2 * first
    assert room.visitor.flag(run).status_code == 201
    assert len(stored()) == 2 * kept


@pytest.mark.parametrize("make", CASES)
def test_calls_stay_within_the_limit_of_the_disk(make: Callable[..., gr.Component]) -> None:
    room = Room(make)
    room.call(1)
    before = size(tempfile.gettempdir())
    limit = 2 * before + 1
    room = Room(make, max_disk=limit)
    for _ in range(6):
        room.call(1)
        assert size(tempfile.gettempdir()) - before <= 2 * limit, "uploads, and the copies of runs, as much again"


def test_the_copies_of_a_call_go_with_its_run() -> None:
    paths: list[Path] = []

    def keep(path: str) -> str:
        paths.append(Path(path))
        return path

    demo = gr.Interface(keep, gr.File(), "text", flagging_mode="never")
    visitor = Visitor(demo, app=assemble(demo.page, Settings(), stores=Stores(runs=RunStore(max_runs=1))))
    file = visitor.upload(b"x", "x.txt").json()
    for _ in range(3):
        visitor.result(file)
    assert [path.exists() for path in paths] == [False, False, True]


def test_a_refused_call_leaves_no_copy() -> None:
    demo = gr.Interface(lambda a, b: a, [gr.File(), gr.Number()], "text", flagging_mode="never")
    visitor = Visitor(demo)
    file = visitor.upload(b"x", "x.txt").json()
    before = size(tempfile.gettempdir())
    assert visitor.predict(file, "no number").status_code == 422
    assert size(tempfile.gettempdir()) == before


def test_a_correction_that_was_checked_leaves_no_copy() -> None:
    demo = gr.Interface(lambda: None, None, gr.File(), flagging_correction=True)
    visitor = Visitor(demo)
    run = visitor.predict().json()["run"]
    file = visitor.upload(b"right", "x.txt").json()
    before = size(tempfile.gettempdir())
    assert visitor.flag(run, expected=[file]).status_code == 201
    assert size(tempfile.gettempdir()) == before


def test_copies_without_room_are_refused() -> None:
    files = FileStore(max_disk=20)
    demo = gr.Interface(lambda path: path, gr.File(), "text", flagging_mode="never")
    visitor = Visitor(demo, app=assemble(demo.page, Settings(), stores=Stores(files=files)))
    file = visitor.upload(bytes(8), "x.txt").json()
    files.reserve(13)
    response = visitor.predict(file)
    assert (response.status_code, size(tempfile.gettempdir())) == (507, 8)
    files.reserve(-13)
    assert visitor.predict(file).status_code == 200


def test_a_value_names_so_many_files_at_most() -> None:
    visitor = Visitor(gr.Interface(len, gr.File(file_count="multiple"), "number", flagging_mode="never"))
    file = visitor.upload(b"x").json()
    assert visitor.result([file] * 1000) == [1000]
    response = visitor.predict([file] * 1001)
    assert response.status_code == 422
    assert response.json()["error"] == {
        "message": "There are too many files; at most 1,000 can be sent at once.",
        "field": "obj",
    }


def test_the_files_of_a_value_have_a_limit_together() -> None:
    visitor = Visitor(gr.Interface(len, gr.File(file_count="multiple"), "number"), max_file_size=2**20)
    file = visitor.upload(bytes(2**20)).json()
    assert visitor.result([file] * 10) == [10]
    response = visitor.predict([file] * 11)
    assert response.status_code == 422
    assert response.json()["error"]["message"] == "These files are over 10 MB together, which is the limit."


def test_a_page_s_own_file_that_is_named_often_is_copied_once() -> None:
    Path("own.txt").write_text("x")
    paths: set[str] = set()
    demo = gr.Interface(lambda files: paths.update(files), gr.File(["own.txt"], file_count="multiple"), None)
    visitor = Visitor(demo)
    token = visitor.http.get("/").text.partition("file/")[2].partition("/")[0]
    assert visitor.predict([{"path": f"{token}/own.txt"}] * NAMES).status_code == 200
    assert len(paths) == 1


def test_a_component_on_its_own_still_checks() -> None:
    with pytest.raises(InputError):
        gr.File().preprocess("x")
