"""The palette of a theme: legible colours made from two hues."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from minidemo.themes._colours import Colour, contrast, is_hex

Palette: TypeAlias = dict[str, str]
TEXT, CONTROL = 4.5, 3.0
"""WCAG's contrast of text, and of the border of controls."""
MARGIN = 0.1
"""Additional contrast, because gradients mix backgrounds."""
CONTRAST_RULES = {
    "text": (("page", "panel", "well", "tint", "danger_tint"), TEXT),
    "muted": (("page", "panel", "well", "tint"), TEXT),
    "border": (("page", "panel", "well"), CONTROL),
    "accent": (("page", "panel", "well", "tint"), TEXT),
    "accent_strong": (("page", "panel", "well", "tint"), TEXT),
    "danger": (("page", "panel", "well", "danger_tint"), TEXT),
    "on_accent": (("accent", "accent_strong"), TEXT),
}
"""The backgrounds of each colour, and its least contrast."""
RED = Colour(0.52, 0.19, 27)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    """Lightness of each colour before it is made legible.

    `towards` is the lightness of text: 0 or 1.
    """

    towards: float
    page: float
    panel: float
    well: float
    line: float
    text: float
    muted: float
    border: float
    accent: float | None
    tint: tuple[float, float]


LIGHT = Scheme(
    towards=0,
    page=0.975,
    panel=1,
    well=0.965,
    line=0.915,
    text=0.22,
    muted=0.48,
    border=0.63,
    accent=None,
    tint=(0.96, 0.02),
)
DARK = Scheme(
    towards=1,
    page=0.19,
    panel=0.235,
    well=0.21,
    line=0.32,
    text=0.93,
    muted=0.74,
    border=0.56,
    accent=0.76,
    tint=(0.28, 0.035),
)


def palette(scheme: Scheme, primary: Colour, neutral: Colour, fixed: Mapping[str, str]) -> Palette:
    """Return the colours of a scheme.

    The `fixed` colours are kept, and the others are made legible on them.
    """
    colours = {name: grey(neutral, getattr(scheme, name)).hex for name in ("page", "panel", "well", "line")}
    colours["tint"] = primary.at(scheme.tint[0], min(scheme.tint[1], primary.chroma)).hex
    colours["danger_tint"] = RED.at(*scheme.tint).hex
    colours |= fixed
    accent = primary if scheme.accent is None else primary.at(scheme.accent, min(primary.chroma, 0.13))
    candidates = {
        "text": grey(neutral, scheme.text),
        "muted": grey(neutral, scheme.muted),
        "border": grey(neutral, scheme.border),
        "accent": accent,
        "danger": RED if scheme is LIGHT else RED.at(0.78, 0.13),
    }
    for name, colour in candidates.items():
        colours.setdefault(name, _legible(name, colour, colours, scheme).hex)
    stronger = 0.06 if scheme.towards else -0.07
    strong = _legible("accent", accent, colours, scheme)
    strong = strong.at(min(max(strong.lightness + stronger, 0), 1))
    colours.setdefault("accent_strong", _legible("accent_strong", strong, colours, scheme).hex)
    colours.setdefault("on_accent", _text_on_accent(colours, primary))
    return colours


def low_contrast(colours: Mapping[str, str]) -> Iterator[tuple[str, str, float, float]]:
    """Yield colours of low contrast: name, background, contrast, least contrast."""
    for name, (grounds, least) in CONTRAST_RULES.items():
        measurable = [ground for ground in grounds if is_hex(colours[name]) and is_hex(colours[ground])]
        ratio, ground = min(((contrast(colours[name], colours[it]), it) for it in measurable), default=(least, ""))
        if ratio < least:
            yield name, ground, ratio, least


def grey(neutral: Colour, lightness: float) -> Colour:
    """Return a grey with a tint, weaker if very light."""
    return neutral.at(lightness, neutral.chroma * (0.2 if lightness > 0.9 else 0.5))


def _legible(name: str, colour: Colour, colours: Mapping[str, str], scheme: Scheme) -> Colour:
    grounds, least = CONTRAST_RULES[name]
    measurable = [colours[ground] for ground in grounds if is_hex(colours[ground])]
    return colour.legible(measurable, least + MARGIN, towards=scheme.towards) if measurable else colour


def _text_on_accent(colours: Mapping[str, str], primary: Colour) -> str:
    """Return the colour of text on the accent: white, or dark."""
    inks = ["#ffffff", primary.at(0.2, min(primary.chroma, 0.04)).hex, "#000000"]
    grounds = [colours[name] for name in ("accent", "accent_strong") if is_hex(colours[name])]
    least = {ink: min((contrast(ink, ground) for ground in grounds), default=TEXT) for ink in inks}
    return next((ink for ink in inks if least[ink] >= TEXT), max(inks, key=lambda ink: least[ink]))
