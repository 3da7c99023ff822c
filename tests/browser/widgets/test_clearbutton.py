"""ClearButton, in a browser."""

import threading
from pathlib import Path

from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit


def test_a_clear_button_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.ClearButton(value="Empty", flag=True), gr.ClearButton(flag=True)))
    submit(page)
    expect(page.get_by_role("button", name="Empty")).to_have_count(2)
    assert flagged(page) == ("Empty", "Empty")


def empty(page: Page) -> None:
    page.get_by_role("button", name="Empty").click()


def test_it_empties_all_inputs_and_outputs(visit: Visit) -> None:
    Path("a.txt").write_text("a")
    inputs: list[gr.Component] = [
        gr.Textbox("Ada", label="name"),
        gr.Number(36, label="age"),
        gr.Checkbox(True, label="done"),
        gr.Radio(["a", "b"], value="a", label="letter"),
        gr.File("a.txt", label="file"),
        gr.ClearButton(value="Empty"),
    ]
    page = visit(gr.Interface(lambda name, *_: name, inputs, "text"))
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("Ada")
    empty(page)
    for label in ("name", "age", "Output"):
        expect(page.get_by_label(label, exact=True)).to_have_value("")
    expect(page.get_by_label("done", exact=True)).not_to_be_checked()
    expect(page.get_by_role("radio", name="a", exact=True)).not_to_be_checked()
    expect(page.locator(".file-name")).to_have_count(0)
    expect(page.get_by_role("button", name="Empty")).to_be_visible()


def test_what_was_emptied_cannot_be_flagged_until_there_is_a_result_again(visit: Visit) -> None:
    page = visit(gr.Interface(lambda name, _: name, ["text", gr.ClearButton(value="Empty")], "text"))
    page.get_by_label("name", exact=True).fill("Ada")
    submit(page)
    empty(page)
    expect(page.get_by_role("button", name="Flag")).to_be_disabled()
    expect(page.get_by_text("Run the demo first, then flag")).to_be_visible()
    page.get_by_label("name", exact=True).fill("Bob")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("Bob")


def test_it_empties_those_alone_that_it_names(visit: Visit) -> None:
    name, age = gr.Textbox("Ada", elem_id="who"), gr.Number(36)
    page = visit(gr.Interface(lambda name, age, _: name, [name, age, gr.ClearButton(name, value="Empty")], "text"))
    submit(page)
    empty(page)
    expect(page.get_by_label("name", exact=True)).to_have_value("")
    expect(page.get_by_label("age", exact=True)).to_have_value("36")
    expect(page.get_by_label("Output")).to_have_value("Ada")
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()


def test_the_pages_own_clear_goes_back_to_the_initial_values(visit: Visit) -> None:
    page = visit(gr.Interface(lambda name, _: name, [gr.Textbox("Ada"), gr.ClearButton(value="Empty")], "text"))
    empty(page)
    expect(page.get_by_label("name", exact=True)).to_have_value("")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_label("name", exact=True)).to_have_value("Ada")


def test_a_mistake_is_forgotten_with_what_was_wrong(visit: Visit) -> None:
    page = visit(gr.Interface(lambda a, _: a, ["number", gr.ClearButton(value="Empty")], "number"))
    page.get_by_label("a", exact=True).fill("five")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("a must be a number, such as 1.5.")).to_be_visible()
    empty(page)
    expect(page.get_by_text("a must be a number, such as 1.5.")).to_have_count(0)


WATCH = """output => {
    const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Object.getPrototypeOf(output)), "value");
    window.shown = [];
    Object.defineProperty(output, "value", { get, set(value) { shown.push(value); set.call(this, value); } });
}"""
"""Notes all that an output is made to show."""


def test_a_result_that_is_on_its_way_does_not_fill_what_was_emptied(visit: Visit) -> None:
    go_on = threading.Event()

    def slow(name: str, _: str) -> str:
        go_on.wait(60)
        return name

    page = visit(gr.Interface(slow, [gr.Textbox("Ada"), gr.ClearButton(value="Empty")], "text"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Running, ")).to_be_visible()
    empty(page)
    expect(page.get_by_text("Running, ")).to_have_count(0)
    page.locator('mini-textbox[data-label="Output"]').evaluate(WATCH)
    page.get_by_label("name", exact=True).fill("Bob")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Waiting, you are next").first).to_be_visible()
    go_on.set()
    expect(page.get_by_label("Output")).to_have_value("Bob")
    assert page.evaluate("shown") == ["Bob"]
