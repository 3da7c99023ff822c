"""Which files a function may return by their path: one rule for every component."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from httpx2 import Response

import minidemo as gr
from tests.components.catalog import components
from tests.components.examples import EXAMPLES
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor

CANARY = token_hex(16)
SHAPES: dict[str, Callable[[Path], Any]] = {
    "alone": lambda path: path,
    "as text": str,
    "in a list": lambda path: [path],
    "in a pair": lambda path: (path, [((0, 0, 1, 1), "a")]),
    "with subtitles": lambda path: (path, path),
    "in a message": lambda path: [{"role": "assistant", "content": {"path": str(path)}}],
    "in a dictionary": lambda path: {"background": path, "layers": [path], "composite": path},
    "as a file": lambda path: {"path": str(path)},
}
CONTENTS = {
    "csv": f"{CANARY}\n{CANARY}\n".encode(),
    "vtt": f"WEBVTT\n\n00:00.000 --> 00:01.000\n{CANARY}\n".encode(),
    "png": encoded(gradient()) + CANARY.encode(),
}
OUTPUTS = [
    pytest.param(example.make, id=example.name)
    for kind in components()
    for number, example in enumerate(EXAMPLES.get(kind, []))
    if not example.make().stays and (number == 0 or example.make().takes_files)
]
"""Each component, and further examples of those that hold files: what others are made with leads to no file."""


def leaks(visitor: Visitor, response: Response) -> bool:
    """Tell whether the secret is in a response or in a file that it names."""
    if CANARY in response.text:
        return True
    tokens = {part.split('"')[0] for part in response.text.split('"path":"')[1:]}
    return any(CANARY.encode() in visitor.http.get(f"/file/{token}").content for token in tokens)


@pytest.mark.parametrize("make", OUTPUTS)
def test_no_component_shows_a_blocked_file_or_tells_whether_there_is_one(make: Callable[..., gr.Component]) -> None:
    Path("secret").mkdir()
    found: list[Any] = []
    visitor = Visitor(gr.Interface(lambda: found[-1], None, make(), flagging_mode="never"), blocked_paths=["secret"])
    for ending, content in CONTENTS.items():
        path = Path(f"secret/x.{ending}")
        for shape in SHAPES.values():
            found.append(shape(path))
            path.write_bytes(content)
            there = visitor.predict()
            assert not leaks(visitor, there)
            path.unlink()
            missing = visitor.predict()
            assert (there.status_code, there.json().get("error")) == (missing.status_code, missing.json().get("error"))


@pytest.mark.parametrize("make", OUTPUTS)
def test_no_component_shows_a_path_that_the_visitor_typed(make: Callable[..., gr.Component]) -> None:
    found: list[Any] = []
    visitor = Visitor(gr.Interface(lambda text: found[-1](Path(text.strip())), "text", make(), flagging_mode="never"))
    for ending, content in CONTENTS.items():
        path = Path(f"x.{ending}")
        path.write_bytes(content)
        for shape in SHAPES.values():
            found.append(shape)
            assert not leaks(visitor, visitor.predict(f" \n{path}\n "))


@pytest.mark.parametrize("trim", [str.strip, lambda text: text.strip("'\" \n"), lambda text: text.split("\n")[1]])
@pytest.mark.parametrize("output", [gr.File, gr.Dataframe])
def test_a_typed_path_is_recognised_however_it_is_trimmed(output: Any, trim: Callable[[str], str]) -> None:
    Path("x.csv").write_bytes(CONTENTS["csv"])
    visitor = Visitor(
        gr.Interface(lambda text: Path(trim(text)), "text", output(), flagging_mode="never"), show_error=True
    )
    response = visitor.predict(" \nx.csv\n ")
    assert "which the visitor typed" in response.json()["error"]["message"]
    assert not leaks(visitor, response)


def test_the_canary_is_found_where_it_may_be_shown() -> None:
    Path("x.csv").write_bytes(CONTENTS["csv"])
    Path("x.png").write_bytes(CONTENTS["png"])
    for path, output in (("x.csv", gr.Dataframe()), ("x.png", gr.Image()), ("x.csv", gr.File())):
        visitor = Visitor(gr.Interface(lambda path=path: Path(path), None, output, flagging_mode="never"))
        assert leaks(visitor, visitor.predict())


def test_the_name_of_an_upload_is_typed_too() -> None:
    Path("private.txt").write_text(CANARY)
    visitor = Visitor(gr.Interface(lambda path: Path(path).name, gr.File(), gr.File(), flagging_mode="never"))
    assert not leaks(visitor, visitor.predict(visitor.upload(b"x", "private.txt", "text/plain").json()))


@pytest.mark.parametrize("part", ["query_params", "headers", "cookies"])
def test_a_path_in_the_request_is_typed_too(part: str) -> None:
    Path("private.txt").write_text(CANARY)

    def read(request: gr.Request) -> Path:
        return Path(getattr(request, part)["x-file"])

    visitor = Visitor(gr.Interface(read, None, gr.File(), flagging_mode="never"), show_error=True)
    visitor.http.cookies.set("x-file", "private.txt")
    response = visitor.http.post("/predict?x-file=private.txt", json={"data": []}, headers={"x-file": "private.txt"})
    assert "which the visitor typed" in response.json()["error"]["message"]
    assert not leaks(visitor, response)


def link_to_secret() -> None:
    """Put a link to another folder in the place of `work`."""
    shutil.rmtree("work")
    Path("work").symlink_to(Path("../elsewhere").resolve())


@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_a_file_that_is_swapped_for_a_link_is_not_shown(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "here/work", "elsewhere", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "elsewhere" / "x.txt").write_text(CANARY)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    Path("work/x.txt").write_text("harmless")
    visitor = Visitor(gr.Interface(lambda: Path("work/x.txt"), None, gr.File(), flagging_mode="never"))
    visitor.upload(b"", "first.txt")  # its folders are there
    plain_open, swaps = os.open, list[Any]()

    def swap(path: Any) -> None:
        if str(path).endswith("work/x.txt") and not swaps:
            swaps.append(path)
            if what == "the folder":
                link_to_secret()
            else:
                Path("work/x.txt").unlink()
                Path("work/x.txt").symlink_to(tmp_path / "elsewhere" / "x.txt")

    def slow_open(path: Any, *arguments: Any, **named: Any) -> int:
        swap(path)
        return plain_open(path, *arguments, **named)

    monkeypatch.setattr("os.open", slow_open)
    assert not leaks(visitor, visitor.predict())
    assert swaps, "nothing was swapped"


def test_a_pipe_is_not_read() -> None:
    os.mkfifo("pipe.txt")
    visitor = Visitor(gr.Interface(lambda: Path("pipe.txt"), None, gr.File(), flagging_mode="never"), show_error=True)
    assert "there is no such file" in visitor.predict().json()["error"]["message"]
