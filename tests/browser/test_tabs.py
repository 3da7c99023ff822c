"""Tabs, as a visitor uses them."""

import threading
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit


def add(a: float, b: float) -> float:
    return a + b


def greet(name: str) -> str:
    return f"Hello {name}"


def wave(name: str) -> str:
    return f"Bye {name}"


def tabbed() -> gr.TabbedInterface:
    return gr.TabbedInterface([gr.Interface(add), gr.Interface(greet), gr.Interface(str.upper, "text", "text")])


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def field(page: Page, name: str) -> Locator:
    """Return a field of the tab that is seen."""
    return page.get_by_role("tabpanel").get_by_label(name, exact=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_one_panel_is_seen_and_the_others_keep_what_is_in_them(visit: Visit) -> None:
    page = visit(tabbed())
    field(page, "a").fill("1")
    field(page, "b").fill("2")
    press(page, "Submit")
    expect(field(page, "Output")).to_have_value("3")
    tab(page, "Greet")
    expect(field(page, "a")).to_have_count(0)
    field(page, "name").fill("Ada")
    press(page, "Submit")
    expect(field(page, "Output")).to_have_value("Hello Ada")
    press(page, "Clear")
    expect(field(page, "name")).to_have_value("")
    tab(page, "Add")
    expect(field(page, "a")).to_have_value("1")
    expect(field(page, "Output")).to_have_value("3")
    assert violations(page) == []


def test_the_keys_of_tabs(visit: Visit) -> None:
    page = visit(tabbed())
    page.keyboard.press("Tab")
    assert focused(page) == "Add"
    for key, seen in (
        ("ArrowRight", "Greet"),
        ("End", "Upper"),
        ("ArrowRight", "Add"),
        ("ArrowLeft", "Upper"),
        ("Home", "Add"),
    ):
        page.keyboard.press(key)
        assert focused(page) == seen
        expect(page.get_by_role("tab", selected=True)).to_have_text(seen)
        expect(page.get_by_role("tabpanel")).to_have_accessible_name(seen)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(field(page, "a")).to_be_focused()


def test_ctrl_enter_submits_what_is_seen(visit: Visit) -> None:
    page = visit(tabbed())
    tab(page, "Greet")
    page.keyboard.press("Control+Enter")
    expect(field(page, "Output")).to_have_value("Hello ")


def test_flags_go_to_the_folder_of_their_tab(visit: Visit) -> None:
    page = visit(tabbed())
    tab(page, "Greet")
    field(page, "name").fill("Ada")
    field(page, "name").press("Enter")
    press(page, "Flag")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert Path("flagged/greet/logs.csv").read_text() == "name,Output\nAda,Hello Ada\n"
    tab(page, "Add")
    expect(page.get_by_role("button", name="Flag")).to_be_disabled()


def test_a_reload_shows_the_same_tab(visit: Visit) -> None:
    page = visit(tabbed())
    tab(page, "Greet")
    assert page.url.endswith("#tab-greet")
    page.reload()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Greet")
    expect(field(page, "name")).to_be_visible()
    page.evaluate("location.hash = 'tab-upper'")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Upper")
    page.evaluate("location.hash = 'nothing'")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Upper")


def test_a_run_goes_on_while_another_tab_is_seen(visit: Visit) -> None:
    go_on = threading.Event()

    def slow(x: float) -> float:
        go_on.wait(60)
        return x * 2

    page = visit(gr.TabbedInterface([gr.Interface(slow), gr.Interface(greet)]))
    field(page, "x").fill("2")
    press(page, "Submit")
    expect(page.get_by_text("Running, ")).to_be_visible()
    tab(page, "Greet")
    field(page, "name").fill("Ada")
    field(page, "name").press("Enter")
    expect(field(page, "Output")).to_have_value("Hello Ada")
    go_on.set()
    expect(page.get_by_role("status").filter(has_text="Output: 4")).to_be_attached()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Greet")
    tab(page, "Slow")
    expect(field(page, "Output")).to_have_value("4")


def test_tabs_in_tabs_lead_to_the_one_that_is_named(visit: Visit) -> None:
    inner = gr.TabbedInterface([gr.Interface(add), gr.Interface(greet)], ["Add", "Greet"])
    page = visit(gr.TabbedInterface([gr.Interface(str.upper, "text", "text"), inner], ["Upper", "More"]))
    expect(page.get_by_role("tab")).to_have_text(["Upper", "More"])
    page.goto(page.url + "#tab-greet")
    expect(page.get_by_role("tab", selected=True)).to_have_text(["More", "Greet"])
    page.get_by_role("tab", name="Greet").press("ArrowLeft")
    expect(page.get_by_role("tab", selected=True)).to_have_text(["More", "Add"])
    assert violations(page) == []


def test_a_clear_button_empties_its_tab_alone(visit: Visit) -> None:
    demos = [gr.Interface(lambda x, _: x, ["text", gr.ClearButton()], "text", api_name=name) for name in ("one", "two")]
    page = visit(gr.TabbedInterface(demos, ["One", "Two"]))
    field(page, "x").fill("first")
    tab(page, "Two")
    field(page, "x").fill("second")
    page.get_by_role("tabpanel").locator("mini-clearbutton button").click()
    expect(field(page, "x")).to_have_value("")
    tab(page, "One")
    expect(field(page, "x")).to_have_value("first")


def test_what_draws_itself_does_so_when_it_is_seen(visit: Visit) -> None:
    def table() -> list[list[int]]:
        return [[i] for i in range(50)]

    demos = [gr.Interface(greet), gr.Interface(table, None, gr.Dataframe(table(), headers=["n"], type="array"))]
    page = visit(gr.TabbedInterface(demos, ["Greet", "Table"]))
    tab(page, "Table")
    expect(page.get_by_role("gridcell").or_(page.get_by_role("cell")).filter(has_text="7").first).to_be_visible()
    press(page, "Generate")
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()


def test_without_scripts_all_panels_are_seen(visit: Visit) -> None:
    page = visit(tabbed())
    browser = page.context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as context:
        still = context.new_page()
        still.goto(page.url)
        expect(still.get_by_label("name")).to_be_visible()


def test_a_reload_comes_back_to_the_runs_of_all_tabs(visit: Visit) -> None:
    go_on = threading.Event()

    def double(x: float) -> float:
        go_on.wait(60)
        return x * 2

    def triple(x: float) -> float:
        go_on.wait(60)
        return x * 3

    page = visit(gr.TabbedInterface([gr.Interface(double), gr.Interface(triple), gr.Interface(greet)]))
    for name, x in (("Double", "1"), ("Triple", "2")):
        tab(page, name)
        field(page, "x").fill(x)
        press(page, "Submit")
        expect(page.get_by_role("tabpanel").get_by_text("Running, ")).to_be_visible()
    tab(page, "Greet")
    field(page, "name").press("Enter")
    expect(field(page, "Output")).to_have_value("Hello ")
    page.reload()
    go_on.set()
    for name, x, result in (("Triple", "2", "6"), ("Double", "1", "2")):
        tab(page, name)
        expect(field(page, "x")).to_have_value(x)
        expect(field(page, "Output")).to_have_value(result)


def test_from_right_to_left_the_next_tab_is_on_the_left(visit: Visit) -> None:
    page = visit(tabbed(), locale="ar")
    page.get_by_role("tab", name="Add").press("ArrowLeft")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Greet")
    page.get_by_role("tab", name="Greet").press("ArrowRight")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Add")


def test_examples_fill_in_the_inputs_of_their_tab(visit: Visit) -> None:
    demos = [gr.Interface(fn, examples=[[name]]) for fn, name in ((greet, "Ada"), (wave, "Grace"))]
    page = visit(gr.TabbedInterface(demos))
    tab(page, "Wave")
    page.get_by_role("tabpanel").get_by_text("Grace").click()
    expect(field(page, "name")).to_have_value("Grace")
    press(page, "Submit")
    expect(field(page, "Output")).to_have_value("Bye Grace")
    tab(page, "Greet")
    expect(field(page, "name")).to_have_value("")
