"""Colours, as CSS and Gradio write them."""

import colorsys
import re
from collections.abc import Sequence

from PIL import ImageColor

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_CALL = re.compile(r"(rgb|hsl)a?\(([0-9a-z.,/%+\-\s]*)\)", re.ASCII)
_PART = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(%|deg)?")
_MAX_CHARACTERS = 100


def normalise(text: str) -> str | None:
    """Return a colour as `#rrggbb`, or None for other text.

    A colour that is not opaque is returned as `#rrggbbaa`. The text may be `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`,
    `rgb(…)`, `rgba(…)`, `hsl(…)`, `hsla(…)` or a name.
    """
    word = text.strip().lower() if len(text) <= _MAX_CHARACTERS else ""
    if word == "transparent":
        return "#00000000"
    if word in ImageColor.colormap:
        return "#" + bytes(ImageColor.getrgb(word)).hex()
    if _HEX.fullmatch(word):
        digits = word[1:] if len(word) > 5 else "".join(2 * digit for digit in word[1:])
        return f"#{digits.removesuffix('ff')}" if len(digits) == 8 else f"#{digits}"
    call = _CALL.fullmatch(word)
    parts = [_PART.fullmatch(part) for part in re.split(r"[\s,/]+", call[2].strip())] if call else []
    numbers = [(float(part[1]), part[2] or "") for part in parts if part]
    if call is None or len(numbers) < len(parts) or len(numbers) not in (3, 4):
        return None
    return _hex(_rgb(numbers) if call[1] == "rgb" else _hsl(numbers), _share(numbers[3]) if numbers[3:] else 1.0)


def _rgb(numbers: Sequence[tuple[float, str]]) -> list[float]:
    return [number / 100 if unit else number / 255 for number, unit in numbers[:3]]


def _hsl(numbers: Sequence[tuple[float, str]]) -> Sequence[float]:
    (hue, _), (saturation, _), (lightness, _) = numbers[:3]
    return colorsys.hls_to_rgb(hue % 360 / 360, _clamp(lightness / 100), _clamp(saturation / 100))


def _share(number: tuple[float, str]) -> float:
    return number[0] / 100 if number[1] else number[0]


def _hex(shares: Sequence[float], alpha: float) -> str:
    levels = [int(_clamp(share) * 255 + 0.5) for share in (*shares, alpha)]
    return "#" + "".join(f"{level:02x}" for level in (levels if levels[3] < 255 else levels[:3]))


def _clamp(share: float) -> float:
    return min(max(share, 0.0), 1.0)
