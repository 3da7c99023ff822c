"""Looks: the theme of a page, and the styles, the script and the tags that an author adds."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from minidemo.errors import ConfigurationError
from minidemo.page.head_tags import Head
from minidemo.page.on_load import on_load
from minidemo.themes import Theme, theme_of

ThemeWish: TypeAlias = Theme | type[Theme] | str | None
Paths: TypeAlias = str | Path | Sequence[str | Path] | None
LOOKS = ("theme", "css", "css_paths", "js", "head", "head_paths")
"""The arguments that looks are made of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looks:
    """What a page looks like beyond its layout; None where its author said nothing."""

    theme: Theme | None = None
    style: str | None = None
    script: str | None = None
    head: Head | None = None
    sources: tuple[Path, ...] = ()
    """The files that some of it was read from."""

    def under(self, other: "Looks") -> "Looks":
        """Return these looks with those of another over them, where it says something."""
        said = {name: getattr(other, name) for name in ("theme", "style", "script", "head")}
        said = {name: value for name, value in said.items() if value is not None}
        return replace(self, **said, sources=(*self.sources, *other.sources))

    @property
    def files(self) -> dict[str, bytes]:
        """The files that the page loads for its looks, by their names."""
        made = {"theme.css": self.theme.css if self.theme else "", "author.css": self.style, "author.js": self.script}
        return {name: text.encode() for name, text in made.items() if text}


def looks_of(
    *,
    theme: ThemeWish = None,
    css: str | Path | None = None,
    css_paths: Paths = None,
    js: str | Path | bool | None = None,
    head: str | Path | None = None,
    head_paths: Paths = None,
) -> Looks:
    """Return the looks that an author asks for: texts, or files to read them from."""
    styles = [_text("css", css, ".css"), *(_read("css_paths", path) for path in _several("css_paths", css_paths))]
    tags = [_text("head", head, ".html"), *(_read("head_paths", path) for path in _several("head_paths", head_paths))]
    script = None if js is None or isinstance(js, bool) else _text("js", js, ".js")
    return Looks(
        theme=None if theme is None else theme_of(theme),
        style=_joined(styles),
        script=None if script is None else on_load(script),
        head=None if (html := _joined(tags)) is None else Head(html),
        sources=tuple(_files([css, js, head, *_several("css_paths", css_paths), *_several("head_paths", head_paths)])),
    )


def _several(name: str, paths: Any) -> list[str | Path]:
    several = [] if paths is None else [paths] if isinstance(paths, str | os.PathLike) else paths
    if not isinstance(several, list | tuple):
        raise ConfigurationError(f"{name} is {paths!r:.60}; expected a path, or a list of paths.")
    return list(several)


def _text(name: str, value: Any, ending: str) -> str | None:
    """Return a text, or what is in the file that is named in its place."""
    if value is None or isinstance(value, Path):
        return None if value is None else _read(name, value)
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} is {value!r:.60}; expected text, or the path of a file.")
    is_path = value.strip().endswith(ending) and not set(value) & set("\n{}<>;")
    return _read(name, value.strip()) if is_path else value


def _read(name: str, path: str | Path) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "It is not text in UTF-8."
        raise ConfigurationError(f"{name}: {os.fspath(path)} cannot be read. {reason}") from error


def _files(wishes: Iterable[Any]) -> Iterator[Path]:
    """Yield those files that are named among texts and paths; no text is too long to ask."""
    named = (wish for wish in wishes if isinstance(wish, str | Path))
    yield from (Path(wish).absolute() for wish in named if os.path.isfile(wish))


def _joined(texts: Sequence[str | None]) -> str | None:
    said = [text for text in texts if text is not None]
    return "\n".join(said) if said else None
