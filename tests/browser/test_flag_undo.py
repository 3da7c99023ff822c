"""Undo: for ten seconds after a flag was saved, by mouse and by keyboard, when all is well and when it is not."""

import threading
from typing import Any

from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.flagging.backend import Archive, Shelf


def demo(backend: gr.FlaggingCallback, **options: Any) -> gr.Interface:
    return gr.Interface(str.upper, gr.Textbox(label="text"), "text", flagging_callback=backend, **options)


def submit(page: Page, text: str = "a") -> None:
    page.get_by_label("text").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Output")).to_have_value(text.upper())


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Flag")


def undo(page: Page) -> Locator:
    return page.get_by_role("status").get_by_role("button", name="Undo")


def test_a_flag_is_taken_back_and_can_be_made_again(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend))
    submit(page)
    expect(undo(page)).to_be_hidden()
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(button(page)).to_be_disabled()
    undo(page).click()
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    expect(undo(page)).to_be_hidden()
    assert backend.rows == []
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert backend.rows == [1]


def test_by_keyboard_alone(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend))
    submit(page)
    button(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(button(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(undo(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    expect(button(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_after_ten_seconds_the_offer_ends_and_who_stood_on_it_is_left_at_the_flag_button(visit: Visit) -> None:
    page = visit(demo(Shelf()))
    page.clock.install(time=0)
    page.clock.pause_at(1)
    submit(page)
    button(page).click()
    undo(page).focus()
    page.clock.run_for(9_999)
    expect(undo(page)).to_be_visible()
    page.clock.run_for(1)
    expect(undo(page)).to_be_hidden()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(button(page)).to_be_focused()


def test_with_reasons_the_last_one_is_taken_back(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_options=["wrong", "odd"]))
    submit(page)
    for number in (1, 2):
        button(page).click()
        page.keyboard.press(str(number))
        expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(button(page)).to_be_disabled()
    undo(page).click()
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    assert [record.option for record in backend.records()] == ["wrong"]
    button(page).click()
    expect(page.get_by_role("menuitem", name="wrong")).to_be_disabled()
    expect(page.get_by_role("menuitem", name="odd")).to_be_enabled()


def test_another_result_ends_the_offer(visit: Visit) -> None:
    page = visit(demo(Shelf()))
    submit(page)
    button(page).click()
    expect(undo(page)).to_be_visible()
    page.get_by_label("text").fill("edited")
    expect(undo(page)).to_be_visible()
    submit(page, "b")
    expect(undo(page)).to_be_hidden()
    expect(button(page)).to_be_enabled()


def test_a_backend_that_cannot_be_read_offers_no_undo(visit: Visit) -> None:
    page = visit(demo(Archive()))
    submit(page)
    button(page).click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(undo(page)).to_be_hidden()


def test_an_undo_that_failed_can_be_tried_again(visit: Visit) -> None:
    def fail() -> None:
        raise OSError("No such folder.")

    backend = Shelf(fail)
    page = visit(demo(backend))
    submit(page)
    button(page).click()
    undo(page).click()
    expect(page.get_by_text("Couldn't undo the flag. The flag could not be undone on the server.")).to_be_visible()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    backend.deleting = bool
    undo(page).click()
    expect(page.get_by_text("Flag removed.", exact=True)).to_be_visible()
    expect(page.get_by_text("Couldn't undo the flag.")).to_have_count(0)
    assert backend.rows == []


def test_a_flag_that_somebody_else_took_back(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend))
    with page.expect_request("**/flag") as request:
        submit(page)
        button(page).click()
    page.request.post(f"{page.url}flag/undo", data=request.value.post_data_json)
    undo(page).click()
    expect(page.get_by_text("Couldn't undo the flag. There is no such flag.")).to_be_visible()
    expect(undo(page)).to_be_hidden()


def test_impatient_clicks_take_it_back_once(visit: Visit) -> None:
    go_on = threading.Event()
    backend = Shelf(lambda: go_on.wait(60))
    page = visit(demo(backend))
    submit(page)
    button(page).click()
    undo(page).dblclick()
    go_on.set()
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    assert backend.gone == ["0"]
