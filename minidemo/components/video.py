"""Video: a film, chosen or recorded."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Unpack

from minidemo.components import _durations, _ffmpeg, _playable, _subtitles, _videos, _watermark
from minidemo.components._schema import FILE, Schema
from minidemo.components._subtitles import Subtitles
from minidemo.components._webcam import WebcamOptions
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

SOURCES = ("upload", "webcam")
FORMATS = tuple(suffix[1:] for suffix in _videos.MIMES)
_LENGTH_TOLERANCE = 0.5
"""Seconds that a video may exceed `max_length`.

Recorders do not stop immediately.
"""


class Video(Component):
    """A video: MP4, MOV, WebM, MKV, Ogg or AVI, uploaded or recorded.

    The function gets a path; it returns a path or an address, or a pair with subtitles. Subtitles are a file (.srt,
    .vtt or .json), or a list of {"text": str, "timestamp": [start, end]}. On the wire `meta.subtitles` names them, as
    WebVTT; a flag stores them beside the video. Your own `ffmpeg` converts videos where `format` or
    `include_audio=False` asks for it, and returned videos that browsers do not play. A flag stores what the function
    returned.

    Args:
        value: Path of the initial video.
        format: Format of the argument and of the page; "mp4" plays in every browser. By default only videos that no
            browser plays are converted.
        sources: "upload", "webcam", or both (the default).
        height: Height on the page, in pixels.
        width: Width on the page, in pixels.
        mirror_webcam: Whether the visitor sees the camera mirrored; the recording is not. By default True.
        include_audio: True records sound; False also removes it from uploads. By default neither.
        autoplay: Whether an output plays automatically. By default False.
        loop: Whether it is played again and again. By default False.
        subtitles: Subtitles of videos that have none.
        playback_position: Where playing starts, in seconds. By default 0.
        min_length: Shortest duration in seconds; Ogg files, which do not state it, are accepted. By default there
            is none.
        max_length: Longest duration in seconds. By default there is none.
        buttons: Names of buttons to show; "download" is the only one with an effect.
        show_download_button: Whether an output can be downloaded. By default True.
        placeholder: Text to show without a video.
        streaming: Accepted without effect: each yielded video is shown in place of the one before.
        watermark: A `WatermarkOptions`, or a picture, that your own `ffmpeg` draws on outputs. A flag keeps the video
            without it.
        webcam_options: A `WebcamOptions`.
    """

    widget: ClassVar = "video"
    shortcuts: ClassVar = {"playable_video": {"format": "mp4"}, "playablevideo": {"format": "mp4"}}
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        format: str | None = None,
        sources: Sequence[str] | str | None = None,
        height: int | str | None = None,
        width: int | str | None = None,
        mirror_webcam: bool = True,
        include_audio: bool | None = None,
        autoplay: bool = False,
        loop: bool = False,
        subtitles: Subtitles | None = None,
        playback_position: float | None = None,
        min_length: float | None = None,
        max_length: float | None = None,
        buttons: Sequence[object] | None = None,
        show_download_button: bool = True,
        placeholder: str | None = None,
        streaming: bool = False,
        watermark: object = None,
        webcam_options: WebcamOptions | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.format = None if format is None else _check_choice("format", format.lower().lstrip("."), FORMATS)
        self.sources = [_check_choice("sources", source, SOURCES) for source in _as_list(sources or SOURCES)]
        self.height = height
        self.width = width
        self.mirror_webcam = mirror_webcam and (webcam_options is None or webcam_options.mirror)
        self.include_audio = include_audio
        self.autoplay = autoplay
        self.loop = loop
        self.subtitles = subtitles
        self.playback_position = playback_position
        self.min_length = min_length
        self.max_length = max_length
        self.show_download_button = show_download_button and (buttons is None or "download" in buttons)
        self.placeholder = placeholder
        self.watermark = _watermark.options(watermark)
        self._check_arguments()

    def correction(self) -> "Video":
        """Return a place for another video, whatever its format and length."""
        return Video(
            sources="upload",
            height=self.height,
            width=self.width,
            label=self.label,
            show_label=self.show_label,
            interactive=True,
            elem_classes=self.elem_classes,
        )

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if ffmpeg is missing to remove sound."""
        if self._removes_sound:
            _ffmpeg.require_ffmpeg("Video(include_audio=False)")

    def schema(self) -> Schema:
        """Return the JSON schema of a file."""
        return FILE

    def example(self) -> Held:
        """Return a small video."""
        return _videos.sample(self.format)

    def preprocess(self, value: Held) -> str | None:
        """Check the video, and hand on the path of a copy."""
        if value is None:
            return None
        if not isinstance(value, Media):
            raise InputError(f"{self.title} must be a video that was uploaded.")
        container = _videos.check(value, self.title)
        self._check_length(value, container)
        path = _videos.named_copy(value, container)
        if not self._removes_sound and not self._needs_conversion(path.suffix):
            return str(path)
        if self.format and not _ffmpeg.is_installed():
            raise InputError(f"{self.title} must be {self.format}: this server has no ffmpeg to convert other videos.")
        suffix = self.format or path.suffix[1:].lower()

        def convert(target: Path) -> None:
            _ffmpeg.convert_file(path, target, container, sound=not self._removes_sound)

        try:
            return str(value.derive(f"converted-{path.stem}.{suffix}", convert, kind=f"sound={self.include_audio}"))
        except _ffmpeg.ConversionError:
            raise InputError(f"{self.title} could not be converted to {suffix}.") from None

    def check_example(self, value: Held) -> None:
        """Check the video without converting it, which is slow."""
        if not isinstance(value, Media):
            self.preprocess(value)
        else:
            self._check_length(value, _videos.check(value, self.title))

    def postprocess(self, value: Any) -> Held:
        """Show a video, with subtitles if there are any."""
        if value is None or isinstance(value, Media):
            return value
        path, subtitles = value if isinstance(value, tuple | list) and len(value) == 2 else (value, None)
        if not isinstance(path, str | Path):
            raise OutputError(
                f"{self.title} shows a path, or (path, subtitles), but got {type(value).__name__} {value!r:.60}."
            )
        media = _videos.from_path(path, self.title, self._finish)
        if subtitle_source := self.subtitles if subtitles is None else subtitles:
            media.subtitles = _subtitles.to_media(subtitle_source, self.title)
        return media

    def flag(self, value: Held) -> Cell:
        """Store the bytes as they are, and the subtitles beside them."""
        if value is None:
            return None
        video = _videos.with_suffix(value.lossless or value)
        return [video, value.subtitles] if value.subtitles else video

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored video with its subtitles."""
        files = cell if isinstance(cell, list) else [cell] if isinstance(cell, Media) else []
        if not files:
            return None
        media, *more = files
        media.subtitles = more[0] if more else None
        return media

    @property
    def _removes_sound(self) -> bool:
        return self.include_audio is False and "upload" in self.sources

    def _check_arguments(self) -> None:
        """Raise `ConfigurationError` for arguments that would fail later."""
        if self.min_length and self.max_length and self.min_length > self.max_length:
            raise ConfigurationError(
                f"Video got min_length={self.min_length} and max_length={self.max_length}: no video is both."
            )
        if isinstance(self.subtitles, str | Path) and not Path(self.subtitles).is_file():
            raise ConfigurationError(f"Video got subtitles={str(self.subtitles)!r}, but there is no such file.")

    def _check_length(self, media: Media, container: str) -> None:
        if self.min_length is None and self.max_length is None:
            return
        with _videos.open_media(media) as file:
            length = _durations.duration(file, container)
        if length is not None and self.min_length is not None and length < self.min_length:
            raise InputError(f"{self.title} must be at least {self.min_length} s long (this is {length:.1f} s).")
        if length is not None and self.max_length is not None and length > self.max_length + _LENGTH_TOLERANCE:
            raise InputError(f"{self.title} must be at most {self.max_length} s long (this is {length:.1f} s).")

    def _finish(self, media: Media, container: str) -> Media:
        """Convert a returned video to the format, or to one that browsers play."""
        if self.watermark is None and not self._needs_conversion(media.suffix):
            return _playable.playable(media, container) if self.format in (None, "mp4") else media
        target, mark = self.format or "mp4", _watermark.overlay(self.watermark) if self.watermark else None
        try:
            return _ffmpeg.convert_media(media, f".{target}", container, mark)
        except _ffmpeg.ConversionError as error:
            raise OutputError(f"{self.title} could not convert {media.name!r} to {target}: {error}.") from None

    def _needs_conversion(self, suffix: str) -> bool:
        return self.format is not None and suffix.lower() != f".{self.format}"


def _as_list(sources: Sequence[str] | str) -> Sequence[str]:
    return [sources] if isinstance(sources, str) else sources


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Video got {argument}={value!r}. {did_you_mean(value, choices)}")
    return value
