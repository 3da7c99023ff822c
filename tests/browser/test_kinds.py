"""The kinds of demos, and what an author may change of a demo's page, as a visitor meets them."""

import threading
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def logs() -> list[str]:
    return Path("flagged/logs.csv").read_text().splitlines()


def test_output_only_generates(visit: Visit) -> None:
    results = iter(range(1, 9))
    page = visit(gr.Interface(lambda: next(results), None, gr.Number(label="Number")))
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    press(page, "Generate")
    expect(page.get_by_label("Number")).to_have_value("1")
    press(page, "Generate")
    expect(page.get_by_label("Number")).to_have_value("2")
    press(page, "Flag")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert logs() == ["Number", "2"]
    press(page, "Clear")
    expect(page.get_by_label("Number")).to_have_value("")
    assert violations(page) == []


def test_input_only_takes_something_and_can_be_flagged(visit: Visit) -> None:
    taken: list[str] = []
    page = visit(gr.Interface(taken.append, gr.Textbox(label="word"), None))
    page.get_by_label("word").fill("hello")
    press(page, "Submit")
    expect(page.locator(".status")).to_have_text("Done.")
    assert taken == ["hello"]
    press(page, "Flag")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert logs() == ["word", "hello"]
    page.get_by_label("word").fill("other")
    expect(page.locator(".status")).to_have_text("")
    assert violations(page) == []


def test_input_only_says_that_it_runs_and_what_went_wrong(visit: Visit) -> None:
    go_on = threading.Event()

    def refuse(word: str) -> None:
        go_on.wait(60)
        raise gr.Error(f"No room for {word}.")

    page = visit(gr.Interface(refuse, "text", None))
    page.get_by_label("word").fill("hello")
    press(page, "Submit")
    expect(page.locator(".status")).to_contain_text("Running, ")
    go_on.set()
    expect(page.get_by_role("alert").filter(has_text="No room for hello.")).to_be_visible()
    press(page, "Flag")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_the_same_component_is_changed_in_its_place(visit: Visit) -> None:
    box = gr.Textbox(label="text")
    page = visit(gr.Interface(lambda text: text + "!", box, box))
    field = page.get_by_label("text")
    hint = page.get_by_role("button", name="Flag")
    field.fill("Hello")
    press(page, "Submit")
    expect(field).to_have_value("Hello!")
    expect(hint).to_have_accessible_description("Sends your inputs and this result to the demo's author.")
    field.press("Enter")
    expect(field).to_have_value("Hello!!")
    field.press("End")
    field.type("?")
    expect(hint).to_have_accessible_description(
        "Saves the result shown, with the inputs that produced it (not your later edits)."
    )
    expect(page.locator("mini-textbox")).not_to_have_attribute("data-state", "outdated")
    press(page, "Flag")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert logs()[1:] == ["Hello!,Hello!!"]
    assert violations(page) == []


def add(a: float, b: float, c: float = 0) -> float:
    return a + b + c


def test_a_mistake_in_a_closed_accordion_is_shown(visit: Visit) -> None:
    page = visit(gr.Interface(add, "number", "number", additional_inputs=["number", "number"]))
    expect(page.get_by_label("b")).not_to_be_visible()
    page.get_by_label("a", exact=True).fill("1")
    page.get_by_text("Additional inputs").press("Enter")
    page.get_by_label("b").fill("two")
    page.get_by_text("Additional inputs").press("Enter")
    expect(page.get_by_label("b")).not_to_be_visible()
    press(page, "Submit")
    expect(page.get_by_label("b")).to_be_focused()
    expect(page.get_by_label("b")).to_have_accessible_description("b must be a number, such as 1.5.")
    page.get_by_label("b").fill("2")
    page.get_by_label("c").fill("3")
    press(page, "Submit")
    expect(page.get_by_label("Output")).to_have_value("6")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("showing", "state", "note"),
    [("full", "running", "Running, "), ("minimal", "busy", "Running, "), ("hidden", "empty", "")],
)
def test_a_run_is_shown_as_much_as_the_author_wants(visit: Visit, showing: Any, state: str, note: str) -> None:
    go_on = threading.Event()
    started = threading.Event()

    def slow(x: float) -> float:
        started.set()
        go_on.wait(60)
        return x

    page = visit(gr.Interface(slow, "number", "number", show_progress=showing))
    page.get_by_label("x").fill("1")
    press(page, "Submit")
    assert started.wait(60)
    if note:
        expect(page.get_by_text(note)).to_be_visible()
    output = page.locator("mini-number").last
    expect(output).to_have_attribute("data-state", state)
    go_on.set()
    expect(page.get_by_label("Output")).to_have_value("1")


def test_buttons_of_ones_own_work_as_ours_do(visit: Visit) -> None:
    page = visit(
        gr.Interface(
            add,
            ["number", "number"],
            "number",
            submit_btn=gr.Button("Go", variant="primary", size="lg"),
            clear_btn=None,
        )
    )
    page.get_by_label("a", exact=True).fill("1")
    page.get_by_label("b", exact=True).fill("2")
    press(page, "Go")
    expect(page.get_by_label("Output")).to_have_value("3")
    expect(page.get_by_role("button", name="Clear")).to_have_count(0)


def test_without_a_submit_button_the_keyboard_submits(visit: Visit) -> None:
    page = visit(gr.Interface(lambda word: word * 2, "text", "text", submit_btn=None))
    page.get_by_label("word").fill("a")
    page.get_by_label("word").press("Enter")
    expect(page.get_by_label("Output")).to_have_value("aa")


def test_the_author_asks_for_text_and_for_a_tick(visit: Visit) -> None:
    fields = [gr.Textbox(label="name", required=True), gr.Checkbox(label="agreed", required=True)]
    page = visit(gr.Interface(lambda name, agreed: name, fields, "text"))
    press(page, "Submit")
    expect(page.get_by_text("name is required.")).to_be_visible()
    expect(page.get_by_text("agreed is required.")).to_be_visible()
    expect(page.get_by_role("textbox", name="name", exact=True)).to_be_focused()
    assert violations(page) == []
    page.keyboard.type("Ann")
    page.get_by_role("checkbox", name="agreed", exact=True).check()
    press(page, "Submit")
    expect(page.get_by_label("Output")).to_have_value("Ann")


def test_a_typed_function_asks_for_what_it_needs(visit: Visit) -> None:
    def order(flavour: Literal["sweet", "sour"], pieces: int = 3, note: str | None = None) -> str:
        return f"{pieces} {flavour}"

    page = visit(gr.Interface(order))
    expect(page.get_by_label("pieces")).to_have_value("3")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    press(page, "Submit")
    expect(page.get_by_text("flavour is required.")).to_be_visible()
    assert asked == [], "the page knows that by itself"
    page.get_by_label("sour").check()
    press(page, "Submit")
    expect(page.get_by_label("Output")).to_have_value("3 sour")
    expect(page.get_by_text("flavour is required.")).to_have_count(0)
