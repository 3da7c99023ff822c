"""Drawing figures of matplotlib, without a window and without pyplot."""

import io
import math
import re
import sys
import threading
from types import ModuleType
from typing import Any

from minidemo.content.media import Media
from minidemo.errors import OutputError

MIMES = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
MAX_SVG = 2**20
"""Bytes of an SVG above which browsers draw a PNG faster."""
MAX_FIGURES = 50
"""Number of figures that may be open in pyplot after a call."""
_MAX_PIXELS = 8_000_000
_DRAW_LOCK = threading.Lock()
"""Matplotlib's fonts and mathematics are not made for several threads."""
_HASHED_ID = re.compile(rb'\bid="([\w-]*[0-9a-f]{10})"')
_METADATA: dict[str, dict[str, None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


class _TooLarge(Exception):
    """Stops the drawing of an SVG that is too large."""


class _BoundedFile(io.BytesIO):
    """A file that takes so much and no more."""

    def write(self, data: Any) -> int:
        """Write, or raise `_TooLarge`."""
        if self.tell() + len(data) > MAX_SVG:
            raise _TooLarge
        return super().write(data)


def choose_backend() -> None:
    """Choose the backend without windows if none was chosen.

    Only the first thread may open windows.
    """
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None and matplotlib.get_backend(auto_select=False) is None:
        matplotlib.use("agg")


def draw(value: Any, fmt: str | None, title: str) -> Media:
    """Return a picture of a figure, an Axes, or pyplot's current figure, and close it in pyplot."""
    figure = _figure(value, title)
    try:
        with _DRAW_LOCK:
            data, fmt = _render(figure, fmt)
    except Exception as error:  # a figure is drawn only now, and with it all that is wrong in it comes up
        reason = str(error).strip().split("\n")[0].rstrip(".")
        raise OutputError(f"{title} cannot draw this figure of matplotlib: {reason}.") from error
    finally:
        _close(figure)
    return Media.of_bytes(data, f"plot.{fmt}", mime=MIMES[fmt])


def close_oldest() -> None:
    """Close all but the latest figures in pyplot; a running function may still draw in them."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums()[:-MAX_FIGURES] if pyplot else ():
        pyplot.close(number)


def _close(figure: Any) -> None:
    """Remove a figure from pyplot, which keeps every figure; it can still be drawn."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and isinstance(figure, pyplot.Figure):
        pyplot.close(figure)


def _figure(value: Any, title: str) -> Any:
    if isinstance(value, ModuleType):
        if not value.get_fignums():
            raise OutputError(f"{title} got pyplot, which has no figure. Draw one, or return a Figure.")
        return value.gcf()
    if hasattr(value, "savefig") and hasattr(value, "canvas"):
        return value
    figure = getattr(value, "figure", None)
    if not hasattr(figure, "savefig"):
        raise OutputError(
            f"{title} shows a Figure or Axes of matplotlib, but got {type(value).__name__} {value!r:.60}."
        )
    return figure


def _render(figure: Any, fmt: str | None) -> tuple[bytes, str]:
    if fmt in (None, "svg"):
        try:
            return _svg(figure, io.BytesIO() if fmt else _BoundedFile()), "svg"
        except _TooLarge:
            fmt = "png"
    return _save(figure, io.BytesIO(), str(fmt)), str(fmt)


def _svg(figure: Any, file: io.BytesIO) -> bytes:
    """Return the SVG with stable ids; matplotlib makes random ones."""
    data = _save(figure, file, "svg")
    numbers = {name: b"i%d" % number for number, name in enumerate(dict.fromkeys(_HASHED_ID.findall(data)))}
    if not numbers:
        return data
    return re.sub(rb'(?<=["#])[\w-]*[0-9a-f]{10}(?=[")])', lambda match: numbers.get(match[0], match[0]), data)


def _save(figure: Any, file: io.BytesIO, fmt: str) -> bytes:
    width, height = figure.get_size_inches()
    dpi = min(2 * figure.dpi, math.sqrt(_MAX_PIXELS / max(width * height, 1)))
    figure.savefig(file, format=fmt, dpi=dpi, metadata=_METADATA.get(fmt))
    return file.getvalue()
