"""Ready-made validators, and verdicts as dictionaries have them."""

from typing import Any

import numpy
import pytest

import minidemo as gr


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ((None, None), ""),
        ((1, 3), ""),
        ((2.5, None), "The sound must last at least 2.5 s; it lasts 2.0 s."),
        ((None, 1), "The sound must last at most 1 s; it lasts 2.0 s."),
    ],
)
def test_the_duration_of_a_sound_is_checked(limits: tuple[Any, Any], message: str) -> None:
    verdict = gr.validators.is_audio_correct_length((8000, numpy.zeros(16_000)), *limits)
    assert (verdict.is_valid, verdict.message) == (not message, message)


@pytest.mark.parametrize(("limits", "is_valid"), [((None, None), True), ((0.01, 5), True), ((5, None), False)])
def test_the_duration_of_a_video_is_checked(limits: tuple[Any, Any], is_valid: bool) -> None:
    verdict = gr.validators.is_video_correct_length(gr.get_video(), *limits)
    assert verdict.is_valid is is_valid
    assert verdict["message"] == ("" if is_valid else "The video must last at least 5 s; it lasts 0.1 s.")


def test_a_file_that_is_no_video_is_refused_with_a_reason() -> None:
    assert "must be a video" in gr.validators.is_video_correct_length(gr.get_image(), None, 5).message


def test_a_verdict_can_be_read_by_name() -> None:
    assert gr.validate(False, "Too short.")["is_valid"] is False
    assert gr.validate(False, "Too short.")["message"] == "Too short."
