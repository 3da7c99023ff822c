"""JSONLLogger keeps all that is known of a flag, with its types, one object a line."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.backends.jsonl_logger import JSONLLogger
from tests.flagging.folder import FOLDER, Pile, gradient_of, tree
from tests.flagging.kinds import objects
from tests.visitor import SESSION, Visitor

LOG = FOLDER / "flags.jsonl"


def backend_of(*components: gr.Component, **options: Any) -> JSONLLogger:
    backend = JSONLLogger(**options)
    backend.setup(components, FOLDER)
    return backend


def test_values_keep_their_types_and_the_run_is_told() -> None:
    demo = gr.Interface(
        lambda num, words, sure: {"cat": 0.75, "dog": 0.25},
        ["number", gr.JSON(), "checkbox"],
        "label",
        flagging_callback=JSONLLogger(),
        flagging_options=["wrong"],
    )
    visitor = Visitor(demo)
    run = visitor.predict(5, ["a", None], True).json()
    assert visitor.flag(run["run"], "wrong").json()["row"] == 0
    (entry,) = objects(LOG)
    assert [*entry][:4] == ["num", "words", "sure", "Output"]
    assert (entry["num"], entry["words"], entry["sure"]) == (5, ["a", None], True)
    assert entry["Output"]["label"] == "cat"
    assert (entry["row"], entry["run"], entry["option"], entry["session"]) == (0, run["run"], "wrong", SESSION)
    assert entry["duration"] == run["duration"]
    assert (entry["error"], entry["comment"], entry["expected"], entry["username"]) == (None, None, None, None)
    assert datetime.fromisoformat(entry["created"]).tzinfo is not None


def test_what_was_expected_stands_under_its_label_also_a_file() -> None:
    backend = backend_of(gr.Number(label="n"), gr.Number(label="id"), gr.Image(label="im"), Pile(label="f"))
    files = [Media.of_bytes(b"1", "a.txt"), Media.of_bytes(b"2", "b.txt")]
    record = gr.FlagRecord(
        inputs=(1,), outputs=(2, gradient_of(), files), expected=(3, gradient_of(2), None), comment="no", source="api"
    )
    assert backend.flag_record(record) == 0
    (entry,) = objects(LOG)
    assert [*entry.items()][:4] == [("n", 1), ("id 2", 2), ("im", "im/0.png"), ("f", ["f/0/0.txt", "f/0/1.txt"])]
    assert entry["expected"] == {"id 2": 3, "im": "im expected/0.png"}
    assert (entry["id"], entry["comment"], entry["source"]) == (record.id, "no", "api")
    assert tree() == ["f/0/0.txt", "f/0/1.txt", "flags.jsonl", "im expected/0.png", "im/0.png"]


def test_a_line_is_a_line_for_every_reader() -> None:
    text = "grüße 日本\u2028\u2029\x85\x0b\x1c\r\n\ud800 \\ud800"
    backend_of(gr.Textbox(label=text)).flag([text])
    assert len(LOG.read_bytes().decode().splitlines()) == 1
    assert "grüße 日本".encode() in LOG.read_bytes()
    assert objects(LOG)[0][text] == text


class Anything(gr.Component):
    """A component that holds what JSON cannot say."""


def test_what_json_cannot_say_is_written_as_text() -> None:
    backend = backend_of(Anything(label="a"), Anything(label="b"))
    backend.flag([{"x": float("nan"), "y": [float("-inf")]}, {"file": Media.of_bytes(b"", "a.txt"), "path": Path("p")}])
    (entry,) = objects(LOG)
    assert entry["a"] == {"x": "NaN", "y": ["-Infinity"]}
    assert entry["b"] == {"file": "a.txt", "path": "p"}


def test_flags_can_go_elsewhere_than_those_of_other_backends() -> None:
    backend_of(gr.Image(label="im"), directory="more/jsonl").flag([gradient_of()])
    assert tree(Path("more/jsonl")) == ["flags.jsonl", "im/0.png"]
    assert not FOLDER.exists()


@pytest.mark.parametrize("torn", [b'{"n": 2', b'{"n": "\xc3', b"2", b"[1]"])
def test_half_a_line_that_a_crash_left_is_kept_aside(torn: bytes) -> None:
    backend_of(gr.Number(label="n")).flag([1])
    with LOG.open("ab") as log:
        log.write(torn)
    assert backend_of(gr.Number(label="n")).flag([3]) == 1
    assert [entry["n"] for entry in objects(LOG)] == [1, 3]
    assert [path.read_bytes() for path in (FOLDER / ".minidemo").rglob("*.jsonl")] == [torn]


def test_a_line_that_only_lacks_its_end_is_kept() -> None:
    FOLDER.mkdir()
    LOG.write_bytes(b'{"n": 1}\n\n{"n": 2}')
    backend = backend_of(gr.Number(label="n"))
    assert [backend.flag([3]), backend.flag([4])] == [2, 3]
    assert LOG.read_bytes().startswith(b'{"n": 1}\n\n{"n": 2}\n{"n": 3, ')
    assert LOG.read_bytes().count(b"\n") == 5
