"""Take a picture of each component, as examples/kitchen_sink.py shows it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from examples.kitchen_sink import demo
from minidemo import Component

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images" / "components"
MARGIN = 12


def take(components: Sequence[type[Component]]) -> None:
    """Take the pictures: of the output where a component has no input on the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, demo.running() as url:
        options = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme="light")
        page.goto(url)
        page.locator("canvas[data-drawn]").first.wait_for()  # a model is drawn after the rest
        for component in components:
            field = page.locator(f'.field[data-label="{component.__name__}"]').first
            field.scroll_into_view_if_needed()
            box = field.bounding_box() or {"x": 0, "y": 0, "width": 100, "height": 100}
            scrolled: float = page.evaluate("scrollY")
            clip = {
                "x": max(box["x"] - MARGIN, 0),
                "y": max(box["y"] + scrolled - MARGIN, 0),
                "width": box["width"] + 2 * MARGIN,
                "height": box["height"] + MARGIN,
            }
            page.screenshot(path=FOLDER / f"{component.name()}.png", clip=clip, full_page=True)  # type: ignore[arg-type]  # a FloatRect
        browser.close()
