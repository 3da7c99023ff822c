"""Results and errors appear where people look, on wide and narrow screens, and are announced once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit

PHONE = {"width": 375, "height": 700}
LAPTOP = {"width": 1280, "height": 800}


def top(locator: Locator) -> float:
    """Return the distance of an element from the top of the document."""
    return float(locator.evaluate("element => element.getBoundingClientRect().top + scrollY"))


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def fail(text: str) -> str:
    raise gr.Error("No such town.")


def many(*texts: str) -> str:
    return " ".join(texts)


def test_a_failure_is_shown_above_the_outputs_and_comes_into_view(visit: Visit) -> None:
    inputs = [gr.Textbox(label=f"Field {n}") for n in range(12)]
    page = visit(gr.Interface(lambda *texts: fail(texts[0]), inputs, "text"), viewport=PHONE)
    submit(page)
    failure = page.get_by_role("alert").filter(has_text="No such town.")
    expect(failure).to_be_in_viewport()
    assert top(failure) < top(page.get_by_label("Output"))


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP])
def test_the_result_of_a_long_form_comes_into_view(visit: Visit, viewport: dict[str, int]) -> None:
    inputs = [gr.Textbox(label=f"Field {n}") for n in range(15)]
    page = visit(gr.Interface(many, inputs, "text"), viewport=viewport)
    submit(page)
    expect(page.get_by_label("Output")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Submit")).to_be_focused()


def test_on_a_phone_the_results_come_before_the_examples(visit: Visit) -> None:
    demo = gr.Interface(str.upper, gr.Textbox(label="text"), "text", examples=[["a"], ["b"]])
    page = visit(demo, viewport=PHONE)
    examples, output = page.get_by_role("heading", name="Examples"), page.get_by_label("Output")
    assert top(page.get_by_role("button", name="Submit")) < top(output) < top(examples)
    page.set_viewport_size({"width": 1280, "height": 800})
    button = page.get_by_role("button", name="Submit")
    assert top(output) < top(button) < top(examples)
    assert examples.evaluate("element => element.getBoundingClientRect().right") < 640


def test_a_long_text_is_seen_whole_up_to_its_maximum_of_lines(visit: Visit) -> None:
    text = "\n".join(map(str, range(15)))
    page = visit(gr.Interface(lambda: (text, text), None, ["text", gr.Textbox(max_lines=5)]))
    page.get_by_role("button", name="Generate").click()
    hidden = "area => area.scrollHeight - area.clientHeight"
    whole, short = page.get_by_label("Output 0"), page.get_by_label("Output 1")
    expect(short).to_have_value(text)
    assert whole.evaluate(hidden) == 0
    assert short.evaluate(hidden) > 0


def test_an_output_is_low_while_empty_and_grows_with_its_answer(visit: Visit) -> None:
    answers = {
        gr.Markdown(): "- one\n" * 12,
        gr.HTML(): "<p>one</p>" * 8,
        gr.Code(): "one\n" * 12,
        gr.JSON(open=True): list(range(12)),
        gr.HighlightedText(): [(f"one {n} ", "number") for n in range(60)],
        gr.Dataframe(): [[n] for n in range(10)],
        gr.Label(): {str(n): n / 60 for n in range(1, 10)},
        gr.File(): ["a.txt"] * 5,
    }
    Path("a.txt").write_text("a")
    page = visit(gr.Interface(lambda: tuple(answers.values()), None, list(answers)))
    heights = "all => all.map(one => one.getBoundingClientRect().height)"
    outputs = page.locator("[data-state]")
    assert max(outputs.evaluate_all(heights)) <= 240
    page.get_by_role("button", name="Generate").click()
    expect(outputs.last.get_by_role("link")).to_have_count(5)
    hidden = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.outerHTML.slice(0, 99))"
    assert page.locator("[data-state] [tabindex], .sheet-body").evaluate_all(hidden) == []


def test_the_state_of_a_run_is_shown_once_and_stop_is_announced(visit: Visit) -> None:
    go_on = threading.Event()

    def talk(text: str) -> Iterator[tuple[str, str]]:
        yield text, text
        go_on.wait(60)
        yield text, text

    page = visit(gr.Interface(talk, gr.Textbox(label="text"), ["text", "text"]))
    page.get_by_label("text").fill("a")
    submit(page)
    expect(page.get_by_label("Output 1")).to_have_value("a")
    expect(page.get_by_text("Running, ")).to_have_count(1)
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    with page.expect_response("**/cancel"):
        page.keyboard.press("Enter")
    go_on.set()
    expect(page.locator("#live")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    hint = "Sends your inputs and the partial result to the demo's author."
    expect(page.get_by_role("button", name="Flag")).to_have_accessible_description(hint)


def test_a_failure_that_is_no_longer_shown_cannot_be_flagged(visit: Visit) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def maybe(text: str) -> str:
        if text == "bad":
            raise gr.Error("No such town.")
        begun.set()
        go_on.wait(60)
        return text

    page = visit(gr.Interface(maybe, gr.Textbox(label="text"), "text"))
    flag = page.get_by_role("button", name="Flag")
    page.get_by_label("text").fill("bad")
    submit(page)
    expect(flag).to_be_enabled()
    page.get_by_label("text").fill("good")
    submit(page)
    assert begun.wait(60)
    expect(page.get_by_text("No such town.")).to_have_count(0)
    expect(flag).to_be_disabled()
    go_on.set()
    expect(flag).to_be_enabled()


def test_who_waits_in_the_queue_hears_of_it(visit: Visit) -> None:
    go_on = threading.Event()
    page = visit(gr.Interface(lambda text: str(go_on.wait(60)), gr.Textbox(label="text"), "text"))
    submit(page)
    expect(page.locator("#live")).to_have_text("Running")
    other = page.context.new_page()
    other.goto(page.url)
    submit(other)
    expect(other.locator("#live")).to_have_text("Waiting, you are next")
    go_on.set()
    expect(other.locator("#live")).to_contain_text("Done.")


def test_a_number_is_written_as_in_the_pages_language(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x * 2, gr.Number(label="x"), "number"), locale="de-DE")
    page.get_by_label("x", exact=True).fill("1,5")
    page.get_by_role("button", name="Absenden").click()
    expect(page.get_by_label("Ausgabe")).to_have_value("3")
