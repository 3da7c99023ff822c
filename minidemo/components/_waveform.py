"""WaveformOptions: the waveform of an Audio."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaveformOptions:
    """The waveform of an Audio, and the recording by microphone.

    Args:
        waveform_color: CSS colour of the waveform. By default a colour of the page.
        waveform_progress_color: CSS colour of the part that was played. By default a colour of the page.
        trim_region_color: CSS colour of the selection. By default a colour of the page.
        show_recording_waveform: Whether there is a waveform. False leaves the browser's player. By default True.
        skip_length: Accepted without effect: the browser's player has its own steps.
        sample_rate: Samples a second of a recording, if the browser supports it. By default the device's rate.
    """

    waveform_color: str | None = None
    waveform_progress_color: str | None = None
    trim_region_color: str | None = None
    show_recording_waveform: bool = True
    skip_length: float = 5
    sample_rate: int | None = None
