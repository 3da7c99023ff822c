"""Converting videos with the user's own ffmpeg."""

import shutil
import subprocess
from pathlib import Path

from minidemo.components._videos import MIMES
from minidemo.content import temporary
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError

_READERS = {"mp4": "mov", "webm": "matroska", "ogg": "ogg", "avi": "avi"}
_WRITERS = {".mp4": ("-pix_fmt", "yuv420p", "-movflags", "+faststart")}
"""Options that make a file playable in browsers."""


class ConversionError(Exception):
    """ffmpeg's error for a video that it cannot convert."""


def require_ffmpeg(argument: str) -> str:
    """Return the path of ffmpeg, or raise `ConfigurationError`.

    `argument` is the argument that needs it.
    """
    path = shutil.which("ffmpeg")
    if path is None:
        raise ConfigurationError(
            f"{argument} converts videos with ffmpeg, which is not on the PATH. "
            "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg), or leave the argument out."
        )
    return path


def convert_media(media: Media, suffix: str, container: str) -> Media:
    """Return a video in another format; only the name's suffix changes."""
    path = temporary.new_file(suffix)
    converted = Media.of_path(path, Path(media.name).stem + suffix, mime=MIMES[suffix], temporary=True)
    converted.subtitles = media.subtitles
    convert_file(media.path or media.give_away(), path, container)
    return converted


def convert_file(source: Path, target: Path, container: str, *, sound: bool = True) -> None:
    """Convert a video to the format of the target's suffix.

    If the suffix stays the same, only the sound can be removed.
    """
    codec = ("-c", "copy") if source.suffix.lower() == target.suffix else _WRITERS.get(target.suffix, ())
    # A malicious file may refer to others: only files are read, only by the demuxer of its container.
    source_options = ("-protocol_whitelist", "file", "-f", _READERS[container], "-i", f"file:{source}")
    command = [
        require_ffmpeg("Video"),
        "-nostdin",
        "-loglevel",
        "error",
        "-y",
        *source_options,
        *codec,
        *(() if sound else ("-an",)),
    ]
    process = subprocess.run([*command, f"file:{target}"], capture_output=True, check=False)
    if process.returncode:
        lines = process.stderr.decode(errors="replace").strip().splitlines()
        raise ConversionError(lines[-1] if lines else f"ffmpeg ended with {process.returncode}")
