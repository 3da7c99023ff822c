"""Appearance of a page: theme, styles, script and head tags."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from minidemo.errors import ConfigurationError
from minidemo.page.head_tags import HeadTags
from minidemo.page.on_load import on_load
from minidemo.themes import Theme, theme_of

ThemeArgument: TypeAlias = Theme | type[Theme] | str | None
PathsArgument: TypeAlias = str | Path | Sequence[str | Path] | None
APPEARANCE_ARGUMENTS = ("theme", "css", "css_paths", "js", "head", "head_paths")
"""The arguments that looks are made of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Appearance:
    """Appearance of a page; None for defaults."""

    theme: Theme | None = None
    style: str | None = None
    script: str | None = None
    head: HeadTags | None = None
    sources: tuple[Path, ...] = ()
    """The files that some of it was read from."""

    def overridden_by(self, other: "Appearance") -> "Appearance":
        """Return this appearance, overridden by another's values."""
        values = {name: getattr(other, name) for name in ("theme", "style", "script", "head")}
        values = {name: value for name, value in values.items() if value is not None}
        return replace(self, **values, sources=(*self.sources, *other.sources))

    @property
    def files(self) -> dict[str, bytes]:
        """The theme, styles and script as files, by name."""
        contents = {
            "theme.css": self.theme.css if self.theme else "",
            "author.css": self.style,
            "author.js": self.script,
        }
        return {name: text.encode(errors="replace") for name, text in contents.items() if text}


def appearance_of(
    *,
    theme: ThemeArgument = None,
    css: str | Path | None = None,
    css_paths: PathsArgument = None,
    js: str | Path | bool | None = None,
    head: str | Path | None = None,
    head_paths: PathsArgument = None,
) -> Appearance:
    """Return the appearance of an author's texts and files."""
    css_list, head_list = _path_list("css_paths", css_paths), _path_list("head_paths", head_paths)
    styles = [_text("css", css, ".css"), *(_read("css_paths", path) for path in css_list)]
    tags = [_text("head", head, ".html"), *(_read("head_paths", path) for path in head_list)]
    script = None if js is None or isinstance(js, bool) else _text("js", js, ".js")
    return Appearance(
        theme=None if theme is None else theme_of(theme),
        style=_join(styles),
        script=None if script is None else on_load(script),
        head=None if (html := _join(tags)) is None else HeadTags(html),
        sources=tuple(
            _files([css, js, head, *_path_list("css_paths", css_paths), *_path_list("head_paths", head_paths)])
        ),
    )


def _path_list(name: str, paths: Any) -> list[str | Path]:
    several = [] if paths is None else [paths] if isinstance(paths, str | os.PathLike) else paths
    if not isinstance(several, list | tuple):
        raise ConfigurationError(f"{name} is {paths!r:.60}; expected a path, or a list of paths.")
    return list(several)


def _text(name: str, value: Any, ending: str) -> str | None:
    """Return a text, or the content of the file that it names."""
    if value is None or isinstance(value, Path):
        return None if value is None else _read(name, value)
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} is {value!r:.60}; expected text, or the path of a file.")
    is_path = value.strip().endswith(ending) and not set(value) & set("\n{}<>;")
    return _read(name, value.strip()) if is_path else value


def _read(name: str, path: str | Path) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "It is not text in UTF-8."
        raise ConfigurationError(f"{name}: {os.fspath(path)} cannot be read. {reason}") from error


def _files(arguments: Iterable[Any]) -> Iterator[Path]:
    """Yield the existing files among texts and paths."""
    candidates = (argument for argument in arguments if isinstance(argument, str | Path))
    yield from (Path(argument).absolute() for argument in candidates if os.path.isfile(argument))


def _join(texts: Sequence[str | None]) -> str | None:
    present = [text for text in texts if text is not None]
    return "\n".join(present) if present else None
