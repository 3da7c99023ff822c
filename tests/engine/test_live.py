"""Live demos and streaming inputs, as an author makes them, and as the server keeps what they send."""

import json
import re
from typing import Any

import numpy
import pytest

import minidemo as gr
from minidemo.errors import ConfigurationError
from minidemo.stores.stream_history import MAX_RUNS
from tests.components.pictures import encoded, gradient
from tests.components.sounds import wav
from tests.pages import blocks
from tests.visitor import Visitor


def html(demo: gr.Interface) -> str:
    return Visitor(demo).http.get("/").text


def config(demo: gr.Interface) -> dict[str, Any]:
    """Return what a page's scripts know of its endpoint."""
    found = re.search(r'id="config">(.*?)</script>', html(demo))
    assert found
    endpoint: dict[str, Any] = json.loads(found[1])["endpoints"][0]
    return endpoint


def camera(**options: Any) -> gr.Image:
    return gr.Image(sources=["webcam"], streaming=True, type="pil", **options)


def stream(fn: Any = lambda im: im, inputs: Any = None, outputs: Any = "image", **options: Any) -> gr.Interface:
    return gr.Interface(fn, inputs or camera(), outputs, live=True, **options)


def test_a_live_page_knows_it_and_loads_its_script() -> None:
    page = html(gr.Interface(str.upper, "text", "text", live=True))
    assert "live.js" in page
    assert "live.js" not in html(gr.Interface(str.upper, "text", "text"))
    assert config(gr.Interface(str.upper, "text", "text"))["live"] is None
    assert config(gr.Interface(str.upper, "text", "text", live=True))["live"] == {"every": 0.5, "limit": None}
    assert config(stream(stream_every=0.1, time_limit=60))["live"] == {"every": 0.1, "limit": 60}


def test_a_live_page_has_no_submit_button_but_clear() -> None:
    page = html(gr.Interface(str.upper, "text", "text", live=True, submit_btn="Go"))
    assert ">Go<" not in page
    assert ">Clear<" in page
    assert ">Flag<" in page


def test_what_has_no_inputs_keeps_its_button() -> None:
    assert ">Generate<" in html(gr.Interface(lambda: 1, None, "number", live=True))


@pytest.mark.parametrize("every", [0, -1, "often", True, None, float("nan")])
def test_a_stream_needs_seconds(every: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"stream_every is .*; expected seconds above 0, such as 0\.5"):
        gr.Interface(str.upper, "text", "text", live=True, stream_every=every)


@pytest.mark.parametrize("component", [gr.Image(streaming=True), gr.Audio(streaming=True)])
def test_a_streaming_input_needs_a_live_demo(component: gr.Component) -> None:
    with pytest.raises(ConfigurationError, match=r"\(streaming=True\) sends .* Add live=True, or leave streaming out"):
        gr.Interface(lambda x: x, component, "text")


def test_a_streaming_input_is_no_output() -> None:
    both = camera()
    with pytest.raises(ConfigurationError, match=r"is an input and an output\. Give the output a component of its own"):
        stream(inputs=both, outputs=both)


@pytest.mark.parametrize(
    ("make", "source"),
    [
        (lambda: gr.Image(streaming=True, sources=["upload", "webcam"]), "webcam"),
        (lambda: gr.Image(streaming=True, sources="clipboard"), "webcam"),
        (lambda: gr.Audio(streaming=True, sources=["upload", "microphone"]), "microphone"),
    ],
)
def test_a_stream_comes_from_one_source(make: Any, source: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"streams from .* alone.* Use sources=\['{source}'\]"):
        make()


def test_a_stream_comes_from_the_camera_unless_told_otherwise() -> None:
    assert gr.Image(streaming=True).sources == ["webcam"]
    assert gr.Image().sources == ["upload", "webcam", "clipboard"]


def test_a_streaming_component_is_switched_on_and_off() -> None:
    page = html(stream(inputs=[camera(value=gradient(), label="im")], fn=lambda im: im))
    assert "<mini-stream" in page
    assert ">Start camera<" in page
    assert "widgets/stream.js" in page
    assert "data-full" in page
    page = html(stream(inputs=gr.Audio(streaming=True), outputs="text"))
    assert ">Start microphone<" in page


def test_an_output_that_streams_is_an_output_like_any_other() -> None:
    page = html(gr.Interface(lambda: None, None, gr.Audio(streaming=True, autoplay=True)))
    assert "<mini-audio" in page
    assert "widgets/stream.js" not in page


class Streaming:
    """A page with a camera that is on."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.frames: list[dict[str, Any]] = []
        self.runs: list[str] = []
        self.shown: list[dict[str, Any]] = []

    def send(self, *more: Any, frame: dict[str, Any] | None = None) -> None:
        """Upload a frame, unless it is sent again, and submit it."""
        frame = frame or self.visitor.upload(encoded(gradient(), "jpeg"), "camera.jpeg", "image/jpeg").json()
        told = self.visitor.predict(frame, *more).json()
        self.frames.append(frame)
        self.runs.append(told["run"])
        self.shown.append(told["data"][0])

    def found(self, files: list[dict[str, Any]]) -> list[bool]:
        """Tell of each file whether it is still there."""
        return [self.visitor.download(file).status_code == 200 for file in files]


def test_of_a_stream_the_latest_runs_and_their_files_are_kept() -> None:
    page = Streaming(Visitor(stream()))
    for _ in range(MAX_RUNS + 3):
        page.send()
    expected = [False] * 3 + [True] * MAX_RUNS
    assert page.found(page.frames) == expected
    assert page.found(page.shown) == expected
    assert page.visitor.flag(page.runs[2]).status_code == 410
    assert page.visitor.flag(page.runs[3]).status_code == 201
    assert page.visitor.flag(page.runs[-1]).status_code == 201


def test_a_frame_that_is_used_again_is_kept() -> None:
    page = Streaming(Visitor(stream(lambda im, x: im, [camera(), "number"])))
    page.send(0)
    for i in range(MAX_RUNS + 3):
        page.send(i, frame=page.frames[0])
    assert page.found(page.frames[:1]) == [True]


def test_files_that_are_not_of_the_stream_stay() -> None:
    page = Streaming(Visitor(stream(lambda im, other: im, [camera(), gr.Image(type="pil")])))
    other = page.visitor.upload(encoded(gradient())).json()
    for _ in range(MAX_RUNS + 3):
        page.send(other)
    assert page.found([other]) == [True]


def test_a_run_stays_for_as_long_as_its_flag_can_be_taken_back() -> None:
    page = Streaming(Visitor(stream()))
    page.send()
    assert page.visitor.flag(page.runs[0]).status_code == 201
    for _ in range(MAX_RUNS + 3):
        page.send()
    assert page.visitor.http.post("/flag/undo", json={"run": page.runs[0]}).status_code == 200
    assert page.visitor.flag(page.runs[1]).status_code == 410


def test_pages_do_not_crowd_each_other_out() -> None:
    visitor = Visitor(stream())
    pages = []
    for i in range(2):
        visitor.session = f"session-{i}"
        pages.append(Streaming(visitor))
        for _ in range(MAX_RUNS):
            pages[i].send()
    assert all(page.found(page.frames) == [True] * MAX_RUNS for page in pages)


def test_programs_that_name_no_session_are_kept_as_others_are() -> None:
    page = Streaming(Visitor(stream(), session=None))
    for _ in range(MAX_RUNS + 3):
        page.send()
    assert page.visitor.flag(page.runs[0]).status_code == 201


def test_the_page_about_live_demos() -> None:
    demos: list[gr.Interface] = []
    for block in blocks("live.md"):
        names: dict[str, Any] = {}
        exec(block.text.replace("demo.launch()\n", ""), names)
        demos.append(names["demo"])
    greeting, turned, loudness = map(Visitor, demos)
    assert greeting.result("Ann", 2, True) == ["HELLO ANN. HELLO ANN. "]
    frame = turned.upload(encoded(gradient())).json()
    assert turned.result(frame)[0]["orig_name"]
    assert turned.result(None) == [None]
    piece = loudness.upload(wav(numpy.array([5, -5], "<i2"), 8000), "stream.wav", "audio/wav").json()
    assert loudness.result(piece) == [5]
    assert loudness.result(None) == [0]
