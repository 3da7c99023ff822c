"""Themes: ready-made ones, and the base class of your own."""

import warnings
from collections.abc import Mapping
from typing import Any, ClassVar, Never

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.themes import colors as colors
from minidemo.themes import sizes as sizes
from minidemo.themes._colours import HUES as HUES
from minidemo.themes._theme import COLOURS as COLOURS
from minidemo.themes._theme import PLAIN as PLAIN
from minidemo.themes._theme import Theme as Theme
from minidemo.themes.colors import Color as Color
from minidemo.themes.sizes import Size as Size

ROUND_FONTS = [
    "ui-rounded",
    "SF Pro Rounded",
    "Hiragino Maru Gothic ProN",
    "Quicksand",
    "Nunito",
    "system-ui",
    "sans-serif",
]
CLASSIC_FONTS = ["ui-serif", "Iowan Old Style", "Charter", "Georgia", "Noto Serif", "serif"]


class Font(str):
    """The name of a font that visitors may have; nothing is loaded."""

    def __new__(cls, name: str, *_: Any, **__: Any) -> "Font":
        """Accept Gradio's further arguments, such as weights, without effect."""
        return super().__new__(cls, name)


class GoogleFont(Font):
    """The name of a font, as scripts for Gradio have it."""


class LocalFont(Font):
    """The name of a font, as scripts for Gradio have it."""


class Default(Theme):
    """White panels on a light grey, and blue."""


class Base(Theme):
    """As little as possible: grey, blue, and nearly square."""

    defaults: ClassVar[Mapping[str, Any]] = {"neutral": "neutral", "radius": "xs"}


class Soft(Theme):
    """Round and friendly: indigo on white, with soft shadows."""

    defaults: ClassVar[Mapping[str, Any]] = {
        "primary": "indigo",
        "radius": "xl",
        "font": ROUND_FONTS,
        "shadow": "0 0.125rem 1rem rgb(20 20 60 / 8%)",
    }


class Monochrome(Theme):
    """Black and white like a printed page: serif letters, square corners, no colour but that of errors."""

    defaults: ClassVar[Mapping[str, Any]] = {
        "primary": "#262626",
        "neutral": "neutral",
        "radius": "none",
        "font": CLASSIC_FONTS,
        "accent": ("#1a1a1a", "#ededed"),
        "accent_strong": ("#404040", "#ffffff"),
        "tint": ("#eeeeee", "#2c2c2c"),
    }


class Glass(Theme):
    """Translucent panels over a gradient, in the colours of stone and sky."""

    defaults: ClassVar[Mapping[str, Any]] = {
        "primary": "sky",
        "neutral": "stone",
        "radius": "lg",
        "tint": ("#dcebf7", "#1d2f3d"),
        "backdrop": "linear-gradient(160deg, var(--tint), var(--page) 60%) fixed",
        "sheet": "color-mix(in srgb, var(--panel) 65%, transparent)",
        "shadow": "inset 0 1px 0 rgb(255 255 255 / 20%), 0 0.25rem 1.5rem rgb(0 0 0 / 8%)",
    }


class Ocean(Theme):
    """Teal on the colours of water, and round."""

    defaults: ClassVar[Mapping[str, Any]] = {
        "primary": "teal",
        "neutral": "#5a7d8c",
        "radius": "xl",
        "tint": ("#d9f1ee", "#14343a"),
        "backdrop": "linear-gradient(180deg, var(--page), var(--tint)) fixed",
        "shadow": "0 0.125rem 1rem rgb(0 60 70 / 8%)",
    }


class Citrus(Theme):
    """Amber, with outlined panels and a hard shadow."""

    defaults: ClassVar[Mapping[str, Any]] = {
        "primary": "amber",
        "neutral": "stone",
        "radius": "md",
        "shadow": "0.25rem 0.25rem 0 var(--line)",
    }


class Origin(Theme):
    """Orange on warm grey, as the first demos of this kind looked."""

    defaults: ClassVar[Mapping[str, Any]] = {"primary": "orange", "neutral": "stone"}


def builder(*_: object, **__: object) -> Never:
    """Raise `ConfigurationError`; say what to use instead of Gradio's editor."""
    raise ConfigurationError("There is no editor of themes. Use Theme with arguments; docs/looks.md lists them.")


THEMES: dict[str, type[Theme]] = {
    kind.__name__.lower(): kind for kind in (Default, Base, Soft, Monochrome, Glass, Ocean, Citrus, Origin)
}


def theme_of(theme: object) -> Theme:
    """Return the theme of a name, a class or a theme.

    A name is "soft" or "gradio/soft". An unknown name warns, and stands for the default theme.
    """
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, type) and issubclass(theme, Theme):
        return theme()
    if not isinstance(theme, str):
        raise ConfigurationError(f"theme is {theme!r:.60}; expected a name such as 'soft', or a Theme.")
    kind = THEMES.get(theme.lower().removeprefix("gradio/"))
    if kind is None:
        near = did_you_mean(theme.lower(), THEMES)
        warnings.warn(f"There is no theme {theme!r:.60}; the default one takes its place. {near}", stacklevel=2)
        return Default()
    return kind()
