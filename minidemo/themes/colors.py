"""Colours by Gradio's names: `Theme(primary_hue=colors.teal)`."""

from minidemo.themes._colours import HUES

SHADES = ("c50", "c100", "c200", "c300", "c400", "c500", "c600", "c700", "c800", "c900", "c950")


class Color:
    """A colour by its name, or by shades, of which `c500` counts.

    Args:
        shades: The shades from `c50` to `c950`, as colours such as "#2456c9".
        name: The name of the hue.
        named: The shades by name.
    """

    def __init__(self, *shades: str, name: str | None = None, **named: str) -> None:
        self.name = (dict(zip(SHADES, shades, strict=False)) | named).get("c500") or name


def __getattr__(name: str) -> Color:
    """Return the colour of a hue."""
    if name not in HUES:
        raise AttributeError(f"There is no colour {name!r}. Known are: {', '.join(HUES)}.")
    return Color(name=name)
