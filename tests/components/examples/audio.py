"""Examples of Audio."""

from collections.abc import Sequence
from functools import partial

import numpy
from hypothesis import strategies as st

from minidemo import Audio
from minidemo.content.media import Media
from tests.components.examples.example import Example
from tests.components.sounds import uploaded, wav

RATES = [1, 8000, 44_100, 48_000, 768_000]


@st.composite
def _uploads(draw: st.DrawFn, channels: int = 1, *, rates: Sequence[int] = RATES) -> Media:
    """Draw a short sound with any samples."""
    data = draw(st.binary(min_size=2, max_size=40))
    samples = numpy.frombuffer(data * channels * 2, "<i2")[: len(data) // 2 * channels]
    rate = draw(st.sampled_from(rates))
    return uploaded(wav(samples.reshape(-1, channels) if channels > 1 else samples, rate), "audio.wav")


EXAMPLES = {
    Audio: [
        Example(name="Audio", make=Audio, wire=_uploads(), wrong=("cat.wav", 5, True, [], {"path": "/etc/passwd"})),
        Example(name="Audio with two channels", make=Audio, wire=_uploads(2)),
        Example(name="Audio with seven channels", make=Audio, wire=_uploads(7)),
        Example(name="Audio as a file", make=partial(Audio, type="filepath"), wire=_uploads(3), wrong=("a.wav", [])),
        Example(name="Audio as MP3", make=partial(Audio, format="mp3"), wire=_uploads(rates=RATES[1:4])),
    ],
}
