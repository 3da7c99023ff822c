"""Choosing, dropping and downloading files as a person would."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

TRANSFER = """files => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name, { type: "text/plain" }));
    return transfer;
}"""


def written(*names: str) -> list[str]:
    """Write a file under each name, with the name as its content."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)
    return list(names)


def listed(field: Locator, *names: str) -> None:
    """Wait until a field lists the files."""
    expect(field.locator(".file-name")).to_have_text(list(names))


def drag(place: Locator, kind: str, *names: str) -> bool:
    """Let a drag of files reach a place, and return whether the browser would open them instead of the page."""
    transfer = place.page.evaluate_handle(TRANSFER, [[name, name] for name in names])
    opens: bool = place.evaluate(
        """(place, [kind, dataTransfer]) =>
            place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))""",
        [kind, transfer],
    )
    return opens


def drop(page: Page, place: Locator, *paths: str) -> None:
    """Drop files on a place with the mouse."""
    box: Any = place.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(Path(path).absolute()) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        client.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
