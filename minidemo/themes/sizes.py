"""Sizes by Gradio's names: `Theme(radius_size=sizes.radius_lg)`."""

_NAMES = ("none", "xxs", "xs", "sm", "md", "lg", "xl", "xxl")


class Size:
    """A size by its name, or by steps, of which `md` counts.

    Args:
        steps: The steps from `xxs` to `xxl`, as CSS lengths.
        name: The name of the size.
        named: The steps by name.
    """

    def __init__(self, *steps: str, name: str | None = None, **named: str) -> None:
        self.name = name or (dict(zip(_NAMES[1:], steps, strict=False)) | named).get("md")


def __getattr__(name: str) -> Size:
    """Return the size of a name such as `radius_lg`."""
    kind, _, step = name.partition("_")
    if kind not in ("radius", "spacing", "text") or step not in _NAMES:
        raise AttributeError(f"There is no size {name!r}; expected a name such as radius_lg, spacing_sm or text_md.")
    return Size(name=name)
