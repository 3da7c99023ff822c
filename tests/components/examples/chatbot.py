"""Examples of Chatbot."""

from functools import partial
from typing import Any

import PIL.Image
from hypothesis import strategies as st

from minidemo import Chatbot
from minidemo.content.media import Media
from tests.components.examples.example import TEXT, Example
from tests.components.pictures import uploaded


def _file(data: bytes) -> Media:
    media = Media.of_bytes(data, "note.txt")
    media.uploaded = True
    return media


_TEXTS = TEXT.map(lambda text: {"type": "text", "text": text})
_PICTURES = st.just(None).map(lambda _: uploaded(PIL.Image.new("RGB", (2, 2), "tomato")))
_FILES = (st.binary(max_size=5).map(_file) | _PICTURES).map(lambda media: {"type": "file", "file": media})


def _messages(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    said = {
        "role": st.sampled_from(["user", "assistant", "system"]),
        "content": st.lists(parts, max_size=3),
        "metadata": st.none() | st.just({}) | st.just({"title": "Thinking", "duration": 1.5}),
        "options": st.none() | st.just([{"value": "yes", "label": "Yes"}]),
    }
    return st.lists(st.fixed_dictionaries(said), max_size=3)


EXAMPLES = {
    Chatbot: [
        Example(
            name="Chatbot",
            make=Chatbot,
            wire=_messages(_TEXTS),
            wrong=(
                *("text", 5, True, {"role": "user"}, [5], ["ab"], [{}], [["a", "b"]]),
                [{"role": "user"}],
                [{"role": "robot", "content": []}],
                [{"role": [], "content": []}],
                [{"role": "user", "content": "text"}],
                [{"role": "user", "content": {}}],
                [{"role": "user", "content": [{"type": "text"}]}],
                [{"role": "user", "content": [{"type": "text", "text": 5}]}],
                [{"role": "user", "content": [{"type": "file", "file": "/etc/passwd"}]}],
                [{"role": "user", "content": [], "metadata": 5}],
                [{"role": "user", "content": [], "options": {}}],
            ),
        ),
        Example(name="Chatbot with files", make=partial(Chatbot, layout="panel"), wire=_messages(_TEXTS | _FILES)),
    ],
}
