"""Plot: a figure of matplotlib, plotly, bokeh or altair."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _matplotlib, _plots
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean


class Plot(Component):
    """A figure of matplotlib, plotly, bokeh or altair, as an output.

    A matplotlib figure, an Axes or `pyplot` itself (its current figure) is shown as a picture, and then closed in
    pyplot. Make it with `matplotlib.figure.Figure()`, because all visitors share pyplot. Other figures stay
    interactive: the installed package's script draws them in a frame that can reach no other host, so map tiles and
    data at a URL are not loaded.

    Args:
        value: The initial figure.
        format: Format of matplotlib's figures: "svg", "png", "jpeg" or "webp". By default SVG, or PNG above a
            megabyte.
    """

    widget: ClassVar = "plot"
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        format: Literal["svg", "png", "jpeg", "webp"] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        output_format = {"jpg": "jpeg"}.get(str(format), format)
        if output_format is not None and output_format not in _matplotlib.MIMES:
            raise ConfigurationError(f"Plot got format={format!r}. {did_you_mean(str(format), _matplotlib.MIMES)}")
        self.format = output_format
        _matplotlib.choose_backend()

    def clean_up(self) -> None:
        """Close all but the latest figures in pyplot, which keeps those of failed calls."""
        _matplotlib.close_oldest()

    def correction(self) -> None:
        """Return None: a figure cannot be edited on the page."""

    def check_as_input(self) -> None:
        """Refuse to be an input without a value, which nobody could give."""
        if self.value is None:
            raise ConfigurationError(
                "Plot shows figures, which visitors cannot change. Put it into outputs, or give it a value."
            )

    def schema(self) -> Schema:
        """Return the JSON schema of a figure: JSON text, or a picture."""
        kind = {"enum": list(_plots.LIBRARIES), "type": "string"}
        properties = {"type": kind, "plot": {"anyOf": [{"type": "string"}, FILE]}}
        return {"type": "object", "properties": properties, "required": ["type", "plot"]}

    def example(self) -> Held:
        """Return a small figure of plotly."""
        return {"type": "plotly", "plot": '{"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {}}'}

    def preprocess(self, value: Held) -> Any:
        """Check a figure, and hand it on unchanged."""
        if value is None:
            return None
        if (fault := _fault(value)) is not None:
            raise InputError(f"{self.title} {fault}.")
        return dict(value)

    def postprocess(self, value: Any) -> Held:
        """Draw a figure of matplotlib, and serialize others."""
        if value is None:
            return None
        if isinstance(value, Mapping):
            if (fault := _fault(value)) is not None:
                raise OutputError(f"{self.title} {fault}, but got {value!r:.60}.")
            return dict(value)
        library = _plots.library_of(value)
        if library == "matplotlib":
            return {"type": library, "plot": _matplotlib.draw(value, self.format, self.title)}
        if library is not None:
            return {"type": library, "plot": _plots.text_of(value, library, self.title)}
        raise OutputError(
            f"{self.title} shows a figure of matplotlib, plotly, bokeh or altair, "
            f"but got {type(value).__name__} {value!r:.60}."
        )

    def flag(self, value: Held) -> Cell:
        """Store the picture, or the figure as JSON that its library reads."""
        if value is None:
            return None
        plot: Media | str = value["plot"]
        if isinstance(plot, Media):
            return plot
        return Media.of_bytes(plot.encode("utf-8", "surrogatepass"), f"{value['type']}.json", mime="application/json")

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the figure; its library follows from its JSON."""
        if not isinstance(cell, Media):
            return None
        if cell.mime in _matplotlib.MIMES.values():
            return {"type": "matplotlib", "plot": cell}
        text = cell.read().decode("utf-8", "surrogatepass")
        return {"type": _plots.library_of_text(text), "plot": text}


def _fault(value: Any) -> str | None:
    """Return the fault of a figure on the wire, or None."""
    if not isinstance(value, Mapping) or value.keys() != {"type", "plot"}:
        return "must be an object with a type and a plot"
    library, plot = value["type"], value["plot"]
    if library not in _plots.LIBRARIES:
        return f"must be of {', '.join(_plots.LIBRARIES[:-1])} or {_plots.LIBRARIES[-1]}"
    if library == "matplotlib":
        return None if isinstance(plot, Media) and plot.mime in _matplotlib.MIMES.values() else "must be a picture"
    if isinstance(plot, str) and _plots.library_of_text(plot) == library:
        return None
    return f"must hold the JSON of a {library} figure"
