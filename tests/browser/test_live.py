"""Live demos: the function runs by itself on every change, and the latest change wins."""

import asyncio
import threading
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.browser.test_running import press_stop
from tests.engine.test_streaming import Tap


def live(fn: Any = str.upper, inputs: Any = None, outputs: Any = "text", **options: Any) -> gr.Interface:
    return gr.Interface(fn, inputs or gr.Textbox(label="text"), outputs, live=True, **options)


def text(page: Page) -> Locator:
    return page.get_by_label("text", exact=True)


def output(page: Page) -> Locator:
    return page.get_by_label("Output", exact=True)


class Slow:
    """A function that waits with the text `a`, and tells what it was given; async ones tell when they were ended."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.began = threading.Event()
        self.go_on = threading.Event()
        self.ended = threading.Event()

    def __call__(self, text: str) -> str:
        """Take a while for one text."""
        self.given.append(text)
        if text == "a":
            self.began.set()
            self.go_on.wait(60)
        return text.upper()

    async def endless(self, text: str) -> str:
        """Take for ever for one text."""
        self.given.append(text)
        try:
            while text == "a":
                self.began.set()
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.ended.set()
            raise
        return text.upper()


def test_what_is_typed_is_answered_without_a_button(visit: Visit) -> None:
    page = visit(live())
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    text(page).press_sequentially("one")
    expect(output(page)).to_have_value("ONE")
    expect(text(page)).to_be_focused()
    text(page).press_sequentially(" two")
    expect(output(page)).to_have_value("ONE TWO")
    assert violations(page) == []


def test_every_kind_of_control_runs_the_function(visit: Visit) -> None:
    given: list[Any] = []
    controls = [
        gr.Slider(0, 10, step=1, label="slider"),
        gr.Checkbox(label="checkbox"),
        gr.Radio(["x", "y"], label="radio"),
        gr.Dropdown(["u", "v"], label="dropdown"),
        gr.File(label="file"),
    ]

    def count(*values: Any) -> int:
        given.append(values)
        return len(given)

    page = visit(live(count, controls, "number"))
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(output(page)).to_have_value("1")
    page.get_by_label("checkbox").check()
    expect(output(page)).to_have_value("2")
    page.get_by_label("y", exact=True).check()
    expect(output(page)).to_have_value("3")
    page.get_by_label("dropdown").select_option("v")
    expect(output(page)).to_have_value("4")
    page.get_by_label("file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    expect(output(page)).to_have_value("5")
    page.get_by_role("button", name="Remove").click()
    expect(output(page)).to_have_value("6")
    assert [values[:4] for values in given[:4]] == [
        (1, False, None, "u"),
        (1, True, None, "u"),
        (1, True, "y", "u"),
        (1, True, "y", "v"),
    ]


def test_a_field_that_is_left_is_not_answered_twice(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow))
    text(page).fill("one")
    expect(output(page)).to_have_value("ONE")
    page.keyboard.press("Tab")
    text(page).fill("two")
    page.keyboard.press("Tab")
    expect(output(page)).to_have_value("TWO")
    assert slow.given == ["one", "two"]


def test_enter_does_not_wait(visit: Visit) -> None:
    page = visit(live(inputs=gr.Textbox(label="text", lines=1)))
    text(page).press_sequentially("one")
    page.keyboard.press("Enter")
    expect(output(page)).to_have_value("ONE")
    text(page).press_sequentially("!")
    page.keyboard.press("Control+Enter")
    expect(output(page)).to_have_value("ONE!")


def test_an_answer_that_comes_late_is_not_shown(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow, concurrency_limit=None))
    text(page).fill("a")
    assert slow.began.wait(60)
    text(page).fill("ab")
    expect(output(page)).to_have_value("AB")
    slow.go_on.set()
    text(page).fill("abc")
    expect(output(page)).to_have_value("ABC")
    assert slow.given == ["a", "ab", "abc"]


def test_a_call_that_is_overtaken_is_ended_on_the_server(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow.endless))
    text(page).fill("a")
    assert slow.began.wait(60)
    text(page).fill("ab")
    expect(output(page)).to_have_value("AB")
    assert slow.ended.is_set(), "else the limit of one call at a time had let nobody through"


def test_a_call_that_is_overtaken_before_it_has_a_name_is_ended_too(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow.endless))
    page.evaluate(
        """() => {
            const ask = window.fetch;
            window.fetch = async (url, options) => {
                const response = await ask(url, options);
                if (!window.go) await new Promise((resolve) => (window.go = resolve));
                return response;
            };
        }"""
    )
    text(page).fill("a")
    assert slow.began.wait(60)
    with page.expect_request("**/predict"):
        text(page).fill("ab")
    assert not slow.ended.is_set()
    with page.expect_request("**/cancel"):
        page.evaluate("window.go()")
    expect(output(page)).to_have_value("AB")


def test_who_is_overtaken_while_waiting_leaves_the_queue(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow))
    text(page).fill("a")
    assert slow.began.wait(60)
    for typed in ("ab", "abc", "abcd"):
        with page.expect_response("**/predict"):
            text(page).fill(typed)
    slow.go_on.set()
    expect(output(page)).to_have_value("ABCD")
    assert slow.given == ["a", "abcd"]


def test_a_slow_function_is_seen_to_run_and_nothing_moves(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow, clear_btn=None))
    page.evaluate(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { shifts += e.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    text(page).fill("b")
    expect(output(page)).to_have_value("B")
    text(page).fill("a")
    expect(page.get_by_text("Running, ")).to_be_visible()
    expect(page.get_by_label("Output", exact=True)).to_have_value("B")
    slow.go_on.set()
    expect(output(page)).to_have_value("A")
    assert page.evaluate("shifts") == 0


def test_what_does_not_fit_is_told_and_whoever_types_goes_on_typing(visit: Visit) -> None:
    page = visit(live(lambda n, text: f"{n} {text}", [gr.Number(label="n"), gr.Textbox(label="text")]))
    page.get_by_label("n", exact=True).fill("x")
    expect(page.get_by_text("n must be a number, such as 1.5.")).to_be_visible()
    text(page).press_sequentially("one")
    expect(page.get_by_text("n must be a number, such as 1.5.")).to_be_visible()
    expect(text(page)).to_be_focused()
    page.get_by_label("n", exact=True).fill("5")
    expect(output(page)).to_have_value("5 one")
    page.get_by_label("n", exact=True).fill("5x")
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()


def test_what_the_server_refuses_is_told_at_the_field_until_it_is_mended(visit: Visit) -> None:
    def short(text: str, other: str) -> Any:
        return gr.validate(len(text) < 4, "Too long."), gr.validate(True, "")

    fields = [gr.Textbox(label="text"), gr.Textbox(label="other")]
    page = visit(live(lambda text, other: text + other, fields, validator=short))
    page.get_by_label("other").fill("x")
    expect(output(page)).to_have_value("x")
    text(page).fill("four")
    expect(page.get_by_text("Too long.")).to_be_visible()
    expect(text(page)).to_be_focused()
    text(page).fill("one")
    expect(output(page)).to_have_value("onex")
    expect(page.get_by_text("Too long.")).to_be_hidden()


def test_what_must_not_be_empty_is_waited_for_and_asked_for_once_it_was_emptied(visit: Visit) -> None:
    def add(a: float, b: float) -> float:
        return a + b

    page = visit(gr.Interface(add, live=True))
    page.get_by_label("a", exact=True).fill("1")
    page.keyboard.press("Tab")
    page.get_by_label("b", exact=True).fill("2")
    expect(output(page)).to_have_value("3")
    expect(page.get_by_text("is required")).to_have_count(0)
    page.get_by_label("a", exact=True).fill("")
    expect(page.get_by_text("a is required.")).to_be_visible()


def test_a_failure_stays_until_something_comes_out(visit: Visit) -> None:
    def picky(text: str) -> str:
        if text == "no":
            raise gr.Error("I do not like it.")
        return text

    page = visit(live(picky))
    text(page).fill("no")
    expect(page.get_by_text("I do not like it.")).to_be_visible()
    page.evaluate(
        "window.told = 0; new MutationObserver(() => { window.told += 1 })"
        ".observe(document.querySelector('[data-status]'), {childList: true, characterData: true, subtree: true})"
    )
    with page.expect_response("**/predict"):
        text(page).fill("no")
    text(page).fill("yes")
    expect(output(page)).to_have_value("yes")
    expect(page.get_by_text("I do not like it.")).to_be_hidden()
    assert page.evaluate("window.told") == 1, "a screen reader does not hear of the same failure again"


def test_screen_readers_hear_of_the_last_result_only(visit: Visit) -> None:
    page = visit(live())
    page.evaluate(
        "window.told = []; new MutationObserver(() => told.push(document.getElementById('live').textContent))"
        ".observe(document.getElementById('live'), {childList: true})"
    )
    page.clock.install(time=0)
    page.clock.pause_at(1)
    for typed in ("one", "one two", "one two three"):
        text(page).fill(typed)
        page.clock.run_for(300)
        expect(output(page)).to_have_value(typed.upper())
    page.clock.run_for(999)
    assert page.evaluate("told") == []
    page.clock.run_for(1)
    expect(page.locator("#live")).to_have_text("Done. Output: ONE TWO THREE")
    assert page.evaluate("told") == ["Done. Output: ONE TWO THREE"]


def test_clear_and_undo(visit: Visit) -> None:
    page = visit(live(inputs=gr.Dropdown(["x", "y"], value="y", label="text")))
    expect(output(page)).to_have_value("")
    text(page).select_option("x")
    expect(output(page)).to_have_value("X")
    page.get_by_role("button", name="Clear").click()
    expect(output(page)).to_have_value("")
    text(page).select_option("x")
    expect(output(page)).to_have_value("X")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Undo").click()
    expect(output(page)).to_have_value("X")


def test_clear_ends_what_is_under_way(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow.endless))
    text(page).fill("a")
    assert slow.began.wait(60)
    page.get_by_role("button", name="Clear").click()
    text(page).fill("b")
    expect(output(page)).to_have_value("B")


def test_the_latest_result_is_flagged(visit: Visit) -> None:
    page = visit(live())
    expect(page.get_by_text("Run the demo first, then flag")).to_be_visible()
    for typed in ("one", "two"):
        text(page).fill(typed)
        expect(output(page)).to_have_value(typed.upper())
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert (record.inputs[0], record.outputs[0]) == ("two", "TWO")


def test_a_generator_is_closed_when_it_is_overtaken_and_can_be_stopped(visit: Visit) -> None:
    tap = Tap()
    page = visit(live(tap))
    text(page).fill("a")
    tap.drops.release()
    expect(output(page)).to_have_value("a")
    with page.expect_response("**/cancel"):
        text(page).fill("b")
    tap.drops.release()
    assert tap.ended.wait(60)
    tap.drops.release()
    expect(output(page)).to_have_value("b")
    press_stop(page)
    tap.drops.release(100)
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible()


def test_inputs_that_are_outputs_are_changed_in_their_place_and_only_once(visit: Visit) -> None:
    given: list[str] = []

    def shout(text: str) -> str:
        given.append(text)
        return text + "!"

    both = gr.Textbox(label="text", lines=1)
    page = visit(live(shout, both, both))
    text(page).press_sequentially("one")
    expect(text(page)).to_have_value("one!")
    page.keyboard.press("Tab")
    text(page).press_sequentially(" two")
    expect(text(page)).to_have_value("one! two!")
    assert given == ["one", "one! two"]


def test_what_is_typed_into_an_output_is_not_overwritten(visit: Visit) -> None:
    slow = Slow()
    both = gr.Textbox(label="text")
    page = visit(live(slow, both, both, concurrency_limit=None))
    text(page).press_sequentially("a")
    assert slow.began.wait(60)
    text(page).press_sequentially("b")
    slow.go_on.set()
    expect(text(page)).to_have_value("AB")
    assert slow.given == ["a", "ab"]


def test_what_has_no_inputs_runs_when_the_page_is_opened_and_on_demand(visit: Visit) -> None:
    results = iter(range(1, 9))
    page = visit(gr.Interface(lambda: next(results), None, "number", live=True))
    expect(output(page)).to_have_value("1")
    page.get_by_role("button", name="Generate").click()
    expect(output(page)).to_have_value("2")


def test_what_has_no_outputs_runs_too(visit: Visit) -> None:
    slow = Slow()
    page = visit(gr.Interface(slow, gr.Textbox(label="text"), None, live=True))
    text(page).fill("one")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert slow.given == ["one"]


def test_an_input_that_is_emptied_by_a_button_of_its_own_runs_too(visit: Visit) -> None:
    field = gr.Textbox(label="text")
    page = visit(live(lambda text, _: f"[{text}]", [field, gr.ClearButton(field, value="Empty")]))
    text(page).fill("one")
    expect(output(page)).to_have_value("[one]")
    page.get_by_role("button", name="Empty").click()
    expect(output(page)).to_have_value("[]")


def test_a_page_that_is_loaded_anew_comes_back(visit: Visit) -> None:
    slow = Slow()
    page = visit(live(slow))
    text(page).fill("a")
    assert slow.began.wait(60)
    page.evaluate(
        """() => new Promise(done => {
            const look = () => sessionStorage.length ? done() : requestAnimationFrame(look);
            look();
        })"""
    )
    page.reload()
    expect(text(page)).to_have_value("a")
    slow.go_on.set()
    expect(output(page)).to_have_value("A")


@pytest.mark.parametrize("mode", ["full", "minimal", "hidden"])
def test_a_control_that_is_dragged_is_followed(visit: Visit, mode: Any) -> None:
    given: list[float] = []

    def note(n: float) -> float:
        given.append(n)
        return n

    page = visit(live(note, gr.Slider(0, 100, step=1, label="n"), "number", show_progress=mode))
    box = page.get_by_role("slider").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 40, middle)
    page.mouse.down()
    expect(output(page)).not_to_have_value("")
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    expect(output(page)).not_to_have_value(f"{given[0]:g}")
    page.mouse.move(box["x"] + box["width"], middle, steps=20)
    page.mouse.up()
    expect(output(page)).to_have_value("100")
    assert given[-1] == 100
    assert len(given) == len(set(given)), "no value is asked for twice"
