"""Audio: a sound, uploaded or recorded."""

import copy
import importlib.util
import math
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _addresses, _numbers, _samples, _sound, _wav
from minidemo.components._schema import FILE, Schema
from minidemo.components._waveform import WaveformOptions
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

SOURCES = ("upload", "microphone")
TYPES = ("numpy", "filepath")
FORMATS = tuple(_sound.ENCODED_FORMATS)
BUTTONS = ("download", "share")


class Audio(Component):
    """A sound: uploaded, or recorded with the microphone.

    The function gets (rate, samples) or a path. Samples are a NumPy array of int16 with a row for each sample and,
    unless there is only one, a column for each channel. It may return a path, an address, the bytes of a file, or
    (rate, samples) of int16, int32, uint8, or floats in -1..1, which are stored as WAV without loss or change of
    volume. A flag keeps every sample.

    WAV needs no other program. The browser decodes other files if the server cannot; with soundfile (`pip install
    'minidemo[audio]'`) the server reads MP3, Ogg, FLAC and AIFF. A path has the suffix of the file's content.

    Args:
        value: The initial sound.
        sources: "upload", "microphone", or a list of both. By default both; with `streaming` the microphone.
        type: Type of the argument: "numpy" (the default) or "filepath".
        format: "wav", "mp3" or "flac". Files are converted for the function, and arrays for the page. By default files
            stay as they are, and arrays become WAV.
        streaming: Whether a live `Interface` gets the sound of the microphone piece by piece while it is switched
            on. By default False.
        autoplay: Whether an output plays automatically. By default False.
        editable: Whether the visitor may trim the sound. By default True.
        loop: Whether it is played again and again. By default False.
        recording: Whether a fresh page starts recording. By default False.
        min_length: Shortest duration in seconds. By default there is none.
        max_length: Longest duration in seconds. By default there is none.
        waveform_options: A `WaveformOptions`, or a dict with its arguments.
        show_download_button: Whether an output can be downloaded. By default True.
        buttons: Names of buttons to show; "download" is the only one with an effect.
        playback_position: Where playing starts, in seconds. By default 0.
    """

    widget: ClassVar = "audio"
    shortcuts: ClassVar = {"microphone": {"sources": "microphone"}, "mic": {"sources": "microphone"}}
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        sources: Sequence[str] | str | None = None,
        type: Literal["numpy", "filepath"] = "numpy",
        format: Literal["wav", "mp3", "flac"] | None = None,
        streaming: bool = False,
        autoplay: bool = False,
        editable: bool = True,
        loop: bool = False,
        recording: bool = False,
        min_length: float | None = None,
        max_length: float | None = None,
        waveform_options: WaveformOptions | Mapping[str, Any] | None = None,
        show_download_button: bool = True,
        buttons: Sequence[str] | None = None,
        playback_position: float = 0,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.sources = _check_sources(sources, streaming)
        self.type = _check_choice("type", type, TYPES)
        self.format = None if format is None else _check_choice("format", format, FORMATS)
        self.streaming = streaming
        self.autoplay = autoplay
        self.editable = editable
        self.loop = loop
        self.recording = recording
        self.min_length, self.max_length = _check_lengths(min_length, max_length)
        self.waveform_options = _waveform(waveform_options)
        enabled = None if buttons is None else [_check_choice("buttons", button, BUTTONS) for button in buttons]
        self.show_download_button = show_download_button if enabled is None else "download" in enabled
        self.playback_position = playback_position
        self._check_encoder()

    @property
    def readable_suffixes(self) -> str | None:
        """Suffixes that the server can read, or None if it need not.

        The browser converts other files to WAV.
        """
        if not self._needs_decoder:
            return None
        kinds = [kind for kind in _sound.SOUND_FORMATS if kind.has_decoder] if _sound.has_soundfile() else [_sound.WAV]
        return " ".join(suffix for kind in kinds for suffix in kind.suffixes)

    def correction(self) -> "Audio":
        """Return a field for another sound, of any format and length."""
        duplicate = copy.copy(self)
        duplicate.value, duplicate.interactive, duplicate.elem_id, duplicate.info = None, True, None, None
        duplicate.type, duplicate.format, duplicate.min_length, duplicate.max_length = "filepath", None, None, None
        duplicate.autoplay, duplicate.recording, duplicate.streaming = False, False, False
        return duplicate

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if NumPy is missing for arrays."""
        if self.type == "numpy" and importlib.util.find_spec("numpy") is None:
            raise ConfigurationError(
                "Audio(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
                "Run: pip install 'minidemo[numpy]', or use Audio(type='filepath')."
            )

    def schema(self) -> Schema:
        """Return the JSON schema of a file."""
        return FILE

    def example(self) -> Held:
        """Return a short tone."""
        return _tone(max(self.min_length or 0, min(self.max_length or 1, 0.25)))

    def preprocess(self, value: Held) -> Any:
        """Check the file, and decode it where the function gets its samples."""
        if value is None:
            return None
        if not isinstance(value, Media):
            raise InputError(f"{self.title} must be a sound that was uploaded.")
        media = value.lossless or value
        kind = _sound.check(media, self.title)
        if self.min_length is not None or self.max_length is not None:
            self._check_length(_sound.duration(media, kind, self.title))
        if self.type == "numpy":
            return _sound.decode(media, kind, self.title)
        return str(self._as_path(media, kind))

    def postprocess(self, value: Any) -> Held:
        """Show a sound; a file is shown unchanged."""
        if value is None or isinstance(value, Media):
            return value
        if isinstance(value, bytes | bytearray):
            return _samples.of_bytes(bytes(value), self.title)
        if isinstance(value, str | Path):
            return self._of_path(str(value))
        if isinstance(value, tuple | list) and len(value) == 2:
            rate, samples = _samples.of_pair(value[0], value[1], self.title)
            return _samples.to_media(rate, samples, self.format, self.title)
        raise OutputError(
            f"{self.title} shows (rate, samples), a path or bytes, but got {type(value).__name__} {value!r:.60}."
        )

    def flag(self, value: Held) -> Cell:
        """Store the file unchanged, and arrays without loss."""
        if value is None:
            return None
        media: Media = value.lossless or value
        kind = _sound.of_content(media.head(16), media.suffix) if media.uploaded else None
        name = _sound.file_name(media, kind) if kind else media.name
        return media if name == media.name else media.renamed(name)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored sound."""
        return cell if isinstance(cell, Media) else None

    @property
    def _needs_decoder(self) -> bool:
        """True if the server has to decode or measure a file."""
        bounded = self.min_length is not None or self.max_length is not None
        return self.type == "numpy" or self.format is not None or bounded

    def _check_length(self, seconds: float) -> None:
        lasts = f"(this is {_numbers.to_cell(round(seconds, 2))} s)."
        if self.min_length is not None and seconds < self.min_length:
            raise InputError(f"{self.title} must be at least {self.min_length:g} s long {lasts}")
        if self.max_length is not None and seconds > self.max_length:
            raise InputError(f"{self.title} must be at most {self.max_length:g} s long {lasts}")

    def _as_path(self, media: Media, kind: _sound.SoundFormat) -> Path:
        """Return the path of a copy in the author's format."""
        target = _sound.ENCODED_FORMATS.get(self.format or "", kind)
        name = _sound.file_name(media, target)
        if target is kind:
            return media.give_away(name)

        def write(path: Path) -> None:
            rate, samples = _sound.decode(media, kind, self.title)
            path.write_bytes(self._encoded(rate, samples, target))

        return media.derive(name, write)

    def _encoded(self, rate: int, samples: Any, kind: _sound.SoundFormat) -> bytes:
        try:
            return _sound.encode(rate, samples, kind)
        except RuntimeError as error:
            raise InputError(f"{self.title} cannot be written as {kind.name}: {error}") from None

    def _of_path(self, path: str) -> Media:
        if _addresses.is_address(path):
            return _addresses.media_at(path, self._check_download)
        kind = _sound.of_name(Path(path).suffix.lower())
        if "://" in path:
            raise OutputError(f"{self.title} shows files, but got {path!r:.60}. Download it first.")
        if kind is None:
            suffixes = ", ".join(suffix for kind in _sound.SOUND_FORMATS for suffix in kind.suffixes)
            raise OutputError(f"{self.title} shows files that end in {suffixes}, but got {path!r:.60}.")
        return Media.of_path(Path(path), mime=kind.mime)

    def _check_download(self, media: Media) -> None:
        media.mime = _sound.check(media, self.title).mime

    def _check_encoder(self) -> None:
        if self.format not in (None, "wav") and not _sound.has_soundfile():
            raise ConfigurationError(
                f"Audio(format={self.format!r}) needs an encoder, but soundfile is not installed. "
                "Run: pip install 'minidemo[audio]', or use Audio(format='wav')."
            )


def _tone(seconds: float) -> Media:
    """Return a sound of 400 Hz, as an example."""
    wave = struct.pack("<20h", *(round(8000 * math.sin(math.tau * i / 20)) for i in range(20)))
    data = (wave * math.ceil(seconds * 400))[: 2 * math.floor(seconds * 8000)]
    media = Media.of_bytes(_wav.header(8000, 1, 2, len(data)) + data, "example.wav", mime=_sound.WAV.mime)
    media.uploaded = True
    return media


def _check_sources(sources: Sequence[str] | str | None, streaming: bool) -> list[str]:
    """Return the checked sources; a stream has the microphone alone."""
    if sources is None:
        return ["microphone"] if streaming else list(SOURCES)
    checked = [
        _check_choice("sources", source, SOURCES) for source in ([sources] if isinstance(sources, str) else sources)
    ]
    if streaming and checked != ["microphone"]:
        raise ConfigurationError(
            f"Audio(streaming=True) streams from the microphone alone, but got sources={sources!r}. "
            "Use sources=['microphone'], or leave streaming out."
        )
    return checked


def _check_lengths(shortest: float | None, longest: float | None) -> tuple[float | None, float | None]:
    if not 0 <= (shortest or 0) <= (math.inf if longest is None else longest) or longest == 0:
        raise ConfigurationError(
            f"Audio got min_length={shortest} and max_length={longest}; expected seconds, the smaller first."
        )
    return shortest, longest


def _waveform(options: WaveformOptions | Mapping[str, Any] | None) -> WaveformOptions:
    if isinstance(options, WaveformOptions):
        return options
    arguments = WaveformOptions.__dataclass_fields__
    for name in options or {}:
        if name not in arguments:
            raise ConfigurationError(f"Audio got waveform_options with {name!r}. {did_you_mean(name, arguments)}")
    return WaveformOptions(**(options or {}))


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Audio got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return value
