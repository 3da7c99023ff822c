"""Gallery: several pictures and videos."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias, Unpack

from minidemo.components import _addresses, _encoding, _picture_values, _pictures, _playable, _schema, _videos
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content import temporary
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean
from minidemo.utils.checks import is_count

Kind: TypeAlias = Literal["image", "video"]
TYPES = ("filepath", "numpy", "pil")
FORMATS = ("webp", "png", "jpeg", "gif")
KINDS: tuple[Kind, Kind] = ("image", "video")
FITS = ("contain", "cover", "fill", "none", "scale-down")
CAPTIONS_FILE = "captions.json"
COLOURS = ("L", "RGB", "RGBA")
"""Modes whose array values are colours, not places in a palette."""


class _Item(NamedTuple):
    """One picture or video with its caption."""

    kind: Kind
    media: Media
    caption: str | None

    @property
    def file(self) -> tuple[Kind, Media]:
        """The item without its caption."""
        return self.kind, self.media


class Gallery(Component):
    """Several pictures and videos, each with an optional caption.

    The function gets a list of (picture, caption); videos are always paths. It returns a list of pictures and videos:
    arrays, Pillow images or paths, each alone or as (picture, caption). Visitors add, caption, move and remove
    pictures. A flag stores every pixel, and the captions in a last file.

    Args:
        value: The initial pictures.
        type: Type of the pictures: "filepath" (the default), "numpy" or "pil".
        format: Format of downloads: "webp" (the default), "png", "jpeg" or "gif".
        file_types: Files that visitors may send: "image", "video", or suffixes. By default both.
        columns: Number of columns. By default 2.
        rows: Number of visible rows; the others scroll. By default all.
        height: Height in pixels or as CSS; longer galleries scroll.
        allow_preview: Whether a press enlarges a picture. By default True.
        preview: Whether a picture is enlarged on a fresh page. By default True with `selected_index`.
        selected_index: Number of the enlarged picture, from 0.
        object_fit: As in CSS: "contain", "cover", "fill", "none" or "scale-down".
        buttons: Names of buttons to show; "download" is the only one with an effect.
        show_download_button: Whether pictures can be downloaded. By default True.
    """

    widget: ClassVar = "gallery"
    takes_files: ClassVar = True

    def __init__(
        self,
        value: object = None,
        *,
        type: Literal["filepath", "numpy", "pil"] = "filepath",
        format: Literal["webp", "png", "jpeg", "gif"] = "webp",
        file_types: Sequence[str] | str | None = None,
        columns: int | None = 2,
        rows: int | None = None,
        height: int | float | str | None = None,
        allow_preview: bool = True,
        preview: bool | None = None,
        selected_index: int | None = None,
        object_fit: Literal["contain", "cover", "fill", "none", "scale-down"] | None = None,
        buttons: Sequence[object] | None = None,
        show_download_button: bool = True,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.type = _check_choice("type", type, TYPES)
        self.format = _check_choice("format", {"jpg": "jpeg"}.get(format, format), FORMATS)
        self.file_types = None if file_types is None else [_type(word) for word in _as_list(file_types)]
        self.columns = _count("columns", columns)
        self.rows = _count("rows", rows)
        self.height = None if height == "auto" else height
        self.allow_preview = allow_preview
        self.preview = allow_preview and (preview or (preview is None and selected_index is not None))
        self.selected_index = selected_index
        self.object_fit = None if object_fit is None else _check_choice("object_fit", object_fit, FITS)
        self.show_download_button = show_download_button and (buttons is None or "download" in buttons)

    @property
    def accept(self) -> str:
        """File types of the browser's file dialog."""
        words = self.file_types or KINDS
        return ",".join(f"{word}/*" if word in KINDS else word for word in words)

    def correction(self) -> "Gallery":
        """Return a place for other pictures; they need not be arrays."""
        return Gallery(
            type="pil",
            columns=self.columns,
            rows=self.rows,
            height=self.height,
            object_fit=self.object_fit,  # type: ignore[arg-type]  # it was checked
            label=self.label,
            show_label=self.show_label,
            interactive=True,
            elem_classes=self.elem_classes,
        )

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if NumPy is missing for arrays."""
        if self.type == "numpy":
            _picture_values.require_numpy("Gallery")

    def schema(self) -> Schema:
        """Return the JSON schema of a list of pictures and videos."""
        caption = {"anyOf": [{"type": "string"}, {"type": "null"}]}
        items = [
            {"type": "object", "properties": {kind: FILE, "caption": caption}, "required": [kind]} for kind in KINDS
        ]
        return _schema.list_of({"anyOf": items})

    def example(self) -> Held:
        """Return a small picture with a caption."""
        return [_wire_item(_Item("image", _pictures.sample(), "From dark to light"))]

    def preprocess(self, value: Held) -> list[tuple[Any, str | None]] | None:
        """Decode each picture; a video is handed on as a path."""
        if value is None:
            return None
        if not isinstance(value, list):
            raise InputError(f"{self.title} must be a list of pictures.")
        limit = _pictures.MAX_READ_PIXELS if self.type == "filepath" else _pictures.MAX_TOTAL_PIXELS
        budget = _pictures.PixelBudget(self.title, limit)
        items = [self._item(each, i) for i, each in enumerate(value, 1)]
        arguments: dict[tuple[Kind, Media], Any] = {}  # a file that is named twice is decoded once
        for i, item in enumerate(items, 1):
            if item.file not in arguments:
                arguments[item.file] = self._argument(item, i, budget)
        return [(arguments[item.file], item.caption) for item in items]

    def postprocess(self, value: Any) -> Held:
        """Show pictures and videos; files are shown unchanged."""
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            kind = type(value).__name__
            raise OutputError(
                f"{self.title} shows a list of pictures or (picture, caption), but got {kind} {value!r:.60}."
            )
        return [_wire_item(self._display_item(each)) for each in value]

    def flag(self, value: Held) -> Cell:
        """Store pictures losslessly, videos unchanged, and captions if any.

        A file that the function returned is stored unchanged.
        """
        if value is None:
            return None
        items = [_read_item(each) for each in value]
        stored = {file: self._flag_media(item) for file, item in {item.file: item for item in items}.items()}
        files = [stored[item.file] for item in items]
        captions = [item.caption for item in items]
        if any(caption is not None for caption in captions):
            files.append(Media.of_bytes(json.dumps(captions).encode(), CAPTIONS_FILE))
        return files

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored pictures and videos with their captions."""
        if cell is None or cell == "":
            return None
        files = cell if isinstance(cell, list) else []
        captions = json.loads(files[-1].read()) if files and files[-1].suffix == ".json" else [None] * len(files)
        pairs = zip(files, captions, strict=False)
        return [
            _wire_item(_Item("video" if _videos.is_video(media) else "image", media, caption))
            for media, caption in pairs
        ]

    def _item(self, each: Held, number: int) -> _Item:
        """Return one item of a visitor's value, or raise `InputError`."""
        if not isinstance(each, dict) or len(each.keys() & set(KINDS)) != 1:
            raise InputError(f"{self.title} must be a list of objects, each with an image or a video.")
        item = _read_item(each)
        if not isinstance(item.media, Media):
            raise InputError(f"{self.title} must hold files that were uploaded; no. {number} is none.")
        if item.caption is not None and not isinstance(item.caption, str):
            raise InputError(f"{self.title} must have text for its captions.")
        if self.file_types is not None and not {item.kind, item.media.suffix} & set(self.file_types):
            raise InputError(f"{self.title} takes {', '.join(self.file_types)} only; no. {number} is something else.")
        return item

    def _argument(self, item: _Item, number: int, budget: _pictures.PixelBudget) -> Any:
        """Return the function's argument for a picture or a video."""
        media, title = item.media, f"{self.title} (no. {number})"
        if item.kind == "video":
            return str(_videos.named_copy(media, _videos.check(media, title)))
        picture = _pictures.read(media.lossless or media, None, title, budget=budget)
        if self.type == "filepath":
            return _picture_values.as_path(media, picture)
        return (
            picture.image
            if self.type == "pil"
            else _picture_values.as_array(_encoding.to_supported_mode(picture.image, COLOURS))
        )

    def _flag_media(self, item: _Item) -> Media:
        if item.kind == "video":
            return _videos.with_suffix(item.media.lossless or item.media)
        media = _picture_values.flagged_media(item.media, None, self.title, as_file=self.type == "filepath")
        if not item.media.uploaded or media.path:
            return media
        path = temporary.new_file(media.suffix)  # many decoded pictures do not fit into memory
        path.write_bytes(media.read())
        return Media.of_path(path, media.name, temporary=True)

    def _display_item(self, each: Any) -> _Item:
        """Return one item of a function's result, or raise `OutputError`."""
        value, caption = each if isinstance(each, list | tuple) and len(each) == 2 else (each, None)
        caption = None if caption is None else str(caption)
        if isinstance(value, str | Path) and _suffix(value) in _videos.MIMES:
            return _Item("video", _videos.from_path(value, self.title, _playable.playable), caption)
        media = _picture_values.to_media(value, self.format, self.title)
        if media is None:
            kind = type(value).__name__
            raise OutputError(
                f"{self.title} shows NumPy arrays, Pillow images and paths, but one item is {kind} {value!r:.60}."
            )
        is_video = isinstance(value, Media) and _videos.is_video(value)
        return _Item("video" if is_video else "image", media, caption)


def _suffix(place: str | Path) -> str:
    """Return the suffix of a path, or of the path of an address."""
    if _addresses.is_address(place):
        return Media.of_url(str(place)).suffix
    return Path(place).suffix.lower()


def _read_item(each: Held) -> _Item:
    kind: Kind = "image" if "image" in each else "video"
    return _Item(kind, each[kind], each.get("caption"))


def _wire_item(item: _Item) -> Held:
    return {item.kind: item.media, "caption": item.caption}


def _as_list(words: Sequence[str] | str) -> Sequence[str]:
    return [words] if isinstance(words, str) else words


def _type(word: str) -> str:
    return word.lower() if word.startswith(".") else _check_choice("file_types", word, KINDS)


def _count(argument: str, count: int | None) -> int | None:
    if count is not None and not is_count(count):
        raise ConfigurationError(f"Gallery got {argument}={count!r}; expected a whole number from 1.")
    return count


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Gallery got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return value
