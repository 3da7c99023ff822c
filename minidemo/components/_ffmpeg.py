"""Converting videos with the user's own ffmpeg."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from minidemo.components._videos import MIMES
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError

_READERS = {"mp4": "mov", "webm": "matroska", "ogg": "ogg", "avi": "avi"}
_WRITERS = {".mp4": ("-pix_fmt", "yuv420p", "-movflags", "+faststart")}
"""Options that make a file playable in browsers."""


class ConversionError(Exception):
    """ffmpeg's error for a video that it cannot convert."""


def require_ffmpeg(wish: str) -> str:
    """Return the path of ffmpeg, or raise `ConfigurationError`.

    `argument` is the argument that needs it.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        raise ConfigurationError(
            f"{wish} converts videos with ffmpeg, which is not on the PATH. "
            "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg), or leave the argument out."
        )
    return found


def convert_media(media: Media, suffix: str, container: str) -> Media:
    """Return a video in another format; only the name's suffix changes."""
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="minidemo-")
    os.close(handle)
    made = Media.of_path(Path(name), Path(media.name).stem + suffix, mime=MIMES[suffix], temporary=True)
    made.subtitles = media.subtitles
    convert_file(media.path or media.give_away(), Path(name), container)
    return made


def convert_file(source: Path, target: Path, container: str, *, sound: bool = True) -> None:
    """Convert a video to the format of the target's suffix.

    If the suffix stays the same, only the sound can be removed.
    """
    kept = ("-c", "copy") if source.suffix.lower() == target.suffix else _WRITERS.get(target.suffix, ())
    # Whoever made the file might have it name others: only files are read, and only by the reader of its container.
    reading = ("-protocol_whitelist", "file", "-f", _READERS[container], "-i", f"file:{source}")
    command = [
        require_ffmpeg("Video"),
        "-nostdin",
        "-loglevel",
        "error",
        "-y",
        *reading,
        *kept,
        *(() if sound else ("-an",)),
    ]
    done = subprocess.run([*command, f"file:{target}"], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ConversionError(said[-1] if said else f"ffmpeg ended with {done.returncode}")
