"""Image, in a browser."""

import base64
import re
from pathlib import Path
from typing import Any

import PIL.Image
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit


def test_a_picture_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Image(type="pil"), gr.Image()))
    page.get_by_label("x", exact=True).set_input_files(picture())
    submit(page)
    expect(page.get_by_role("img", name="Output")).to_have_js_property("naturalWidth", 30)
    for stored in flagged(page):
        with PIL.Image.open(stored.path) as image:
            assert (image.size, image.getpixel((0, 0))) == ((30, 20), (255, 99, 71))


def picture(name: str = "cat.png", size: tuple[int, int] = (30, 20)) -> Path:
    path = Path(name)
    PIL.Image.new("RGB", size, "tomato").save(path)
    return path


def sizes(**options: Any) -> gr.Interface:
    """Return a demo that tells the size of a picture."""
    return gr.Interface(
        lambda im: im and f"{im.width} x {im.height}", gr.Image(type="pil", label="im", **options), "text"
    )


def told(page: Page, words: str) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(words)


def test_image_chosen_and_removed(visit: Visit) -> None:
    page = visit(sizes())
    page.get_by_label("im", exact=True).set_input_files(picture())
    told(page, "30 x 20")
    page.get_by_role("button", name="Remove").click()
    told(page, "")


def test_image_dropped(visit: Visit) -> None:
    page = visit(sizes())
    data = base64.b64encode(picture().read_bytes()).decode()
    transfer = page.evaluate_handle(
        """data => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            transfer.items.add(new File([bytes], "cat.png", {type: "image/png"}));
            return transfer;
        }""",
        data,
    )
    field = page.get_by_label("im", exact=True)
    field.evaluate(
        "(field, t) => { field.files = t.files; field.dispatchEvent(new Event('change', {bubbles: true})) }", transfer
    )
    told(page, "30 x 20")


def test_image_pasted(visit: Visit) -> None:
    page = visit(sizes())
    data = base64.b64encode(picture().read_bytes()).decode()
    page.evaluate(
        """data => {
            const clipboardData = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            clipboardData.items.add(new File([bytes], "cat.png", {type: "image/png"}));
            document.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        data,
    )
    told(page, "30 x 20")


def test_image_from_the_camera(visit: Visit) -> None:
    page = visit(sizes(sources=["webcam"]))
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Take picture").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(re.compile(r"\d+ x \d+"))


def test_what_is_no_picture_is_told_at_the_field(visit: Visit) -> None:
    page = visit(sizes())
    Path("notes.txt").write_text("No picture.")
    page.get_by_label("im", exact=True).set_input_files("notes.txt")
    expect(page.get_by_text("notes.txt is not an image.")).to_be_visible()


def test_a_damaged_picture_is_told_at_the_field(visit: Visit) -> None:
    page = visit(sizes())
    Path("cat.png").write_bytes(picture().read_bytes()[:60])
    page.get_by_label("im", exact=True).set_input_files("cat.png")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("im is a damaged picture and cannot be read.")).to_be_visible()


def test_a_file_that_is_no_picture_is_told_as_soon_as_the_server_has_it(visit: Visit) -> None:
    page = visit(sizes())
    Path("bad.png").write_text("no picture")
    page.get_by_label("im", exact=True).set_input_files("bad.png")
    expect(page.get_by_text("Added bad.png, but this browser can't open it. The file may be damaged.")).to_be_visible()


def test_a_picture_over_the_limit_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit(sizes())
    Path("huge.png").write_bytes(b"x" * (100 * 2**20 + 1))
    page.get_by_label("im", exact=True).set_input_files("huge.png")
    expect(page.get_by_text("the limit is 100 MB")).to_be_visible()


def test_a_result_can_be_downloaded(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: PIL.Image.new("RGB", (3000, 1000), "navy"), None, "image"))
    page.get_by_role("button", name="Generate").click()
    shown = page.locator("[data-picture]")
    expect(shown).to_have_js_property("naturalWidth", 2048)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    with PIL.Image.open(download.value.path()) as image:
        assert (image.size, image.getpixel((0, 0))) == ((3000, 1000), (0, 0, 128))


def test_a_tiff_is_seen_as_soon_as_the_server_has_it(visit: Visit) -> None:
    page = visit(identity(gr.Image(type="filepath", image_mode=None), gr.Image()))
    PIL.Image.new("RGB", (30, 20), "tomato").save("scan.tiff")
    page.get_by_label("x", exact=True).set_input_files("scan.tiff")
    expect(page.get_by_text("Added scan.tiff.", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="x", exact=True)).to_have_js_property("naturalWidth", 30)
    submit(page)
    expect(page.get_by_role("img", name="Output")).to_have_js_property("naturalWidth", 30)
    for stored in flagged(page):
        with PIL.Image.open(stored.path) as image:
            assert (image.size, image.getpixel((0, 0))) == ((30, 20), (255, 99, 71))


DRAWING = """
<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" onload="top.document.title = 'broken into'">
<script>top.document.title = "broken into"; fetch("https://example.org")</script>
<image href="https://example.org/spy.png"/>
<style>rect { fill: tomato }</style>
<rect width="60" height="40"/>
</svg>
"""


COLOUR = """picture => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return [...canvas.getImageData(0, 0, 1, 1).data];
}"""


def test_a_drawing_is_shown_and_none_of_its_scripts_run(visit: Visit) -> None:
    Path("drawing.svg").write_text(DRAWING)
    page = visit(gr.Interface(lambda: "drawing.svg", None, "image", title="Safe"))
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("[data-picture]")).to_have_js_property("naturalWidth", 60)
    expect(page).to_have_title("Safe")
    assert page.locator("[data-picture]").evaluate(COLOUR) == [255, 99, 71, 255]
    with page.expect_download() as download:
        page.get_by_role("link", name="Open").click()
    assert Path(download.value.path()).read_text() == DRAWING


def test_a_stage_is_as_high_as_the_author_wants(visit: Visit) -> None:
    page = visit(gr.Interface(lambda im, out: None, [gr.Image(height=111), gr.Image(height="50vh")], None))
    page.set_viewport_size({"width": 800, "height": 500})
    heights = page.locator(".stage").evaluate_all("stages => stages.map(stage => stage.clientHeight)")
    assert heights == [111, 250]
