"""Sketchpad, in a browser."""

import PIL.Image
from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.editor import draw
from tests.browser.widgets.identity import flagged, identity, submit


def test_a_drawing_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Sketchpad(type="pil", canvas_size=(60, 40)), gr.Sketchpad()))
    draw(page, (0.1, 0.5), (0.9, 0.5))
    submit(page)
    expect(page.get_by_role("img", name="Output")).to_have_js_property("naturalWidth", 60)
    for stored in flagged(page):
        for media in (*stored["layers"], stored["composite"]):
            with PIL.Image.open(media.path) as image:
                assert (image.getpixel((30, 20)), image.getpixel((30, 1))) == ((0, 0, 0, 255), (0, 0, 0, 0))


def test_it_takes_no_pictures_and_has_one_colour(visit: Visit) -> None:
    page = visit(identity(gr.Sketchpad(), gr.Sketchpad()))
    expect(page.get_by_label("Choose image")).to_have_count(0)
    expect(page.get_by_role("radio", name="#000000")).to_be_checked()
    expect(page.get_by_label("Pick a custom color")).to_have_count(0)
