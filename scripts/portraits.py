"""Take a picture of each component, as examples/kitchen_sink.py shows it, and of each theme."""

import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from examples.kitchen_sink import demo
from minidemo import Component, Interface, Label, Radio, Slider, Textbox
from minidemo.themes import THEMES

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
FOLDER = IMAGES / "components"
MARGIN = 12
OPTIONS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
SIZE = (800, 560)


def take(components: Sequence[type[Component]]) -> None:
    """Take the pictures: of the output where a component has no input on the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, demo.running() as url:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
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


def take_themes() -> None:
    """Take a picture of each theme, light on the left and dark on the right."""
    folder = IMAGES / "themes"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        for name in THEMES:
            with _sample(name).running() as url:
                both = [_shot(browser, url, scheme) for scheme in ("light", "dark")]
            picture = Image.new("RGB", (2 * SIZE[0], SIZE[1]))
            for i, half in enumerate(both):
                picture.paste(half, (i * SIZE[0], 0))
            picture.quantize(128, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
        browser.close()


def _sample(theme: str) -> Interface:
    def mood(text: str, language: str, share: float) -> dict[str, float]:
        return {"glad": share, "calm": (1 - share) * 0.7, "sad": (1 - share) * 0.3}

    languages = Radio(["English", "French"], value="English")
    inputs = [Textbox("What a day.", info="A sentence or two."), languages, Slider(0, 1, value=0.6)]
    return Interface(
        mood, inputs, Label(label="Mood"), title="Mood", description="A sentence, and how it sounds.", theme=theme
    )


def _shot(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> Image.Image:
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme=scheme)
    page.goto(url)
    page.keyboard.press("Control+Enter")
    page.get_by_text("Done.").wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")
    with Image.open(BytesIO(page.screenshot())) as picture:
        return picture.convert("RGB")
