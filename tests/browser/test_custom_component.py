"""A component of an author's own, in a browser."""

from playwright.sync_api import expect

from examples.custom_component import demo
from tests.browser.conftest import Visit


def test_stars_are_chosen_by_keyboard(visit: Visit) -> None:
    page = visit(demo)
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value("★★★★ ")
