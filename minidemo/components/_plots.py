"""Interactive figures as text: which library one is of, and its JSON."""

import importlib.util
import json
import threading
from types import ModuleType
from typing import Any, NoReturn

from minidemo.errors import OutputError

LIBRARIES = ("matplotlib", "plotly", "bokeh", "altair")
_WRITE_LOCK = threading.Lock()
"""Lock for writing figures, which Bokeh moves into a document meanwhile."""


def library_of(value: Any) -> str | None:
    """Return the library of a figure by the modules of its classes."""
    if isinstance(value, ModuleType):
        return "matplotlib" if value.__name__ in ("matplotlib.pyplot", "pylab") else None
    roots = {kind.__module__.partition(".")[0] for kind in type(value).__mro__}
    if hasattr(getattr(value, "figure", None), "savefig"):  # an Axes, or a grid of seaborn's
        return "matplotlib"
    return next((library for library in LIBRARIES if library in roots), None)


def text_of(value: Any, library: str, title: str) -> str:
    """Return the JSON of an interactive figure."""
    if library == "altair" and importlib.util.find_spec("vl_convert") is None:
        raise OutputError(
            f"{title} draws figures of altair with the scripts in vl-convert-python, which is not installed. "
            "Run: pip install 'minidemo[altair]'."
        )
    try:
        with _WRITE_LOCK:
            text = _without_nan(_to_json(value, library))
    except Exception as error:  # each library has its own
        reason = str(error).strip().split("\n")[0].rstrip(".")
        raise OutputError(f"{title} cannot show this {type(value).__name__} of {library}: {reason}.") from error
    if library_of_text(text) != library:
        raise OutputError(f"{title} shows whole figures of {library}, but got {type(value).__name__} {value!r:.60}.")
    return text


def library_of_text(text: str) -> str | None:
    """Return the library of a figure's JSON, None for other text."""
    try:
        figure = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    if not isinstance(figure, dict):
        return None
    if isinstance(figure.get("doc"), dict) and "root_id" in figure:
        return "bokeh"
    if isinstance(figure.get("$schema"), str):
        return "altair"
    return "plotly" if isinstance(figure.get("data"), list) else None


def _to_json(value: Any, library: str) -> str:
    if library == "bokeh":
        from bokeh.embed import json_item  # noqa: PLC0415  # at hand wherever there is a figure of it
        from bokeh.models.ui import UIElement  # noqa: PLC0415

        return json.dumps(json_item(value)) if isinstance(value, UIElement) else "{}"
    return str(value.to_json(indent=None) if library == "altair" else value.to_json())


def _without_nan(text: str) -> str:
    """Replace NaN and the infinities by null, as JSON demands."""
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except ValueError:
        return json.dumps(json.loads(text, parse_constant=lambda _: None))
    return text


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON.")
