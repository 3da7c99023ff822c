"""A link to a result: it is copied, opened in another browser, followed, and may have expired."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.engine.test_streaming import Tap
from tests.server.routes.test_upload import png, same


def greet(name: str) -> str:
    return f"Hello {name}"


def linked(fn: Any = greet, inputs: Any = "text", outputs: Any = "text", **options: Any) -> gr.Interface:
    return gr.Interface(fn, inputs, outputs, deep_link=True, **options)


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Copy link")


def copied(page: Page) -> str:
    """Copy a link, and return it."""
    button(page).click()
    expect(page.get_by_text("Link copied. It works until")).to_be_visible()
    address: str = page.evaluate("navigator.clipboard.readText()")
    return address


def other(page: Page, address: str) -> Page:
    """Open a link in another browser."""
    found = page.context.browser
    assert isinstance(found, Browser)
    there = found.new_context().new_page()
    there.set_default_timeout(30_000)
    there.goto(address)
    return there


def submit(page: Page, name: str) -> None:
    page.get_by_label("name").fill(name)
    page.keyboard.press("Control+Enter")


def test_a_link_is_copied_and_opened_elsewhere(visit: Visit) -> None:
    page = visit(linked())
    button(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Run the demo first, then copy a link.")).to_be_visible()
    submit(page, "Ann")
    expect(page.get_by_label("Output")).to_have_value("Hello Ann")
    expect(page.get_by_text("Run the demo first, then copy a link")).to_have_count(0)
    address = copied(page)
    assert violations(page) == []
    there = other(page, address)
    expect(there.get_by_label("name")).to_have_value("Ann")
    expect(there.get_by_label("Output")).to_have_value("Hello Ann")
    there.get_by_role("button", name="Flag").click()
    expect(there.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert there.url == address
    submit(there, "Bea")
    expect(there.get_by_label("Output")).to_have_value("Hello Bea")
    assert "deep_link" not in there.url, "the address is that of what is seen"
    there.reload()
    expect(there.get_by_label("name")).to_have_value("")


def test_without_a_clipboard_the_link_is_there_to_be_copied_by_hand(visit: Visit) -> None:
    page = visit(linked())
    page.evaluate("delete Navigator.prototype.clipboard")
    submit(page, "Ann")
    button(page).click()
    field = page.get_by_label("Link to this result")
    expect(field).to_be_focused()
    there = other(page, field.input_value())
    expect(there.get_by_label("Output")).to_have_value("Hello Ann")
    submit(page, "Bea")
    expect(field).to_be_hidden()


def test_a_link_that_has_expired_says_so(visit: Visit) -> None:
    page = visit(linked())
    page.goto(f"{page.url}?deep_link=x")
    expect(page.get_by_role("alert").filter(has_text="This link has expired")).to_be_visible()
    submit(page, "Ann")
    expect(page.get_by_label("Output")).to_have_value("Hello Ann")
    expect(page.get_by_text("This link has expired")).to_have_count(0)


def test_a_picture_behind_a_link_can_be_sent_again(visit: Visit) -> None:
    page = visit(linked(same, gr.Image(type="pil"), "image"))
    page.locator("input[type=file]").set_input_files({"name": "cat.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_role("button", name="Submit").click()
    there = other(page, copied(page))
    expect(there.locator("mini-image img").first).to_be_visible()
    expect(there.locator("mini-image img").last).to_be_visible()
    there.get_by_role("button", name="Submit").click()
    expect(there.get_by_role("button", name="Flag")).to_be_enabled()
    expect(there.locator("mini-image .error").first).to_have_text("")


def test_a_call_under_way_is_followed(visit: Visit) -> None:
    tap = Tap()

    def story(name: str) -> Iterator[str]:
        yield from tap(name)

    page = visit(linked(story))
    submit(page, "ab")
    tap.drops.release()
    expect(page.get_by_label("Output")).to_have_value("ab")
    there = other(page, copied(page))
    expect(there.get_by_label("Output")).to_have_value("ab")
    tap.drops.release()
    for each in (page, there):
        expect(each.get_by_label("Output")).to_have_value("abab")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(there.get_by_role("button", name="Stop")).to_be_hidden()
    button(there).click()
    expect(there.locator("mini-link [role=status]")).not_to_be_empty()
    there.get_by_role("button", name="Clear").click()
    tap.drops.release()
    expect(page.get_by_label("Output")).to_have_value("ababab")
    expect(there.get_by_label("Output")).to_have_value("")
    there.reload()
    expect(there.get_by_label("Output")).to_have_value("ababab")
    tap.drops.release(100)
    for each in (page, there):
        expect(each.get_by_text("That was all.")).to_be_visible()


def test_what_a_browser_keeps_is_not_changed_by_a_link(visit: Visit) -> None:
    def count(name: str, times: int) -> tuple[str, int]:
        return f"{name} {times}", times + 1

    kept = gr.BrowserState(1, storage_key="times")
    page = visit(linked(count, ["text", kept], ["text", kept]))
    submit(page, "Ann")
    expect(page.get_by_label("Output")).to_have_value("Ann 1")
    there = other(page, copied(page))
    expect(there.get_by_label("Output")).to_have_value("Ann 1")
    for times in (1, 2):
        submit(there, "Bea")
        expect(there.get_by_label("Output")).to_have_value(f"Bea {times}")


def test_a_result_that_is_no_longer_kept_has_no_link(visit: Visit) -> None:
    page = visit(linked(delete_cache=(0.01, 0.1)))
    submit(page, "Ann")
    expect(page.get_by_label("Output")).to_have_value("Hello Ann")
    told = page.locator("mini-link").get_by_text("This link has expired.")
    while not told.is_visible():
        button(page).click()
    expect(told).to_be_visible()


def test_a_link_leads_to_its_tab(visit: Visit) -> None:
    page = visit(gr.TabbedInterface([gr.Interface(str.upper, "text", "text"), linked()], ["Upper", "Greet"]))
    page.get_by_role("tab", name="Greet").click()
    submit(page, "Ann")
    address = copied(page)
    there = other(page, address)
    expect(there.get_by_role("tab", name="Greet")).to_have_attribute("aria-selected", "true")
    expect(there.get_by_label("name")).to_have_value("Ann")
    there.goto(address.replace("deep_link=", "deep_link=x"))
    expect(there.get_by_role("alert").filter(has_text="This link has expired")).to_be_visible()


def test_a_link_is_tried_again_when_the_server_is_back(visit: Visit) -> None:
    page = visit(linked())
    page.route("**/links/*", lambda route: route.abort())
    page.goto(f"{page.url}?deep_link=x")
    expect(page.get_by_role("alert").filter(has_text="The server is back")).to_be_visible()
