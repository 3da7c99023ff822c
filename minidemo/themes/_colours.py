"""Colours by lightness, chroma and hue (OKLCH), and their contrast."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from minidemo.errors import ConfigurationError, did_you_mean

HUES = {
    "slate": (0.55, 0.035, 257),
    "gray": (0.55, 0.02, 264),
    "zinc": (0.55, 0.012, 286),
    "neutral": (0.55, 0.0, 0),
    "stone": (0.55, 0.012, 58),
    "red": (0.55, 0.21, 27),
    "orange": (0.6, 0.19, 45),
    "amber": (0.65, 0.16, 70),
    "yellow": (0.68, 0.15, 90),
    "lime": (0.62, 0.18, 128),
    "green": (0.58, 0.16, 149),
    "emerald": (0.56, 0.13, 163),
    "teal": (0.55, 0.1, 185),
    "cyan": (0.56, 0.11, 215),
    "sky": (0.56, 0.14, 240),
    "blue": (0.48, 0.18, 262),
    "indigo": (0.5, 0.2, 277),
    "violet": (0.52, 0.22, 293),
    "purple": (0.53, 0.23, 304),
    "fuchsia": (0.55, 0.24, 322),
    "pink": (0.56, 0.21, 353),
    "rose": (0.56, 0.21, 16),
}
"""Gradio's names of hues, with a lightness and a chroma."""
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: lightness (0 to 1), chroma, and hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        """The colour in hexadecimal digits; chroma is reduced to fit screens."""
        seen = self
        while not all(-0.0005 <= value <= 1.0005 for value in _linear_rgb(seen)) and seen.chroma > 0:
            seen = replace(seen, chroma=max(seen.chroma - 0.004, 0))
        return "#" + "".join(f"{round(255 * _from_linear(min(max(value, 0), 1))):02x}" for value in _linear_rgb(seen))

    def at(self, lightness: float, chroma: float | None = None) -> "Colour":
        """Return the hue at another lightness, and another chroma."""
        return replace(self, lightness=lightness, chroma=self.chroma if chroma is None else chroma)

    def legible(self, grounds: Iterable[str], least: float, *, towards: float) -> "Colour":
        """Return the colour, darkened or lightened until it is legible.

        `towards` is 0 to darken, 1 to lighten. Its contrast with each of the `grounds` is then at least `least`.
        """
        result, seen = self, [*grounds]
        while min(contrast(result.hex, ground) for ground in seen) < least and result.lightness != towards:
            step = _STEP if towards else -_STEP
            result = replace(result, lightness=min(max(result.lightness + step, 0), 1))
        return result


def colour(name: str) -> Colour:
    """Return the colour of a hue's name, or of `#rrggbb`."""
    if name in HUES:
        return Colour(*HUES[name])
    if not is_hex(name):
        near = did_you_mean(name, HUES)
        raise ConfigurationError(
            f"There is no colour {name!r:.60}; expected a hue, or a colour such as #2456c9. {near}"
        )
    return _of_hex(name)


def is_hex(text: str) -> bool:
    """Return whether a text is a colour such as `#2456c9`."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two hexadecimal colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(text: str) -> float:
    """Return the luminance of a colour, from 0 to 1."""
    red, green, blue = _to_linear(text)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _of_hex(text: str) -> Colour:
    red, green, blue = _to_linear(text)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Colour(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)))


def _linear_rgb(colour: Colour) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _to_linear(text: str) -> list[float]:
    digits = text.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    parts = [int(pair, 16) / 255 for pair in pairs]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _from_linear(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
