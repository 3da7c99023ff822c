"""Tools of an ImageEditor: brush, eraser and layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from PIL import ImageColor

from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number

Color: TypeAlias = str | tuple[str, float]
"""A colour of CSS, alone or with its opacity in 0..1."""

COLORS = ("crimson", "darkorange", "green", "royalblue", "purple", "black", "white")
MODES = ("fixed", "defaults")
AUTO: Literal["auto"] = "auto"


@dataclass(frozen=True, slots=True)
class Eraser:
    """The eraser of an ImageEditor.

    Args:
        default_size: Radius in pixels. By default "auto": a fiftieth of the shorter side of the picture.
    """

    default_size: int | Literal["auto"] = AUTO

    def __post_init__(self) -> None:
        """Refuse a size that draws nothing."""
        size: object = self.default_size
        if size != AUTO and not is_number(size, above=0):
            raise ConfigurationError(
                f"{type(self).__name__} got default_size={size!r}; expected a number of pixels above 0, or 'auto'."
            )


@dataclass(frozen=True, slots=True)
class Brush(Eraser):
    """The brush of an ImageEditor.

    Args:
        colors: Colours to choose from: one, or a list. Each is a CSS colour such as "#ff0000" or "red", or (colour,
            opacity). By default a palette.
        default_color: The first colour of the brush. By default the first of `colors`.
        color_mode: "fixed" for no other colours than these, "defaults" (the default) to allow any.
    """

    colors: Sequence[Color] | Color | None = None
    default_color: Color | None = None
    color_mode: Literal["fixed", "defaults"] = "defaults"

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for text that is not a colour."""
        Eraser.__post_init__(self)
        if self.color_mode not in MODES:
            raise ConfigurationError(f"Brush got color_mode={self.color_mode!r}; expected 'fixed' or 'defaults'.")
        if not _color_list(self.colors):
            raise ConfigurationError("Brush got colors=[]; expected at least one colour.")
        self.palette  # noqa: B018  # raises for invalid colours

    @property
    def palette(self) -> list["BrushColor"]:
        """The colours to choose from; the default one is among them."""
        colors = [parse_color(color) for color in _color_list(self.colors)]
        return colors if self.first in colors else [self.first, *colors]

    @property
    def first(self) -> "BrushColor":
        """The colour that the brush begins with."""
        if self.default_color not in (None, AUTO):
            return parse_color(self.default_color)
        return parse_color(_color_list(self.colors)[0])


@dataclass(frozen=True, slots=True)
class LayerOptions:
    """The layers of an ImageEditor.

    Args:
        allow_additional_layers: Whether the visitor may add layers. By default True.
        layers: The names of the layers.
        disabled: Whether everything is drawn on one layer. By default False.
    """

    allow_additional_layers: bool = True
    layers: Sequence[str] | None = None
    disabled: bool = False

    @property
    def names(self) -> list[str]:
        """The layers' names on a fresh page; none for the page's default."""
        return [] if self.disabled else list(self.layers or ())

    @property
    def max_count(self) -> int | None:
        """The largest number of layers, or None for any number."""
        grows = self.allow_additional_layers and not self.disabled
        return None if grows else max(1, len(self.names))


@dataclass(frozen=True, slots=True)
class BrushColor:
    """A colour: the author's name of it, #rrggbb, and its opacity."""

    name: str
    color: str
    opacity: float


def parse_color(color: Any, owner: str = "Brush") -> BrushColor:
    """Return a colour of an author's, or raise `ConfigurationError`."""
    name, opacity = color if isinstance(color, tuple | list) and len(color) == 2 else (color, None)
    try:
        red, green, blue, *alpha = ImageColor.getrgb(_without_alpha(name))
        strength = float(opacity if opacity is not None else _alpha(name, alpha))
        if not 0 < strength <= 1:
            raise ValueError
    except (AttributeError, TypeError, ValueError):
        raise ConfigurationError(
            f"{owner} got the color {color!r:.60}; expected one such as '#ff0000' or 'red', or ('red', 0.5)."
        ) from None
    return BrushColor(str(name), f"#{red:02x}{green:02x}{blue:02x}", strength)


def _without_alpha(name: str) -> str:
    """Return an rgba(…) colour without its alpha."""
    inside = name.strip().removeprefix("rgba(").removesuffix(")").split(",")
    return f"rgb({','.join(inside[:3])})" if name.strip().startswith("rgba(") and len(inside) == 4 else name


def _alpha(name: str, alpha: list[int]) -> float:
    if name.strip().startswith("rgba("):
        return float(name.strip().removesuffix(")").rpartition(",")[2])
    return alpha[0] / 255 if alpha else 1.0


def _color_list(colors: Any) -> Sequence[Color]:
    """Return the colours, of which an author may give one alone."""
    if colors is None:
        return COLORS
    one = isinstance(colors, tuple | list) and len(colors) == 2 and isinstance(colors[1], int | float)
    return [colors] if one or isinstance(colors, str) else list(colors)


BLACK_BRUSH = Brush(colors=("#000000",), color_mode="fixed")
"""A brush that is black alone."""
