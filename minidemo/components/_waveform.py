"""WaveformOptions: how the waveform of an Audio looks."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class WaveformOptions:
    """How the waveform of an Audio looks, and how the microphone is recorded.

    The colours are those of CSS; without them the waveform has the colours of the page. `show_recording_waveform=False`
    leaves the browser's player alone. `sample_rate` is what the microphone is recorded with, where the browser can;
    without it the device's own. `skip_length` has no effect: the browser's player has its own steps.
    """

    waveform_color: str | None = None
    waveform_progress_color: str | None = None
    trim_region_color: str | None = None
    show_recording_waveform: bool = True
    skip_length: float = 5
    sample_rate: int | None = None
