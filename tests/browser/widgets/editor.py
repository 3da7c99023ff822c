"""Drawing on an ImageEditor as a person does: with the mouse, at places given in parts of its width and height."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import PIL.Image
from playwright.sync_api import Locator, Page, expect

import minidemo as gr

Place = tuple[float, float]
CLEAR = (0, 0, 0, 0)


class Studio:
    """A demo with an editor, labelled `x`, and what its function got."""

    def __init__(self, editor: gr.ImageEditor) -> None:
        self.got: list[Any] = []
        outputs = [gr.ImageEditor(label="Output"), gr.Number(label="Runs")]
        self.demo = gr.Interface(self._fn, editor, outputs)

    def _fn(self, x: Any) -> tuple[Any, int]:
        self.got.append(x)
        return x, len(self.got)

    def submitted(self, page: Page) -> Any:
        """Submit, and return what the function got."""
        count = len(self.got) + 1
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_label("Runs")).to_have_value(str(count))
        return self.got[-1]


def studio(**options: Any) -> Studio:
    """Return a demo with an editor whose function gets Pillow images."""
    usual: dict[str, Any] = {"type": "pil", "canvas_size": (80, 60), "brush": gr.Brush(default_size=3)}
    return Studio(gr.ImageEditor(label="x", **usual | options))


def sheet(page: Page) -> Locator:
    """Return what is drawn on."""
    return page.get_by_label("x", exact=True)


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def draw(page: Page, *places: Place) -> None:
    """Draw a line through places with the mouse."""
    points = on_screen(page, places)
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def dab(page: Page, place: Place, force: float) -> None:
    """Press a pen on a place, hard or lightly."""
    ((x, y),) = on_screen(page, [place])
    client = page.context.new_cdp_session(page)
    pen = {"x": x, "y": y, "button": "left", "clickCount": 1, "pointerType": "pen", "force": force}
    for kind in ("mousePressed", "mouseReleased"):
        client.send("Input.dispatchMouseEvent", {"type": kind, **pen})


def fingers(page: Page, *moments: Sequence[Place]) -> None:
    """Put fingers down, move and lift them: at each moment they are at these places."""
    client = page.context.new_cdp_session(page)
    where = [on_screen(page, places) for places in moments]
    before = 0
    for points in where:
        kind = "touchStart" if len(points) > before else "touchMove" if len(points) == before else "touchEnd"
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        before = len(points)


def on_screen(page: Page, places: Sequence[Place]) -> list[Place]:
    """Return where places of the drawing are on the screen."""
    sheet(page).scroll_into_view_if_needed()
    box = sheet(page).bounding_box()
    assert box
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]


def picture(name: str = "cat.png", size: tuple[int, int] = (60, 40)) -> Path:
    """Write a picture, and return its path."""
    path = Path(name)
    PIL.Image.new("RGB", size, "tomato").save(path)
    return path


def choose(page: Page, path: Path) -> None:
    """Choose a file."""
    page.get_by_label("Choose image").set_input_files(path)


def transfer(page: Page, path: Path, kind: str = "image/png") -> Any:
    """Return a file as the browser hands it over when it is dropped or pasted."""
    return page.evaluate_handle(
        """([data, name, type]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            transfer.items.add(new File([bytes], name, {type}));
            return transfer;
        }""",
        [base64.b64encode(path.read_bytes()).decode(), path.name, kind],
    )


@contextmanager
def uploads(page: Page) -> Iterator[list[str]]:
    """Collect the names of the files that are sent."""
    names: list[str] = []

    def note(request: Any) -> None:
        if "/upload?" in request.url:
            names.append(request.url.partition("name=")[2].partition("&")[0])

    page.on("request", note)
    yield names
    page.remove_listener("request", note)
