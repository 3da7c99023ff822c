"""AnnotatedImage, in a browser."""

from typing import Any

import PIL.Image
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit

REGIONS: list[Any] = [((0, 0, 30, 20), "cat"), ((30, 20, 60, 40), "dog"), ((50, 0, 60, 10), "cat")]


def found(**options: Any) -> gr.Interface:
    picture = PIL.Image.new("RGB", (60, 40), "white")
    return gr.Interface(lambda: (picture, REGIONS), None, gr.AnnotatedImage(label="Found", **options))


def visited(visit: Visit, **options: Any) -> Page:
    page = visit(found(**options))
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".regions > img")).to_have_count(3)
    expect(page.get_by_role("img", name="Found")).to_have_js_property("naturalWidth", 60)
    return page


def pointed(page: Page) -> list[bool]:
    """Tell which regions are pointed out."""
    found: list[bool] = page.locator(".regions > img").evaluate_all("all => all.map(one => 'pointed' in one.dataset)")
    return found


def test_regions_are_shown_and_flagged(visit: Visit) -> None:
    page = visited(visit)
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    stored: Any = next(iter(gr.FlagStore("flagged").records())).outputs[0]
    assert [region["label"] for region in stored["annotations"]] == ["cat", "dog", "cat"]
    with PIL.Image.open(stored["annotations"][0]["image"].path) as image:
        alpha = image.convert("RGBA").getchannel("A")
        assert [alpha.getpixel(place) for place in ((29, 19), (30, 20))] == [255, 0]


def test_the_legend_points_regions_out(visit: Visit) -> None:
    page = visited(visit)
    legend = page.get_by_role("list", name="Regions")
    expect(legend.get_by_role("button")).to_have_text(["cat", "dog"])
    assert pointed(page) == [False, False, False]
    legend.get_by_role("button", name="cat").hover()
    assert pointed(page) == [True, False, True]
    legend.get_by_role("button", name="dog").focus()
    assert pointed(page) == [False, True, False]
    page.keyboard.press("Enter")
    page.mouse.move(0, 0)
    expect(legend.get_by_role("button", name="dog")).to_have_attribute("aria-pressed", "true")
    assert pointed(page) == [False, True, False]
    page.keyboard.press("Escape")
    assert pointed(page) == [False, False, False]


def test_the_legend_can_be_left_out(visit: Visit) -> None:
    page = visited(visit, show_legend=False)
    expect(page.get_by_role("list", name="Regions")).to_have_count(0)


def test_clear_and_undo(visit: Visit) -> None:
    page = visited(visit)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".regions > img")).to_have_count(0)
    expect(page.get_by_text("The result will appear here.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".regions > img")).to_have_count(3)


def test_nothing_moves_when_the_regions_arrive(visit: Visit) -> None:
    page = visit(found())
    field = page.locator("mini-annotatedimage")
    before = field.bounding_box()
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".regions > img")).to_have_count(3)
    assert field.bounding_box() == before


def test_everybody_can_use_it(visit: Visit) -> None:
    page = visited(visit)
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("button", name="cat").click()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
