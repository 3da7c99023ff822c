"""The Flag button: with and without reasons, by mouse and by keyboard, when all is well and when it is not."""

import asyncio
import csv
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit

REASONS: list[str | tuple[str, str]] = ["incorrect", "off-topic", ("Something else", "other")]


def greet(name: str) -> str:
    if name == "nobody":
        raise gr.Error("There is nobody to greet.")
    return f"Hello {name}"


def rows() -> list[list[str]]:
    with Path("flagged/logs.csv").open(newline="") as file:
        return list(csv.reader(file, strict=True))[1:]


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Flag")


def loaded(page: Page) -> set[str]:
    names: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
    )
    return set(names)


def submit(page: Page, name: str) -> None:
    page.get_by_label("name").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Output")).to_have_value(f"Hello {name}")


def test_nothing_can_be_flagged_before_there_is_a_result(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    expect(button(page)).to_be_disabled()
    expect(page.get_by_text("Run the demo first, then flag its result.")).to_be_visible()
    button(page).click(force=True)
    submit(page, "Ada")
    assert not Path("flagged").exists()


def test_the_button_is_loaded_with_the_first_run(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text", flagging_options=REASONS))
    page.wait_for_load_state("networkidle")
    assert loaded(page) == {"page.css", "wire.js", "fields.js", "form.js", "endpoint.js"}
    submit(page, "Ada")
    assert {"flag.js", "flag-menu.js"} <= loaded(page)
    expect(button(page)).to_be_enabled()


def test_a_button_that_could_not_be_loaded_is_loaded_with_the_next_run(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    page.route("**/flag.js", lambda route: route.abort())
    submit(page, "Ada")
    expect(button(page)).to_be_disabled()
    page.unroute("**/flag.js")
    submit(page, "Bob")
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Bob", "Hello Bob"]]


def test_without_reasons_a_press_saves_at_once(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    submit(page, "Ada")
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada"]]


def test_a_double_click_is_one_row(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    submit(page, "Ada")
    button(page).dblclick()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    button(page).click(force=True)
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada"]]


def test_with_reasons_one_must_be_chosen(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text", flagging_options=REASONS))
    submit(page, "Ada")
    button(page).click()
    expect(page.get_by_role("menuitem")).to_have_count(3)
    assert not Path("flagged").exists()
    page.get_by_role("menuitem", name="Something else").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada", "other"]]


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (["Enter", "Enter"], "incorrect"),
        (["Space", "ArrowDown", "Enter"], "off-topic"),
        (["ArrowDown", "ArrowDown", "ArrowDown", "Space"], "other"),
        (["ArrowUp", "Enter"], "other"),
        (["Enter", "End", "Home", "Enter"], "incorrect"),
        (["Enter", "ArrowUp", "Enter"], "other"),
        (["Enter", "2"], "off-topic"),
    ],
)
def test_by_keyboard_alone(visit: Visit, keys: list[str], reason: str) -> None:
    page = visit(gr.Interface(greet, "text", "text", flagging_options=REASONS))
    for key in ("Tab", "A", "d", "a", "Control+Enter"):
        page.keyboard.press(key)
    expect(button(page)).to_be_enabled()
    while not button(page).evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(button(page)).to_be_focused()
    assert rows() == [["Ada", "Hello Ada", reason]]


def test_escape_and_leaving_close_the_menu_and_save_nothing(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text", flagging_options=REASONS))
    submit(page, "Ada")
    menu = page.get_by_role("menu")
    for key in ("Escape", "Tab", None):
        button(page).click()
        expect(menu).to_be_visible()
        page.keyboard.press(key) if key else page.get_by_label("name").click()
        expect(menu).to_be_hidden()
    assert not Path("flagged").exists()


def test_a_flag_holds_the_runs_own_inputs(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    submit(page, "Ada")
    page.get_by_label("name").fill("Grace")
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()
    expect(page.get_by_text("with the inputs that produced it (not your later edits)")).to_be_visible()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada"]]


def test_a_failed_run_can_be_flagged(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text"))
    page.get_by_label("name").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="There is nobody to greet.")).to_be_visible()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["nobody", ""]]


def divide(a: float, b: float) -> float:
    if b == 0:
        raise gr.Error("Cannot divide by zero.")
    return a / b


def test_a_failure_that_is_on_the_page_is_flagged_and_not_the_result_before_it(visit: Visit) -> None:
    page = visit(gr.Interface(divide, ["number", "number"], "number"))
    failure = fail(page)
    expect(page.get_by_text("Sends your inputs and this error")).to_be_visible()
    page.get_by_label("a", exact=True).fill("7")
    expect(page.get_by_text("Saves this error, with the inputs that caused it")).to_be_visible()
    page.get_by_label("b", exact=True).fill("")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("b is required.")).to_be_visible()
    expect(failure).to_be_visible()
    expect(page.get_by_text("Saves this error, with the inputs that caused it")).to_be_visible()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["5", "0", ""]]


def test_the_result_is_flagged_when_the_failure_after_it_is_gone(visit: Visit) -> None:
    page = visit(gr.Interface(divide, ["number", "number"], "number"))
    failure = fail(page)
    page.route("**/predict", lambda route: route.fulfill(status=503, body="Too busy."))
    page.get_by_role("button", name="Submit").click()
    expect(failure).to_be_hidden()
    expect(page.get_by_text("Saves the result shown, with the inputs that produced it")).to_be_visible()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["6", "3", "2"]]


def test_a_stopped_run_leaves_the_result_before_it_to_be_flagged(visit: Visit) -> None:
    async def patient(name: str) -> str:
        await asyncio.sleep(60 if name == "Bob" else 0)
        return f"Hello {name}"

    page = visit(gr.Interface(patient, "text", "text"))
    submit(page, "Ada")
    page.get_by_label("name").fill("Bob")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Saves the result shown, with the inputs that produced it")).to_be_visible()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada"]]


def fail(page: Page) -> Locator:
    """Show the result of 6 / 3, then the failure of 5 / 0, and return the failure."""
    failure = page.get_by_role("alert").filter(has_text="Cannot divide by zero.")
    for values in ("63", "50"):
        for label, value in zip("ab", values, strict=True):
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_label("Output") if values == "63" else failure).to_be_visible()
        expect(page.get_by_label("Output")).to_have_value("2")
        expect(button(page)).to_be_enabled()
    return failure


def test_a_flag_that_could_not_be_saved_can_be_tried_again(visit: Visit) -> None:
    page = visit(gr.Interface(greet, "text", "text", flagging_options=REASONS))
    submit(page, "Ada")
    Path("flagged").write_text("A file where the folder should be.")
    button(page).click()
    page.keyboard.press("2")
    expect(page.get_by_text("The flag couldn't be saved.")).to_be_visible()
    Path("flagged").unlink()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Ada", "Hello Ada", "off-topic"]]


def test_a_run_that_a_restarted_server_does_not_know(visit: Visit) -> None:
    demo = gr.Interface(greet, "text", "text")
    page = visit(demo)
    submit(page, "Ada")
    restart(demo, page)
    button(page).click()
    expect(page.get_by_text("This result has expired. Submit again")).to_be_visible()
    submit(page, "Grace")
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert rows() == [["Grace", "Hello Grace"]]


def test_a_server_that_is_away_and_comes_back(visit: Visit) -> None:
    demo = gr.Interface(greet, "text", "text")
    page = visit(demo)
    submit(page, "Ada")
    demo.close()
    page.get_by_label("name").fill("Grace")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Can't reach the server.")).to_be_visible()
    restart(demo, page)
    expect(page.get_by_role("alert").filter(has_text="The server is back.")).to_be_visible()
    expect(page.get_by_label("name")).to_have_value("Grace")
    submit(page, "Grace")


def restart(demo: gr.Interface, page: Page) -> None:
    port = int(page.url.rstrip("/").rpartition(":")[2])
    demo.launch(server_port=port, prevent_thread_lock=True, quiet=True)
