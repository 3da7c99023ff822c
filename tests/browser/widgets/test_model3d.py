"""Model3D, in a browser."""

import base64
import io
import json
import struct
from pathlib import Path
from typing import Any, Literal

import numpy as np
import PIL.Image
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.components import models
from tests.components.pictures import encoded

BLUE = (0.0, 0.0, 1.0, 1.0)
HEIGHT = 160
"""The height of most fields, in pixels: the processor draws here, and takes its time for each."""


def chosen(page: Page, data: bytes, name: str) -> None:
    """Choose a file, and wait until it is uploaded."""
    Path(name).write_bytes(data)
    page.get_by_label("x", exact=True).set_input_files(name)
    expect(page.get_by_text(f"Added {name}.")).to_be_visible()


def canvas(page: Page, number: int = 0) -> Locator:
    """Return the canvas of the first field, or another, once the model is drawn."""
    found = page.locator("mini-model3d").nth(number).locator("canvas[data-drawn]")
    expect(found).to_be_visible()
    return found


def colours(drawn: Locator) -> dict[str, int]:
    """Return how many pixels of a canvas are more or less red, green, blue, or something else."""
    with PIL.Image.open(io.BytesIO(drawn.screenshot())) as image:
        pixels = np.asarray(image.convert("RGB"), int).reshape(-1, 3)
    rest = pixels.sum(axis=1, keepdims=True) - pixels
    clear = (pixels > 50) & (rest < 40)
    found = {name: int(clear[:, column].sum()) for column, name in enumerate(["red", "green", "blue"])}
    return found | {"other": len(pixels) - sum(found.values())}


def field(data: bytes, name: str, **options: Any) -> gr.Model3D:
    """Return a field that shows a file from the start, on blue."""
    Path(name).write_bytes(data)
    return gr.Model3D(name, label="Output", clear_color=BLUE, height=HEIGHT, **options)


def showing(data: bytes, name: str, **options: Any) -> gr.Interface:
    """Return a demo with such a field."""
    return gr.Interface(lambda: None, None, field(data, name, **options))


def showing_all(fields: list[gr.Model3D]) -> gr.Interface:
    """Return a demo with several of them: a page with its viewer takes seconds to load."""
    return gr.Interface(lambda: (None,) * len(fields), None, [*fields])


def test_models_of_all_formats_go_there_and_back_and_into_flags(visit: Visit) -> None:
    page = visit(identity(*(gr.Model3D(clear_color=BLUE, height=HEIGHT) for _ in range(2))))
    for name, data in models.MODELS.items():
        chosen(page, data, name)
        submit(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download").click()
        assert download.value.suggested_filename == name
        for number in (0, 1):
            seen = colours(canvas(page, number))
            model = seen["other"] if name.endswith(".stl") else seen["red"]
            assert model > 1_000, name
            assert seen["blue"] > 2_000, name
        for stored in flagged(page):
            assert stored.read() == data
        page.get_by_role("button", name="Clear").click()


def test_a_model_is_dropped_also_where_another_is_shown(visit: Visit) -> None:
    page = visit(identity(gr.Model3D(), gr.Model3D()))
    chosen(page, models.glb(), "cube.glb")
    canvas(page).evaluate(
        """(canvas, data) => {
            const dataTransfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            dataTransfer.items.add(new File([bytes], "other.obj"));
            canvas.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        base64.b64encode(models.obj()).decode(),
    )
    expect(page.get_by_text("Added other.obj.")).to_be_visible()
    submit(page)
    assert flagged(page)[0].read() == models.obj()


def test_a_model_is_removed(visit: Visit) -> None:
    page = visit(identity(gr.Model3D(), gr.Model3D()))
    chosen(page, models.glb(), "cube.glb")
    canvas(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("canvas")).to_have_count(0)
    expect(page.get_by_text("Drop a 3D model here, or")).to_be_visible()
    submit(page)
    assert flagged(page) == (None, None)


def test_a_file_of_another_kind_is_told_at_the_field(visit: Visit) -> None:
    page = visit(identity(gr.Model3D(), gr.Model3D()))
    Path("cat.png").write_bytes(b"x")
    page.get_by_label("x", exact=True).set_input_files("cat.png")
    expect(page.get_by_text("cat.png is not a 3D model: choose .glb")).to_be_visible()


def test_a_damaged_file_is_told_by_the_page_and_refused_by_the_server(visit: Visit) -> None:
    page = visit(identity(gr.Model3D(), gr.Model3D()))
    chosen(page, models.glb()[:200], "cube.glb")
    expect(page.get_by_text("This file is damaged and can't be displayed.")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x is a damaged or truncated GLB file.")).to_be_visible()


def test_files_that_ask_too_much_are_told(visit: Visit) -> None:
    parts: list[tuple[dict[str, Any], str]] = [
        ({"extensionsRequired": ["EXT_meshopt_compression"]}, "it needs EXT_meshopt_compression."),
        ({"nodes": [{"mesh": 0}] * 6000, "scenes": [{"nodes": list(range(6000))}]}, "This model is too large"),
        ({"nodes": [{"mesh": 0, "children": [0]}]}, "This model is too large"),
        ({"accessors": []}, "This file is damaged"),
    ]
    page = visit(showing_all([field(models.glb(**part), f"{i}.glb") for i, (part, _) in enumerate(parts)]))
    for i, (_, words) in enumerate(parts):
        expect(page.locator("mini-model3d").nth(i)).to_contain_text(words)


def test_files_that_cannot_be_read_are_told(visit: Visit) -> None:
    files = {
        "a.obj": b"v 0 0 0\nv 1 0 0\nv 0 x 0\nf 1 2 3\n",
        "far.obj": b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\n",
        "empty.stl": b"solid\nfacet\nendsolid\n",
        "cut.ply": models.ply("binary_little_endian")[:-20],
        "far.ply": models.ply().replace(b"4 0 1 3 2", b"4 0 1 3 9"),
        "a.splat": b"\xff" * 64,
        "a.gltf": b'{"asset": {"version": "2.0"}, "nodes": [{"mesh": 7}]}',
        "list.gltf": b"[]",
    }
    page = visit(showing_all([field(data, name) for name, data in files.items()]))
    expect(page.get_by_text("This file is damaged and can't be displayed.")).to_have_count(len(files))
    expect(page.get_by_role("link", name="Download")).to_have_count(len(files))


def test_nothing_is_loaded_from_elsewhere(visit: Visit) -> None:
    scenes = (models.scene(**{part: [{"uri": "https://elsewhere.example/part"}]}) for part in ("buffers", "images"))
    page = visit(showing_all([field(json.dumps(told).encode(), f"{i}.gltf") for i, (told, _) in enumerate(scenes)]))
    expect(page.get_by_text("it needs https://elsewhere.example/part.")).to_have_count(2)


def put_back(page: Page, drawn: Locator, first: bytes) -> None:
    """Check that the model is seen from elsewhere than at first, and reset the view."""
    assert drawn.screenshot() != first
    page.get_by_role("button", name="Reset view").click()
    page.mouse.move(0, 0)
    assert drawn.screenshot() == first


def test_a_mouse_turns_and_moves_a_model(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    drawn = canvas(page)
    first = drawn.screenshot()
    buttons: list[Literal["left", "right"]] = ["left", "right"]
    for button in buttons:
        drawn.hover()
        page.mouse.down(button=button)
        page.mouse.move(100, 100)
        page.mouse.up(button=button)
        put_back(page, drawn, first)


def test_a_wheel_zooms_where_the_focus_is(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    drawn = canvas(page)
    first = drawn.screenshot()
    before = colours(drawn)["red"]
    drawn.click()
    page.mouse.wheel(0, -300)
    page.mouse.move(0, 0)
    assert colours(drawn)["red"] > before
    put_back(page, drawn, first)


def test_keys_do_all_that_a_mouse_does(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    drawn = canvas(page)
    first = drawn.screenshot()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "+", "-"):
        drawn.press(key)
        put_back(page, drawn, first)
    drawn.press("ArrowLeft")
    drawn.press("0")
    page.get_by_role("button", name="Reset view").focus()
    assert drawn.screenshot() == first


def test_the_wheel_scrolls_the_page_unless_the_model_has_the_focus(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    page.set_viewport_size({"width": 400, "height": 400})
    drawn = canvas(page)
    drawn.hover()
    page.mouse.wheel(0, 100)
    page.wait_for_function("scrollY > 0")


def test_two_fingers_move_and_zoom(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    drawn = canvas(page)
    before = colours(drawn)["red"]
    drawn.evaluate(
        """canvas => {
            canvas.setPointerCapture = canvas.releasePointerCapture = () => {};
            const touch = (type, pointerId, clientX) => canvas.dispatchEvent(
                new PointerEvent(type, {pointerId, clientX, clientY: 100, pointerType: "touch", bubbles: true})
            );
            touch("pointerdown", 1, 100);
            touch("pointerdown", 2, 140);
            touch("pointermove", 2, 200);
            touch("pointermove", 1, 40);
            touch("pointerup", 1, 40);
            touch("pointerup", 2, 200);
        }"""
    )
    assert colours(drawn)["red"] > before * 1.5


def test_an_author_chooses_the_view_and_how_it_is_drawn(visit: Visit) -> None:
    views: list[dict[str, Any]] = [
        {},
        {"camera_position": (0, 90, 40)},
        {"display_mode": "wireframe"},
        {"display_mode": "point_cloud"},
    ]
    page = visit(showing_all([field(models.glb(), "cube.glb", **view) for view in views]))
    solid, far, wire, cloud = (colours(canvas(page, i))["red"] for i in range(len(views)))
    assert solid > 4 * far > 0
    assert solid > wire > cloud > 0


def test_faces_of_many_corners_are_whole(visit: Visit) -> None:
    page = visit(showing(models.pentagon(), "face.ply", camera_position=(0, 90, None)))
    assert colours(canvas(page))["red"] > 2_000


def test_vertices_alone_are_points(visit: Visit) -> None:
    vertices = b"".join(line for line in models.obj((1, 0, 0)).splitlines(keepends=True) if line.startswith(b"v"))
    assert 0 < colours(canvas(visit(showing(vertices, "cloud.obj"))))["red"] < 500


@pytest.mark.parametrize(("alpha", "near"), [(90, "red"), (270, "green")])
def test_near_splats_cover_far_ones(visit: Visit, alpha: float, near: str) -> None:
    splats = models.splat(((0, 0, -1), (255, 0, 0, 255)), ((0, 0, 1), (0, 255, 0, 255)))
    drawn = canvas(visit(showing(splats, "two.splat", camera_position=(alpha, 90, 6))))
    with PIL.Image.open(io.BytesIO(drawn.screenshot())) as image:
        seen: Any = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert seen[("red", "green").index(near)] > 200
    assert sum(seen) < 300


def test_a_model_moves_until_it_is_stopped(visit: Visit) -> None:
    page = visit(showing(models.moving(), "cube.glb"))
    drawn = canvas(page)
    button = page.get_by_role("button", name="Play animation", pressed=True)
    next(filter(lambda red: red > 20_000, iter(lambda: colours(drawn)["red"], None)))
    button.click()
    expect(page.get_by_role("button", name="Play animation", pressed=False)).to_be_visible()
    still = drawn.screenshot()
    assert drawn.screenshot() == still


def test_a_model_stays_still_where_less_motion_is_wanted(visit: Visit) -> None:
    page = visit(showing(models.moving(), "cube.glb"), reduced_motion="reduce")
    drawn = canvas(page)
    assert 0 < colours(drawn)["red"] < 15_000
    page.get_by_role("button", name="Play animation", pressed=False).press("Enter")
    next(filter(lambda red: red > 20_000, iter(lambda: colours(drawn)["red"], None)))
    expect(page.get_by_role("button", name="Play animation", pressed=True)).to_be_visible()


def painted(picture: bytes, mime: str) -> bytes:
    """Return a triangle that faces the camera, painted with a picture."""
    corners = struct.pack("<9f", 0, -1, -1, 0, 1, 0, 0, -1, 1) + struct.pack("<6f", 0, 0, 0.5, 1, 1, 0)
    return models.packed(
        json.dumps(
            {
                "asset": {"version": "2.0"},
                "nodes": [{"mesh": 0}],
                "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "material": 0}]}],
                "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}, "alphaMode": "BLEND"}],
                "textures": [{"source": 0}],
                "images": [{"bufferView": 2, "mimeType": mime}],
                "accessors": [
                    {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
                    {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC2"},
                ],
                "bufferViews": [
                    {"buffer": 0, "byteLength": 36},
                    {"buffer": 0, "byteOffset": 36, "byteLength": 24},
                    {"buffer": 0, "byteOffset": 60, "byteLength": len(picture)},
                ],
                "buffers": [{"byteLength": 60 + len(picture)}],
            }
        ).encode(),
        corners + picture,
    )


@pytest.mark.parametrize("fmt", ["PNG", "JPEG"])
def test_a_model_is_painted_with_the_picture_inside(visit: Visit, fmt: str) -> None:
    picture = encoded(PIL.Image.new("RGB", (4, 4), (0, 255, 0)), fmt)
    page = visit(showing(painted(picture, f"image/{fmt.lower()}"), "leaf.glb", camera_position=(0, 90, None)))
    assert colours(canvas(page))["green"] > 700


def test_a_model_is_shown_without_a_picture_that_is_damaged(visit: Visit) -> None:
    page = visit(showing(painted(b"no picture", "image/png"), "leaf.glb", camera_position=(0, 90, None)))
    seen = colours(canvas(page))
    assert seen["other"] > 700
    assert seen["green"] == 0


def test_it_takes_the_pages_own_background_and_its_width(visit: Visit) -> None:
    page = visit(identity(gr.Model3D(), gr.Model3D()))
    chosen(page, models.glb(), "cube.glb")
    drawn = canvas(page)

    def corner() -> Any:
        with PIL.Image.open(io.BytesIO(drawn.screenshot())) as image:
            return image.convert("RGB").getpixel((20, 20))

    assert min(corner()) > 200
    page.emulate_media(color_scheme="dark")
    assert max(corner()) < 60
    page.set_viewport_size({"width": 320, "height": 700})
    expect(drawn).to_have_js_property("width", drawn.evaluate("canvas => canvas.clientWidth"))
    page.wait_for_function("document.documentElement.scrollWidth <= 320")


def test_it_fills_the_screen(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    canvas(page)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement?.matches('.stage')")


def test_the_graphics_card_gets_everything_back_when_the_field_goes(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    handle = canvas(page).element_handle()
    page.locator("mini-model3d").evaluate("field => { window.gone = field; field.remove() }")
    assert handle.evaluate("canvas => canvas.getContext('webgl2').isContextLost()")
    page.evaluate("document.querySelector('main').append(window.gone)")
    canvas(page)


def test_a_lost_context_comes_back(visit: Visit) -> None:
    page = visit(showing(models.glb(), "cube.glb"))
    canvas(page).evaluate(
        """canvas => new Promise(resolve => {
            const lose = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
            canvas.addEventListener("webglcontextlost", () => setTimeout(() => lose.restoreContext()), {once: true});
            canvas.addEventListener("webglcontextrestored", resolve);
            lose.loseContext();
        })"""
    )
    assert colours(canvas(page))["red"] > 1_000


def test_a_browser_without_webgl_is_told_and_can_still_download(browser: Browser) -> None:
    demo = showing(models.glb(), "cube.glb")
    with demo.running() as url, browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto(url)
        expect(page.get_by_text("This browser can't draw in three dimensions")).to_be_visible()
        expect(page.get_by_role("link", name="Download")).to_be_visible()
