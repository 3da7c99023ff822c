"""Validators: ready-made checks for `Interface(validator=…)`."""

from pathlib import Path
from typing import Any

from minidemo import components
from minidemo.content.media import Media
from minidemo.context.validation import Validation, validate
from minidemo.errors import InputError


def is_audio_correct_length(
    audio: tuple[int, Any], min_length: float | None = None, max_length: float | None = None
) -> Validation:
    """Return whether a sound has the right duration.

    Args:
        audio: The sample rate and the samples.
        min_length: Shortest duration in seconds, or None.
        max_length: Longest duration in seconds, or None.
    """
    rate, samples = audio
    seconds = len(samples) / rate
    if min_length is not None and seconds < min_length:
        return validate(False, f"The sound must last at least {min_length:g} s; it lasts {seconds:.1f} s.")
    if max_length is not None and seconds > max_length:
        return validate(False, f"The sound must last at most {max_length:g} s; it lasts {seconds:.1f} s.")
    return validate(True, "")


def is_video_correct_length(
    video: str | Path, min_length: float | None = None, max_length: float | None = None
) -> Validation:
    """Return whether a video has the right duration.

    Args:
        video: The path of the video.
        min_length: Shortest duration in seconds, or None.
        max_length: Longest duration in seconds, or None.
    """
    limits = components.Video(label="The video", min_length=min_length, max_length=max_length)
    try:
        limits.check_example(Media.of_path(Path(video)))
    except InputError as error:
        return validate(False, error.message)
    return validate(True, "")
