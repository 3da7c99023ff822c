"""Converting videos with the user's own ffmpeg."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TypeAlias

from minidemo.components._videos import MIMES
from minidemo.content import temporary
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError

_READERS = {"mp4": "mov", "webm": "matroska", "ogg": "ogg", "avi": "avi"}
_WRITERS = {".mp4": ("-pix_fmt", "yuv420p", "-movflags", "+faststart")}
"""Options that make a file playable in browsers."""


Overlay: TypeAlias = tuple[bytes, str]
"""A PNG, and its place in the words of ffmpeg's filter `overlay`."""
_INSTALL = "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg)"


class ConversionError(Exception):
    """ffmpeg's error for a video that it cannot convert."""


def is_installed() -> bool:
    """Return whether ffmpeg is on the PATH."""
    return shutil.which("ffmpeg") is not None


def require_ffmpeg(argument: str) -> None:
    """Raise `ConfigurationError` unless ffmpeg is there.

    `argument` is the argument that needs it.
    """
    if not is_installed():
        raise ConfigurationError(
            f"{argument} converts videos with ffmpeg, which is not on the PATH. {_INSTALL}, or leave the argument out."
        )


def convert_media(media: Media, suffix: str, container: str, overlay: Overlay | None = None) -> Media:
    """Return a video in another format, or with a picture on it.

    Its lossless copy is the video itself. Only the suffix of the name changes.
    """
    path = temporary.new_file(suffix)
    converted = Media.of_path(path, Path(media.name).stem + suffix, mime=MIMES[suffix], temporary=True)
    converted.subtitles, converted.lossless = media.subtitles, media
    source = media.path or media.give_away()
    if overlay is None:
        convert_file(source, path, container)
        return converted
    with tempfile.NamedTemporaryFile(suffix=".png", prefix="minidemo-") as file:
        file.write(overlay[0])
        file.flush()
        convert_file(source, path, container, overlay=(file.name, overlay[1]))
    return converted


def convert_file(
    source: Path, target: Path, container: str, *, sound: bool = True, overlay: tuple[str, str] | None = None
) -> None:
    """Convert a video to the format of the target's suffix.

    To remove the sound alone, the pictures are copied. `overlay` is the path of a PNG to draw, and its place.
    """
    only_sound = not sound and source.suffix.lower() == target.suffix
    codec = ("-c", "copy") if only_sound else _WRITERS.get(target.suffix, ())
    # A malicious file may refer to others: only files are read, only by the demuxer of its container.
    source_options = ("-protocol_whitelist", "file", "-f", _READERS[container], "-i", f"file:{source}")
    program = shutil.which("ffmpeg")
    if program is None:
        raise ConversionError(f"ffmpeg is not on the PATH. {_INSTALL}")
    command = [
        program,
        "-nostdin",
        "-loglevel",
        "error",
        "-y",
        *source_options,
        *_overlay_options(overlay),
        *codec,
        *(() if sound else ("-an",)),
    ]
    process = subprocess.run([*command, f"file:{target}"], capture_output=True, check=False)
    if process.returncode:
        lines = process.stderr.decode(errors="replace").strip().splitlines()
        raise ConversionError(lines[-1] if lines else f"ffmpeg ended with {process.returncode}")


def _overlay_options(overlay: tuple[str, str] | None) -> tuple[str, ...]:
    if overlay is None:
        return ()
    path, place = overlay
    picture = ("-protocol_whitelist", "file", "-f", "png_pipe", "-i", f"file:{path}")
    return (*picture, "-filter_complex", f"overlay={place}")
