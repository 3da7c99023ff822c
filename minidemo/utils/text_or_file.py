"""Text or file: Markdown arguments of authors."""

from pathlib import Path

from minidemo.errors import ConfigurationError


def prose(argument: str, wish: object) -> str | None:
    """Return Markdown, or the content of its `Path`, or None."""
    if isinstance(wish, Path):
        try:
            return wish.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as error:
            raise ConfigurationError(
                f"{argument} names the file {str(wish)!r}, which cannot be read: {error}"
            ) from None
    if not isinstance(wish, str | None):
        raise ConfigurationError(f"{argument} is {wish!r}; expected Markdown, or the Path of a file.")
    return wish or None
