"""UploadButton, in a browser."""

from pathlib import Path

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.files import drop, listed, written
from tests.browser.widgets.identity import flagged, submit


def test_a_file_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x, gr.UploadButton("Choose a table"), gr.UploadButton("Output")))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a table").click()
    assert not chooser.value.is_multiple()
    chooser.value.set_files(written("a.csv"))
    listed(page.locator("mini-file").first, "a.csv")
    submit(page)
    link = page.get_by_role("group", name="Output").get_by_role("link", name="a.csv")
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_text() == "a.csv"
    for stored in flagged(page):
        assert (stored.name, stored.read()) == ("a.csv", b"a.csv")


def test_the_keyboard_opens_the_dialog(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x, gr.UploadButton(file_count="multiple"), "files"))
    page.on("filechooser", lambda _: None)  # so that the browser knows in time that no real dialog is to open
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Upload a file")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    chooser.value.set_files(written("b.txt", "a.txt"))
    listed(page.locator("mini-file").first, "b.txt", "a.txt")
    page.get_by_role("button", name="Remove b.txt").click()
    submit(page)
    listed(page.locator("mini-file").last, "a.txt")


def test_files_are_dropped_on_the_button(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x, gr.UploadButton(), "file"))
    drop(page, page.locator(".upload"), *written("a.txt"))
    listed(page.locator("mini-file").first, "a.txt")


def test_a_file_of_another_type_is_told_below_the_button(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x, gr.UploadButton("Table", file_types=[".csv"]), "file"))
    choose = page.get_by_label("Table", exact=True)
    choose.set_input_files(written("notes.txt"))
    page.get_by_role("button", name="Submit").click()
    words = "notes.txt: This file type isn't accepted. Choose .csv."
    expect(choose).to_have_accessible_description(words)
    expect(choose).to_be_focused()


def test_everybody_can_use_it(visit: Visit) -> None:
    Path("start.txt").write_text("x")
    page = visit(gr.Interface(lambda x: x, gr.UploadButton("Table", "start.txt", info="A hint"), gr.UploadButton()))
    page.set_viewport_size({"width": 320, "height": 800})
    assert barriers(page) == []
    submit(page)
    assert barriers(page) == []
