"""Theme: custom properties of CSS, made from a few arguments."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, TypeAlias

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.themes._colours import colour
from minidemo.themes._palette import CONTRAST_RULES, DARK, LIGHT, Palette, low_contrast, palette

Value: TypeAlias = str | tuple[str, str]
"""Value of a custom property, or a light and a dark one."""

COLOURS = ("page", "panel", "well", "line", "tint", "danger_tint", *CONTRAST_RULES)
"""The properties that are colours."""
PLAIN = ("shadow", "backdrop", "sheet", "width")
"""The properties that are taken as they are."""
RADII = {"none": "0", "xxs": "0.125rem", "xs": "0.1875rem", "sm": "0.25rem", "md": "0.5rem"}
RADII |= {"lg": "0.75rem", "xl": "1rem", "xxl": "1.25rem"}
SCALES = {"sm": 0.875, "md": 1.0, "lg": 1.125}
TEXTS = {"text-s": 0.875, "text-m": 1.0, "text-l": 1.1875, "text-xl": 1.6875}
SPACES = {"space-1": 0.25, "space-2": 0.5, "space-3": 0.75, "space-4": 1.0, "space-5": 1.5, "space-6": 2.0}
GENERIC = frozenset(
    ["serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"]
)
"""Generic font families, which CSS has without quotes."""
GRADIO_ARGUMENTS = {
    "primary_hue": "primary",
    "neutral_hue": "neutral",
    "radius_size": "radius",
    "text_size": "size",
    "spacing_size": "spacing",
    "font_mono": "mono",
}
"""Gradio's names of some arguments."""
GRADIO_VARIABLES = {
    "body_background_fill": "page",
    "body_text_color": "text",
    "body_text_color_subdued": "muted",
    "block_background_fill": "panel",
    "background_fill_primary": "panel",
    "background_fill_secondary": "well",
    "border_color_primary": "line",
    "input_border_color": "border",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent_strong",
    "button_primary_text_color": "on_accent",
    "color_accent": "accent",
    "error_text_color": "danger",
    "block_shadow": "shadow",
}
"""Gradio's variables that have a counterpart here."""


class Theme:
    """The appearance of a page.

    Each custom property is an argument too, as one value, or as a pair for light and dark pages: `page`, `panel`,
    `well`, `text`, `muted`, `line`, `border`, `accent`, `accent_strong`, `on_accent`, `tint`, `danger`, `danger_tint`,
    `shadow`, `backdrop`, `sheet`, `width`. Other colours are made legible on the given ones. Gradio's names
    `primary_hue`, `neutral_hue`, `radius_size`, `text_size`, `spacing_size` and `font_mono` are accepted;
    `secondary_hue` has no effect. A theme of your own is a subclass with other `defaults`.

    Args:
        primary: Colour of buttons and links: a hue such as "teal", or a colour such as "#2456c9". By default "blue".
        neutral: Hue of the greys. By default "slate".
        radius: Rounding of corners: "none", "sm", "md" (the default), "lg", a CSS length, or pixels.
        font: Names of fonts that visitors may have, the best first. By default the system's.
        mono: Names of fonts for code. By default the system's.
        size: Size of text: "sm", "md" (the default) or "lg".
        spacing: Size of gaps: "sm", "md" (the default) or "lg".
    """

    defaults: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, **values: Any) -> None:
        seeds: dict[str, Any] = {"primary": "blue", "neutral": "slate", "radius": "md", "size": "md", "spacing": "md"}
        own = {GRADIO_ARGUMENTS.get(name, name): value for name, value in values.items() if value is not None}
        own.pop("secondary_hue", None)
        self._values = seeds | {"font": None, "mono": None} | dict(self.defaults) | own
        self._is_plain = not self.defaults and not own
        self._check_names()
        self.css = self._css()

    @classmethod
    def from_hub(cls, repo_name: str, hf_token: str | None = None) -> Self:
        """Return the theme itself: nothing is loaded from a hub.

        Args:
            repo_name: Named in the warning.
            hf_token: Accepted without effect.
        """
        message = (
            f"Theme.from_hub({repo_name!r:.60}): themes are not loaded from a hub. {cls.__name__} takes its place."
        )
        warnings.warn(message, stacklevel=2)
        return cls()

    def set(self, **values: Any) -> Self:
        """Set custom properties, by our names or by Gradio's variables."""
        for name, value in values.items():
            stem = name.removesuffix("_dark")
            target = GRADIO_VARIABLES.get(stem, stem)
            if str(value).startswith("*") or target not in (PLAIN if name == stem else ()) + COLOURS:
                warnings.warn(f"{self._name}.set: {name} has no counterpart here, and no effect.", stacklevel=2)
                continue
            self._values[target] = value if target in PLAIN else self._with(target, value, dark=name != stem)
            self._is_plain = False
        self._check_names()
        self.css = self._css()
        return self

    def palettes(self) -> tuple[Palette, Palette]:
        """Return the colours of light and of dark pages, by property."""
        primary, neutral = colour(_hue(self._values["primary"])), colour(_hue(self._values["neutral"]))
        fixed = {name: _pair(self._values[name]) for name in COLOURS if name in self._values}
        light, dark = ({name: pair[i] for name, pair in fixed.items()} for i in (0, 1))
        return palette(LIGHT, primary, neutral, light), palette(DARK, primary, neutral, dark)

    @property
    def _name(self) -> str:
        return type(self).__name__

    def _with(self, name: str, value: str, *, dark: bool) -> Value:
        """Return a colour with one of its two values changed."""
        before = [colours[name] for colours in self.palettes()]
        return (before[0], value) if dark else (value, before[1])

    def _css(self) -> str:
        """Return the style sheet; it is empty where nothing is wished."""
        if self._is_plain:
            return ""
        self._warn()
        lines = "".join(f"  --{name}: {value};\n" for name, value in self._properties())
        return f":root {{\n{lines}}}\n"

    def _properties(self) -> Iterator[tuple[str, str]]:
        light, dark = self.palettes()
        for name in COLOURS:
            yield name.replace("_", "-"), f"light-dark({light[name]}, {dark[name]})"
        for name in PLAIN:
            if name in self._values:
                yield name, _check_value(name, self._values[name])
        for name in ("font", "mono"):
            if self._values[name] is not None:
                yield name, _fonts(name, self._values[name])
        yield "radius", _length(self._values["radius"])
        for argument, sizes in (("size", TEXTS), ("spacing", SPACES)):
            scale = _scale(argument, self._values[argument])
            yield from ((name, f"{size * scale:.4g}rem") for name, size in sizes.items() if scale != 1)

    def _check_names(self) -> None:
        names = {"primary", "neutral", "radius", "font", "mono", "size", "spacing", *COLOURS, *PLAIN}
        for name in self._values.keys() - names:
            hint = did_you_mean(name, names | GRADIO_ARGUMENTS.keys())
            raise ConfigurationError(f"{self._name} got an unknown argument {name!r}. {hint}")
        for name in COLOURS:
            for value in _pair(self._values.get(name, "")):
                _check_value(name, value)

    def _warn(self) -> None:
        """Warn of colours of the author's that some visitors cannot read."""
        for scheme, colours in zip(("light", "dark"), self.palettes(), strict=True):
            for name, ground, ratio, least in low_contrast(colours):
                warnings.warn(
                    f"{self._name}: on a {scheme} page {name} on {ground} has a contrast of {ratio:.1f}; "
                    f"{least:g} is what everybody can read.",
                    stacklevel=4,
                )


def _pair(value: Value) -> tuple[str, str]:
    return (value, value) if isinstance(value, str) else value


def _hue(value: Any) -> str:
    """Return the name of a hue; Gradio's `colors.orange` has one."""
    return str(getattr(value, "name", value))


def _length(value: Any) -> str:
    value = str(getattr(value, "name", value)).removeprefix("radius_") if not isinstance(value, int | float) else value
    if isinstance(value, int | float):
        return f"{value}px"
    return RADII.get(value) or _check_value("radius", value)


def _scale(argument: str, value: Any) -> float:
    name = str(getattr(value, "name", value)).rpartition("_")[2]
    if name not in SCALES:
        raise ConfigurationError(f"{argument} is {value!r}; expected one of 'sm', 'md', 'lg'.")
    return SCALES[name]


def _fonts(argument: str, fonts: str | Sequence[str]) -> str:
    names = fonts.split(",") if isinstance(fonts, str) else fonts
    plain = [_check_value(argument, str(name)).strip(" \"'") for name in names]
    return ", ".join(name if name in GENERIC or name.startswith("-") else f'"{name}"' for name in plain)


def _check_value(name: str, value: str) -> str:
    """Return a value that is safe in CSS, or raise `ConfigurationError`."""
    if any(sign in value for sign in ";{}<\\"):
        raise ConfigurationError(f"{name} is {value!r:.60}; expected a value as CSS has it, such as #2456c9 or 0.5rem.")
    return value
