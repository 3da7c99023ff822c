"""A camera or a microphone that streams into a live demo, while it is switched on."""

import re
import threading
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit


def camera(**options: Any) -> gr.Image:
    return gr.Image(sources=["webcam"], streaming=True, type="pil", label="im", **options)


class Counter:
    """A function that counts what it is given, and can be made to wait."""

    def __init__(self) -> None:
        self.given: list[Any] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, *values: Any) -> str:
        """Tell how often it was called, and the size of the picture."""
        self.given.append(values)
        self.go_on.wait(60)
        im, *more = values
        return " ".join(map(str, [len(self.given), *(im.size if im else ("none",)), *more]))


def stream(fn: Any, *inputs: gr.Component, every: float = 0.05, **options: Any) -> gr.Interface:
    return gr.Interface(fn, [*inputs] or [camera()], "text", live=True, stream_every=every, **options)


def output(page: Page) -> Locator:
    return page.get_by_label("Output", exact=True)


def start(page: Page, name: str = "Start camera") -> None:
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text("Streaming", exact=True)).to_be_visible()


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop", exact=True).first.click()


def look(page: Page, frames: int) -> None:
    """Look at the page for many times as long as it is between two calls."""
    page.evaluate(
        "n => new Promise(done => { const tick = () => n-- ? requestAnimationFrame(tick) : done(); tick() })", frames
    )


def several(fn: Counter, page: Page) -> None:
    """Wait until the function was called some more times."""
    many = len(fn.given)
    expect(output(page)).not_to_have_value("")
    for _ in range(2):  # the first change may be the result of a call under way
        expect(output(page)).not_to_have_value(output(page).input_value())
    assert len(fn.given) > many


def test_what_the_camera_sees_is_sent_again_and_again(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn))
    expect(page.get_by_text("The camera is off.")).to_be_visible()
    start(page)
    several(fn, page)
    several(fn, page)
    width, height = fn.given[-1][0].size
    assert width > height > 100
    assert violations(page) == []
    stop(page)
    expect(page.get_by_role("status").filter(has_text="The camera is off.")).to_be_visible()
    expect(page.get_by_role("img", name="im")).to_be_visible()
    assert violations(page) == []


def test_it_is_switched_on_and_off_by_key(visit: Visit) -> None:
    page = visit(stream(Counter()))
    button = page.get_by_role("button", name="Start camera")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Streaming", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("Streaming", exact=True)).to_be_visible()


def test_a_slow_function_gets_the_frame_of_the_moment_and_no_queue(visit: Visit) -> None:
    fn = Counter()
    fn.go_on.clear()
    sent: list[str] = []
    page = visit(stream(fn))
    page.on("request", lambda request: sent.append(request.url.rpartition("/")[2]))
    start(page)
    look(page, 40)
    assert sent.count("predict") == 1
    assert len(fn.given) == 1
    fn.go_on.set()
    several(fn, page)
    assert "cancel" not in sent


def test_a_stream_looks_calm_and_says_little(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn))
    page.evaluate(
        """() => {
            window.seen = new Set();
            const look = () => seen.add(document.querySelector("mini-textbox").dataset.state);
            new MutationObserver(look).observe(document.querySelector("mini-textbox"), {attributes: true});
            window.told = [];
            const live = document.getElementById("live");
            new MutationObserver(() => told.push(live.textContent)).observe(live, {childList: true});
        }"""
    )
    start(page)
    several(fn, page)
    several(fn, page)
    assert set(page.evaluate("[...seen]")) <= {"empty", "fresh"}
    assert page.evaluate("told") == []


def test_other_inputs_travel_with_the_next_frame(visit: Visit) -> None:
    fn = Counter()
    fn.go_on.clear()
    sent: list[str] = []
    page = visit(stream(fn, camera(), gr.Textbox(label="text", lines=1)))
    page.on("request", lambda request: sent.append(request.url.rpartition("/")[2]))
    with page.expect_request("**/predict"):
        start(page)
    page.get_by_label("text", exact=True).press_sequentially("one")
    page.keyboard.press("Tab")
    fn.go_on.set()
    expect(output(page)).to_have_value(re.compile(" one$"))
    assert "cancel" not in sent
    stop(page)
    page.get_by_label("text", exact=True).fill("two")
    expect(output(page)).to_have_value(re.compile(" two$"))
    assert fn.given[-1][0].size == fn.given[0][0].size, "with the last frame"


def test_what_does_not_fit_holds_the_stream_up_until_it_is_mended(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn, camera(), gr.Number(label="n")))
    page.get_by_label("n", exact=True).fill("x")
    start(page)
    expect(page.get_by_text("n must be a number, such as 1.5.")).to_be_visible()
    page.get_by_label("n", exact=True).fill("5")
    expect(output(page)).to_have_value(re.compile(" 5$"))


def test_a_stream_ends_after_its_time(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn, time_limit=0.5))
    start(page)
    expect(
        page.get_by_text("Streaming stopped after 0.5 s, this demo's limit. Start again to continue.")
    ).to_be_visible()
    expect(output(page)).not_to_have_value("")
    start(page)
    expect(page.get_by_text("Streaming stopped after")).to_be_visible()


def test_what_is_flagged_stays_until_it_is_flagged(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn, flagging_comment=True))
    start(page)
    several(fn, page)
    page.get_by_role("button", name="Flag").click()
    page.get_by_label("Note").fill("Blurred")
    look(page, 20)
    shown = output(page).input_value()
    look(page, 20)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert (record.outputs[0], record.comment) == (shown, "Blurred")
    several(fn, page)


def test_a_stream_ends_with_clear(visit: Visit) -> None:
    fn = Counter()
    page = visit(stream(fn))
    start(page)
    several(fn, page)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Start camera")).to_be_visible()
    expect(output(page)).to_have_value("")
    expect(page.get_by_role("img", name="im")).to_be_hidden()
    start(page)
    several(fn, page)


def test_a_failure_does_not_end_the_stream(visit: Visit) -> None:
    calm = threading.Event()

    def picky(im: Any) -> str:
        if not calm.is_set():
            raise gr.Error("Nobody is there.")
        return "somebody"

    page = visit(stream(picky))
    start(page)
    expect(page.get_by_text("Nobody is there.")).to_be_visible()
    calm.set()
    expect(output(page)).to_have_value("somebody")
    expect(page.get_by_text("Nobody is there.")).to_be_hidden()


def test_a_page_that_is_loaded_anew_does_not_come_back_to_a_stream(visit: Visit) -> None:
    fn = Counter()
    fn.go_on.clear()
    page = visit(stream(fn))
    with page.expect_request("**/predict"):
        start(page)
    page.reload()
    expect(page.get_by_text("The camera is off.")).to_be_visible()
    expect(page.get_by_role("img", name="im")).to_be_hidden()
    fn.go_on.set()


@pytest.mark.parametrize(("source", "name"), [("image", "camera"), ("audio", "microphone")])
def test_what_may_not_be_used_is_told(visit: Visit, source: str, name: str) -> None:
    component = camera() if source == "image" else gr.Audio(streaming=True)
    page = visit(stream(Counter(), component))
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('')) }")
    page.get_by_role("button", name=f"Start {name}").click()
    expect(page.get_by_text(f"Can't use the {name}.")).to_be_visible()


class Listener:
    """A function that puts together what it hears."""

    def __init__(self) -> None:
        self.pieces: list[Any] = []
        self.rate = 0
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, sound: tuple[int, Any]) -> float:
        """Tell how many seconds there are."""
        self.rate, samples = sound
        self.pieces.append(samples)
        self.go_on.wait(60)
        return round(sum(map(len, self.pieces)) / self.rate, 3)


def test_what_the_microphone_hears_is_sent_piece_by_piece_and_nothing_is_lost(visit: Visit) -> None:
    fn = Listener()
    page = visit(stream(fn, gr.Audio(streaming=True, label="sound"), every=0.2))
    expect(page.get_by_text("The microphone is off.")).to_be_visible()
    start(page, "Start microphone")
    expect(output(page)).to_have_value(re.compile(r"^[1-9]"))
    assert len(fn.pieces) > 2
    expect(page.get_by_role("timer")).to_have_text("0:01")
    assert violations(page) == []
    fn.go_on.clear()
    many = len(fn.pieces)
    expect(page.get_by_role("timer")).to_have_text("0:04")
    fn.go_on.set()
    expect(output(page)).to_have_value(re.compile(r"^[4-9]"))
    assert max(map(len, fn.pieces[many:])) > fn.rate, "what was heard meanwhile comes at once"
    stop(page)
    expect(page.get_by_role("status").filter(has_text="The microphone is off.")).to_be_visible()
