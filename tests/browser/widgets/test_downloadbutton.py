"""DownloadButton, in a browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, submit


def downloaded(page: Page, name: str) -> tuple[str, str]:
    """Press a button, and return the name and the content of what was downloaded."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).press("Enter")
    return download.value.suggested_filename, download.value.path().read_text()


def test_a_file_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    Path("a report (1).csv").write_text("a,b")
    page = visit(gr.Interface(lambda x: x, gr.DownloadButton("In", "a report (1).csv"), gr.DownloadButton("Out")))
    assert downloaded(page, "In") == ("a report (1).csv", "a,b")
    expect(page.get_by_role("link", name="Out")).to_be_disabled()
    submit(page)
    assert downloaded(page, "Out") == ("a report (1).csv", "a,b")
    for stored in flagged(page):
        assert (stored.name, stored.read()) == ("a report (1).csv", b"a,b")


def test_it_is_off_again_without_a_file(visit: Visit) -> None:
    Path("out.txt").write_text("out")
    page = visit(gr.Interface(lambda text: text and "out.txt", "text", gr.DownloadButton("Out")))
    page.get_by_label("text", exact=True).fill("x")
    submit(page)
    assert downloaded(page, "Out") == ("out.txt", "out")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("link", name="Out")).to_be_disabled()


def test_it_may_be_off_whatever_there_is(visit: Visit) -> None:
    Path("out.txt").write_text("out")
    off = gr.DownloadButton("Out", "out.txt", interactive=False)
    page = visit(gr.Interface(lambda: "out.txt", None, off))
    expect(page.get_by_role("link", name="Out")).to_be_disabled()
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_role("link", name="Out")).to_be_disabled()


def test_everybody_can_use_it(visit: Visit) -> None:
    Path("out.txt").write_text("out")
    page = visit(gr.Interface(lambda x: None, gr.DownloadButton("In", "out.txt"), gr.DownloadButton("Out")))
    assert barriers(page) == []
