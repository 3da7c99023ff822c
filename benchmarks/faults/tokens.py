"""Tokens: each flag has one, in its row and in the pixels of its picture, so that rows and files can be told apart."""

import re
import secrets
from pathlib import Path

import PIL.Image

WIDTH = 64
SHAPE = re.compile(r"[\w-]+\.\d+")


def token(name: str, number: int) -> str:
    """Return the token of a worker's flag."""
    return f"{name}.{number}"


def is_token(text: str) -> bool:
    """Tell whether a cell holds a token, whole."""
    return SHAPE.fullmatch(text) is not None


def picture(text: str, weight: int = 0) -> PIL.Image.Image:
    """Return a picture that says the text, and has so many bytes of noise below it."""
    data = text.encode() + b"\0" + secrets.token_bytes(weight)
    rows = -(-len(data) // WIDTH)
    return PIL.Image.frombytes("L", (WIDTH, rows), data.ljust(WIDTH * rows, b"\0"))


def read(path: Path) -> str:
    """Return what the stored picture says; nothing if it cannot be read."""
    try:
        with PIL.Image.open(path) as image:
            return image.convert("L").tobytes().split(b"\0")[0].decode(errors="replace")
    except (OSError, SyntaxError, ValueError):
        return ""
