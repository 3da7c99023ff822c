"""Examples of Video."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Video
from tests.components.examples.example import Example
from tests.components.videos import OGG, avi, element, mp4, uploaded, webm

_WEBM = webm(1)
_WRONG = (
    uploaded(b"", "film.mp4"),
    uploaded(b"No video.", "notes.webm"),
    uploaded(_WEBM[:-1], "film.webm"),
    uploaded(mp4()[:-1], "film.mp4"),
)

_uploads = st.binary(max_size=40).flatmap(
    lambda data: st.sampled_from(
        [
            (_WEBM + element("ec", data), "film.webm"),
            (mp4(data), "Film (1).MP4"),
            (mp4(data), "film.mov"),
            (OGG + data, "film.ogv"),
            (avi() + data, "film.avi"),
        ]
    ).map(lambda file: uploaded(*file))
)


EXAMPLES = {
    Video: [
        Example(
            name="Video",
            make=Video,
            wire=_uploads,
            wrong=("film.mp4", 5, True, [], {"path": "/etc/passwd"}, *_WRONG),
        ),
        Example(
            name="Video with limits and subtitles",
            make=partial(
                Video, max_length=60, include_audio=True, subtitles=[{"text": "Hello", "timestamp": [0, 1.5]}]
            ),
            wire=_uploads,
        ),
    ],
}
