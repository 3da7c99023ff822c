"""Values with files are written down as JSON, and come back whole."""

import json
from typing import Any

import pytest

from minidemo.content.media import Media
from minidemo.content.tagged import descriptions, dump, load

PICTURE = Media.of_bytes(b"a", "a.png")


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "text", True],
        {"a": [PICTURE, {"b": PICTURE}]},
        {"$file": "a dictionary of the author's"},
        {"$dict": {"$file": PICTURE}},
    ],
)
def test_a_value_comes_back_whole(value: Any) -> None:
    text = json.dumps(dump(value, lambda media: media.name))
    assert load(json.loads(text), lambda name: PICTURE if name == "a.png" else None) == value


def test_tuples_become_lists_and_keys_text() -> None:
    assert dump({1: (2, 3)}, str) == {"1": [2, 3]}


def test_what_json_does_not_know_is_left_to_the_encoder() -> None:
    assert dump([{1, 2}], str) == [{1, 2}]


def test_the_files_of_files_are_described_as_well() -> None:
    film = {"$file": {"name": "film", "subtitles": {"$file": {"name": "words"}}}}
    assert [each["name"] for each in descriptions([film, {"a": 1}])] == ["film", "words"]
    assert list(descriptions({"$file": "not an object"})) == []
