"""Docstrings: what is read of them, whatever the style."""

import pytest

from minidemo.server.reference.docstrings import parse_docstring

GOOGLE = """Blur a picture.

It takes a while.

Args:
    radius: How much,
        in pixels.

    *rest (int): More: of it.

Returns:
    The picture.

Raises:
    ValueError: Never.

Thanks to all."""
NUMPY = """Blur a picture.

Parameters
----------
radius, sigma : float
    How much,
    in pixels.
kind
    Which one.

Returns
-------
Image
    The picture."""
FLAT = """Blur a picture.
Slowly.
Args:
radius: How much: in pixels.
- kind (str): Which one.
Returns:
    The picture.

Args: none."""
SPHINX = """Blur a picture.

:param int radius: How much,
    in pixels.
:type radius: int
:returns: The picture."""

EPYDOC = """Blur a picture.

@param radius: How much.
@return: The picture."""


@pytest.mark.parametrize(
    ("docstring", "text", "parameters", "returns"),
    [
        (
            FLAT,
            "Blur a picture.\nSlowly.",
            {"radius": "How much: in pixels.", "kind": "Which one."},
            "The picture.",
        ),
        (
            GOOGLE,
            "Blur a picture.\n\nIt takes a while.",
            {"radius": "How much, in pixels.", "rest": "More: of it."},
            "The picture.",
        ),
        (
            NUMPY,
            "Blur a picture.",
            {"radius": "How much, in pixels.", "sigma": "How much, in pixels.", "kind": "Which one."},
            "Image The picture.",
        ),
        (SPHINX, "Blur a picture.", {"radius": "How much, in pixels."}, "The picture."),
        (EPYDOC, "Blur a picture.", {"radius": "How much."}, "The picture."),
        ("Args:\n    radius: How much.\n\nAttributes:\n    sigma: Another.", "", {"radius": "How much."}, ""),
        ("Sum.\n\nReturns:\n    dict[str, int]: The sum.", "Sum.", {}, "dict[str, int]: The sum."),
        ("Sum.\n\nArgs:\n    no colon", "Sum.\n\nArgs:\n    no colon", {}, ""),
        ("Sum.\n\n: :x", "Sum.\n\n: :x", {}, ""),
        ("Sum.\n\n:param:", "Sum.\n\n:param:", {}, ""),
        ("One. ----- Note: two.", "One. ----- Note: two.", {}, ""),
        ("", "", {}, ""),
    ],
)
def test_docstrings_of_all_styles_are_read(docstring: str, text: str, parameters: dict[str, str], returns: str) -> None:
    docs = parse_docstring(docstring)
    assert (docs.text, docs.parameters, docs.returns) == (text, parameters, returns)
