"""A plain function is a backend."""

import asyncio
from collections import deque
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError
from minidemo.flagging.backends.function import FunctionLogger
from tests.components.pictures import encoded, gradient, opened, pixels
from tests.flagging.folder import FOLDER
from tests.visitor import Visitor


def test_a_function_is_called_with_the_record_and_nothing_is_written() -> None:
    seen: list[gr.FlagRecord] = []
    demo = gr.Interface(lambda a: a * 2, "number", "number", flagging_callback=FunctionLogger(seen.append))
    visitor = Visitor(demo)
    runs = [visitor.predict(number).json()["run"] for number in (3, 4)]
    assert [visitor.flag(run).json()["row"] for run in runs] == [0, 1]
    assert [(record.run, record.inputs, record.outputs) for record in seen] == [
        (runs[0], (3,), (6,)),
        (runs[1], (4,), (8,)),
    ]
    assert not FOLDER.exists()


def test_an_int_that_the_function_returns_is_the_number_of_the_row() -> None:
    answers: deque[object] = deque([41, None, "done", True])
    backend = backend_of(lambda record: answers.popleft(), gr.Number())
    assert [backend.flag([1]) for _ in range(4)] == [41, 0, 1, 2]


def test_a_function_may_ask_for_the_labels() -> None:
    seen = []

    def send(record: gr.FlagRecord, *, labels: list[str], retries: int = 3) -> None:
        seen.append(dict(zip(labels, record.data, strict=True)))

    backend_of(send, gr.Number(label="n"), gr.Textbox(), gr.Number(label="n")).flag([1, "x", 2], "wrong", "ann")
    assert seen == [{"n": 1, "component 1": "x", "n 2": 2}]


def test_an_async_function_is_waited_for() -> None:
    seen = []

    async def send(record: gr.FlagRecord) -> int:
        await asyncio.sleep(0)
        seen.append((record.option, record.username))
        return 7

    assert backend_of(send, gr.Number()).flag([1], "wrong", "ann") == 7
    assert seen == [("wrong", "ann")]


def test_pictures_come_without_what_the_camera_noted_and_other_values_as_they_are() -> None:
    seen: list[gr.FlagRecord] = []
    exif = gradient(4, 3).getexif()
    exif[0x010E] = "at home"
    taken = Media.of_bytes(encoded(gradient(4, 3), exif=exif), "cat.png")
    taken.uploaded = True
    backend = backend_of(seen.append, gr.Image(), gr.JSON(), gr.Image())
    backend.flag_record(gr.FlagRecord(inputs=(taken,), outputs=({"a": 1}, None), expected=({"a": 2}, taken)))
    (record,) = seen
    assert record.outputs == ({"a": 1}, None)
    assert record.expected is not None
    assert record.expected[0] == {"a": 2}
    for picture in (record.inputs[0], record.expected[1]):
        assert pixels(opened(picture)) == pixels(gradient(4, 3))
        assert b"at home" not in picture.read()


def test_a_function_that_fails_is_told_to_the_visitor() -> None:
    def send(record: gr.FlagRecord) -> None:
        raise RuntimeError("The other side does not answer.")

    visitor = Visitor(gr.Interface(lambda a: a, "number", "number", flagging_callback=FunctionLogger(send)))
    response = visitor.flag(visitor.predict(1).json()["run"])
    assert response.status_code == 503
    assert "could not be saved" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (7, "FunctionLogger got 7; expected a function"),
        (lambda: None, "too many positional arguments"),
        (lambda record, other: None, "missing a required argument: 'other'"),
        (lambda labels: None, "multiple values"),
        (lambda *, record: None, "too many positional"),
    ],
)
def test_what_cannot_be_called_with_a_record_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        FunctionLogger(wrong)


def test_a_builtin_that_does_not_tell_what_it_takes_is_believed() -> None:
    assert backend_of(type, gr.Number()).flag([1]) == 0


def backend_of(function: Any, *components: gr.Component) -> FunctionLogger:
    backend = FunctionLogger(function)
    backend.setup(components, FOLDER)
    return backend
