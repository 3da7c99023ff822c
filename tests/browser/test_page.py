"""The page: submit, clear, errors, waiting, themes, access for everybody."""

import re
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit


def divide(a: float, b: float) -> float:
    if b == 0:
        raise gr.Error("Cannot divide by zero.")
    return a / b


def demo(**options: Any) -> gr.Interface:
    return gr.Interface(divide, [gr.Number(1), gr.Number(minimum=0)], "number", flagging_options=["wrong"], **options)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def fill(page: Page, a: str, b: str) -> None:
    page.get_by_label("a", exact=True).fill(a)
    page.get_by_label("b", exact=True).fill(b)


def test_tab_order_is_reading_order_and_ctrl_enter_submits(visit: Visit) -> None:
    page = visit(demo())
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.labels?.[0]?.textContent || document.activeElement.innerText")
        )
    assert [text.strip() for text in seen] == ["a", "b", "Clear", "Submit"]
    fill(page, "6", "3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Output")).to_have_value("2")


def test_clear_restores_the_initial_values_and_can_be_undone(visit: Visit) -> None:
    page = visit(demo())
    fill(page, "6", "3")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("2")
    page.get_by_role("button", name="Clear").click()
    for label, value in (("a", "1"), ("b", ""), ("Output", "")):
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    expect(page.get_by_role("button", name="Flag")).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    for label, value in (("a", "6"), ("b", "3"), ("Output", "2")):
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()


def test_a_mistake_shows_at_its_field(visit: Visit) -> None:
    page = visit(demo())
    fill(page, "six", "3")
    submit(page)
    field = page.get_by_label("a", exact=True)
    expect(page.get_by_text("a must be a number, such as 1.5.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("a must be a number, such as 1.5.")
    fill(page, "6", "-1")
    submit(page)
    expect(page.get_by_text("b must be at least 0.")).to_be_visible()
    fill(page, "6", "3")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("2")
    expect(page.get_by_text("must be")).to_have_count(0)


def test_what_only_the_server_can_know_shows_at_the_field_too(visit: Visit) -> None:
    def check(a: float, b: float) -> float:
        raise gr.InputError("b is not a prime.", field="b")

    page = visit(gr.Interface(check, ["number", "number"], "number"))
    fill(page, "1", "4")
    submit(page)
    expect(page.get_by_label("b", exact=True)).to_have_accessible_description("b is not a prime.")


def test_a_failure_keeps_what_was_typed(visit: Visit) -> None:
    page = visit(demo())
    fill(page, "6", "0")
    submit(page)
    expect(page.get_by_role("alert").filter(has_text="Cannot divide by zero.")).to_be_visible()
    expect(page.get_by_label("a", exact=True)).to_have_value("6")
    fill(page, "6", "3")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("2")
    expect(page.get_by_text("Cannot divide by zero.")).to_have_count(0)


def test_integers_keep_every_bit_on_their_way_through_the_browser(visit: Visit) -> None:
    page = visit(gr.Interface(lambda a, b: a + b, ["number", "number"], "number"))
    fill(page, "9007199254740993", "1208925819614629174706176")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("1208925828621828429447169")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert (
        "9007199254740993,1208925819614629174706176,1208925828621828429447169" in Path("flagged/logs.csv").read_text()
    )


def test_a_slow_function_shows_that_it_runs_and_nothing_jumps(visit: Visit) -> None:
    go_on = threading.Event()

    def slow(a: float, b: float) -> float:
        go_on.wait(60)
        return a

    page = visit(gr.Interface(slow, ["number", "number"], "number", flagging_mode="never"))
    page.evaluate(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { shifts += e.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    fill(page, "1", "2")
    submit(page)
    expect(page.get_by_text("Running, ")).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_have_attribute("aria-busy", "true")
    go_on.set()
    expect(page.get_by_label("Output")).to_have_value("1")
    assert page.evaluate("shifts") == 0


def test_who_waits_sees_the_queue(visit: Visit) -> None:
    go_on = threading.Event()

    def slow(a: float) -> float:
        go_on.wait(60)
        return a

    one = gr.Interface(slow, "number", "number", flagging_mode="never")
    pages = [visit(one)]
    pages += [pages[0].context.new_page() for _ in range(2)]
    for page in pages:
        page.goto(pages[0].url)
        page.get_by_label("a", exact=True).fill("1")
        submit(page)
        expect(page.get_by_text(re.compile("Running, |Waiting[,:] ")).first).to_be_visible()
    expect(pages[2].get_by_text("Waiting: 1 ahead of you").first).to_be_visible()
    go_on.set()
    for page in pages:
        expect(page.get_by_label("Output")).to_have_value("1")


def test_the_theme_stays_chosen(visit: Visit) -> None:
    page = visit(demo())
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_label("Theme").select_option("Dark")
    dark = page.evaluate(background)
    assert light != dark
    page.reload()
    assert page.evaluate(background) == dark
    expect(page.get_by_label("Theme")).to_have_value("dark")
    page.get_by_label("Theme").select_option("System")
    page.reload()
    assert page.evaluate(background) == light


def test_the_chosen_theme_is_there_before_any_script_runs(browser: Browser) -> None:
    with demo().running() as url, browser.new_context(java_script_enabled=False, color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{url}?__theme=dark")
        expect(page.locator("body")).to_have_css("background-color", "rgb(19, 21, 24)")


def test_the_page_is_complete_before_any_script_runs(browser: Browser) -> None:
    with demo(title="Divide").running() as url, browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        expect(page.get_by_role("heading", name="Divide")).to_be_visible()
        expect(page.get_by_label("a", exact=True)).to_have_value("1")
        expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_the_calculators_page_is_light(visit: Visit) -> None:
    page = visit(demo())
    sizes: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.reload(wait_until="networkidle")
    assert len(sizes) <= 6
    assert sum(sizes) <= 25_000
