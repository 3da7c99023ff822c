"""Gallery, in a browser: filled, captioned, put in order, looked at."""

import base64
import re
from pathlib import Path

import PIL.Image
import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.components.pictures import opened
from tests.components.videos import film

COLOURS = ["tomato", "gold", "navy"]


def pictures(*colours: str) -> list[Path]:
    """Write a picture of each colour, named after it."""
    paths = [Path(f"{colour}.png") for colour in colours]
    for path in paths:
        PIL.Image.new("RGB", (30, 20), path.stem).save(path)
    return paths


def lister(component: gr.Gallery) -> gr.Interface:
    """Return a demo that names the colours of its pictures, and their captions."""
    component.label = "shots"
    return gr.Interface(told, component, "text")


def told(shots: list[tuple[str, str | None]] | None) -> str:
    return ", ".join(colour(path) + (f" ({caption})" if caption else "") for path, caption in shots or []) or "none"


def colour(path: str) -> str:
    """Return the name of a picture's colour."""
    with PIL.Image.open(path) as image:
        pixel = image.convert("RGB").getpixel((0, 0))
    return next(name for name in COLOURS if PIL.Image.new("RGB", (1, 1), name).getpixel((0, 0)) == pixel)


def filled(page: Page, *files: Path | str) -> None:
    """Choose files, and wait until they are on the server."""
    page.locator("mini-gallery input[type=file]").first.set_input_files(list(files))
    expect(page.get_by_text(f"Added {Path(files[-1]).name}.")).to_be_visible()


def says(page: Page, words: str) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output", exact=True)).to_have_value(words)


def shot(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}, \d+ of \d+$"))


def ready(*shots: object) -> gr.Gallery:
    return gr.Gallery(list(shots), columns=3)


def three() -> gr.Gallery:
    return ready(*((PIL.Image.new("RGB", (30, 20), name), name.title()) for name in COLOURS))


def test_pictures_and_videos_go_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Gallery(), gr.Gallery()))
    filled(page, *pictures("tomato", "gold"), film())
    page.get_by_label("Caption").fill("The first")
    submit(page)
    expect(shot(page, "The first")).to_have_count(2)
    for stored in flagged(page):
        assert [item["caption"] for item in stored] == ["The first", None, None]
        assert opened(stored[1]["image"]).getpixel((0, 0)) == (255, 215, 0)
        assert stored[2]["video"].read() == Path("film.webm").read_bytes()


def test_captions_are_kept_while_pictures_are_added(visit: Visit) -> None:
    page = visit(lister(three()))
    filled(page, *pictures("gold"))
    says(page, "tomato (Tomato), gold (Gold), navy (Navy), gold")


def test_the_caption_of_the_chosen_one_is_written(visit: Visit) -> None:
    page = visit(lister(three()))
    shot(page, "Gold").click()
    page.get_by_label("Caption").fill("Shiny")
    expect(shot(page, "Shiny")).to_be_visible()
    shot(page, "Navy").click()
    page.get_by_label("Caption").fill("")
    says(page, "tomato (Tomato), gold (Shiny), navy")


def test_by_keyboard_pictures_are_chosen_moved_and_removed(visit: Visit) -> None:
    page = visit(lister(three()))
    shot(page, "Tomato").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("Now 2 of 3.")).to_be_visible()
    expect(shot(page, "Tomato")).to_be_focused()
    page.keyboard.press("End")
    expect(shot(page, "Navy")).to_be_focused()
    page.keyboard.press("Home")
    expect(shot(page, "Gold")).to_be_focused()
    page.keyboard.press("Delete")
    expect(shot(page, "Tomato")).to_be_focused()
    says(page, "tomato (Tomato), navy (Navy)")


def test_the_arrows_up_and_down_go_by_rows(visit: Visit) -> None:
    page = visit(lister(ready(*((PIL.Image.new("RGB", (9, 9)), str(i)) for i in range(7)))))
    shot(page, "0").focus()
    page.keyboard.press("ArrowDown")
    expect(shot(page, "3")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(shot(page, "1")).to_be_focused()
    page.keyboard.press("a")
    page.keyboard.press("Control+ArrowRight")
    expect(shot(page, "1")).to_be_focused()


def test_by_buttons_pictures_are_moved_and_removed(visit: Visit) -> None:
    page = visit(lister(three()))
    for name in ("later", "earlier", "later", "later"):
        page.get_by_role("button", name=f"Move {name}").click()
    says(page, "gold (Gold), navy (Navy), tomato (Tomato)")
    for _ in range(3):
        page.get_by_role("button", name="Remove").click()
    expect(page.locator("mini-gallery input[type=file]")).to_be_focused()
    says(page, "none")


def test_by_mouse_a_picture_is_dragged_to_another_place(visit: Visit) -> None:
    page = visit(lister(three()))
    shot(page, "Tomato").drag_to(shot(page, "Navy"))
    says(page, "gold (Gold), navy (Navy), tomato (Tomato)")


def give(page: Page, how: str) -> None:
    """Drop a file on the gallery, or paste it."""
    page.evaluate(
        """([how, data]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], "given.png", { type: "image/png" }));
            const options = { bubbles: true, cancelable: true };
            if (how === "paste") {
                document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files, ...options }));
                return;
            }
            const place = document.querySelector("mini-gallery .gallery-items");
            for (const type of ["dragenter", "dragover", "dragleave", "dragenter", "drop"]) {
                place.dispatchEvent(new DragEvent(type, { dataTransfer: files, ...options }));
            }
        }""",
        [how, base64.b64encode(pictures("navy")[0].read_bytes()).decode()],
    )


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_a_picture_is_added_to_others(visit: Visit, how: str) -> None:
    page = visit(lister(ready((PIL.Image.new("RGB", (3, 3), "gold"), "Gold"))))
    give(page, how)
    expect(shot(page, "given.png")).to_be_visible()
    says(page, "gold (Gold), navy")


def test_pictures_are_added_by_a_button_too(visit: Visit) -> None:
    page = visit(lister(three()))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add").click()
    chooser.value.set_files(pictures("gold"))
    says(page, "tomato (Tomato), gold (Gold), navy (Navy), gold")


def test_what_is_no_picture_is_told_and_the_others_are_taken(visit: Visit) -> None:
    page = visit(lister(gr.Gallery()))
    Path("notes.txt").write_text("No picture.")
    page.locator("mini-gallery input[type=file]").set_input_files([*pictures("gold"), Path("notes.txt")])
    expect(page.get_by_text("notes.txt isn't a supported image or video.")).to_be_visible()
    says(page, "gold")


def test_other_types_than_those_wished_for_are_not_taken(visit: Visit) -> None:
    page = visit(lister(gr.Gallery(file_types=["video", ".jpg"])))
    page.locator("mini-gallery input[type=file]").set_input_files(pictures("gold"))
    expect(page.get_by_text("gold.png isn't a supported image or video.")).to_be_visible()


def test_a_damaged_picture_is_told_by_the_server(visit: Visit) -> None:
    page = visit(lister(gr.Gallery()))
    Path("torn.png").write_bytes(pictures("gold")[0].read_bytes()[:60])
    filled(page, "gold.png", "torn.png")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("shots (no. 2) is a damaged picture and cannot be read.")).to_be_visible()


def test_a_picture_that_the_server_refuses_goes_again(visit: Visit) -> None:
    page = visit(lister(three()))
    page.route("**/upload?*", lambda route: route.fulfill(status=413, json={"error": {"message": "Too large."}}))
    page.locator("mini-gallery input[type=file]").set_input_files(pictures("gold"))
    expect(page.get_by_text("gold.png: Too large.")).to_be_visible()
    says(page, "tomato (Tomato), gold (Gold), navy (Navy)")


def test_what_could_not_be_sent_is_sent_again(visit: Visit) -> None:
    page = visit(lister(gr.Gallery()))
    page.route("**/upload?*", lambda route: route.abort(), times=1)
    page.locator("mini-gallery input[type=file]").set_input_files(pictures("gold"))
    expect(page.get_by_text("Upload failed. Submit to try again.")).to_be_visible()
    says(page, "gold")


def test_clear_brings_back_the_first_pictures_and_undo_the_others(visit: Visit) -> None:
    page = visit(lister(three()))
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Clear").click()
    expect(shot(page, "Tomato")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    says(page, "gold (Gold), navy (Navy)")


def results(**options: object) -> gr.Interface:
    """Return a demo that shows three pictures and a video."""
    shots = [(PIL.Image.new("RGB", (30, 20), name), name.title()) for name in COLOURS]
    output = gr.Gallery(**options)  # type: ignore[arg-type]  # any of its own
    return gr.Interface(lambda: [*shots, (film(), "Rolling")], None, output)


def shown(page: Page) -> Page:
    page.get_by_role("button", name="Generate").click()
    expect(shot(page, "Rolling")).to_be_visible()
    return page


def test_the_viewer_goes_from_one_to_the_next_and_back_by_keyboard(visit: Visit) -> None:
    page = shown(visit(results()))
    shot(page, "Gold").press("Enter")
    viewer = page.get_by_role("dialog", name="Output")
    expect(viewer.get_by_role("img", name="Gold")).to_be_visible()
    expect(viewer.get_by_text("2 / 4")).to_be_visible()
    for key, name in [("ArrowRight", "Navy"), ("ArrowLeft", "Gold"), ("Home", "Tomato"), ("ArrowLeft", "Tomato")]:
        page.keyboard.press(key)
        expect(viewer.get_by_role("img", name=name)).to_be_visible()
    page.keyboard.press("End")
    expect(viewer.locator("video")).to_have_js_property("controls", True)
    viewer.locator("video").focus()
    page.keyboard.press("ArrowLeft")
    expect(viewer.get_by_text("4 / 4")).to_be_visible()
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(shot(page, "Rolling")).to_be_focused()


def test_the_viewer_is_used_by_mouse(visit: Visit) -> None:
    page = shown(visit(results(format="png")))
    shot(page, "Tomato").click()
    viewer = page.get_by_role("dialog", name="Output")
    viewer.get_by_role("button", name="Next").click()
    viewer.get_by_role("button", name="Next").click()
    viewer.get_by_role("button", name="Previous").click()
    expect(viewer.get_by_text("Gold")).to_be_visible()
    with page.expect_download() as download:
        viewer.get_by_role("link", name="Download").click()
    with PIL.Image.open(download.value.path()) as image:
        assert (image.size, image.getpixel((0, 0))) == ((30, 20), (255, 215, 0))
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_have_count(0)


def test_without_preview_a_picture_is_only_chosen(visit: Visit) -> None:
    page = shown(visit(results(allow_preview=False)))
    shot(page, "Gold").click()
    expect(shot(page, "Gold")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_not_to_be_downloaded_has_no_link(visit: Visit) -> None:
    page = shown(visit(results(show_download_button=False)))
    shot(page, "Gold").click()
    expect(page.get_by_role("dialog").get_by_text("Gold")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)


def test_one_is_large_above_the_others(visit: Visit) -> None:
    page = shown(visit(results(selected_index=1)))
    expect(page.get_by_role("button", name="Enlarge: Gold")).to_be_visible()
    shot(page, "Navy").click()
    page.get_by_role("button", name="Enlarge: Navy").click()
    expect(page.get_by_role("dialog").get_by_text("3 / 4")).to_be_visible()


def test_in_an_input_a_second_press_enlarges(visit: Visit) -> None:
    page = visit(lister(three()))
    shot(page, "Gold").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Enlarge", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("2 / 3")).to_be_visible()
    page.keyboard.press("Escape")
    shot(page, "Gold").click()
    expect(page.get_by_role("dialog").get_by_text("2 / 3")).to_be_visible()


def test_rows_and_columns_fill_the_place(visit: Visit) -> None:
    page = shown(visit(results(columns=2, rows=2, height=400, object_fit="contain")))
    boxes = [page.locator(".gallery-item").nth(i).bounding_box() for i in range(4)]
    tops = sorted({round(box["y"]) for box in boxes if box})
    assert len(tops) == 2
    assert all(box and 180 < box["height"] < 200 for box in boxes)
    expect(page.locator(".gallery-item img").first).to_have_css("object-fit", "contain")


def test_a_picture_that_the_browser_cannot_show_is_named(visit: Visit) -> None:
    page = visit(lister(gr.Gallery()))
    Path("scan.tiff").write_bytes(b"II*\0")
    page.locator("mini-gallery input[type=file]").set_input_files("scan.tiff")
    expect(
        page.get_by_text("Added scan.tiff, but this browser can't open it. The file may be damaged.")
    ).to_be_visible()
    expect(page.locator(".gallery-item img")).to_have_attribute("alt", "scan.tiff")


def test_a_picture_that_only_the_server_opens_is_shown_once_it_is_there(visit: Visit) -> None:
    page = visit(lister(gr.Gallery()))
    PIL.Image.new("RGB", (30, 20), "gold").save("scan.tiff")
    filled(page, "scan.tiff")
    expect(page.locator(".gallery-item img").first).to_have_js_property("naturalWidth", 30)
