"""Take the picture of the calculator that the README shows: scripts/screenshot."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from examples.calculator import demo

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "calculator.png"


def use(page: Page) -> None:
    """Calculate, and open the menu of reasons."""
    page.get_by_label("num1").fill("5")
    page.get_by_label("add").check()
    page.get_by_label("num2").fill("7")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value("12")
    page.get_by_role("button", name="Flag").click()


with sync_playwright() as playwright, demo.running() as url:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page(viewport={"width": 1100, "height": 600}, color_scheme="light")
    page.goto(url)
    use(page)
    page.screenshot(path=PICTURE)
    browser.close()
