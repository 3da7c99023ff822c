"""The words of all languages: none is missing, and each has the places for the same values."""

import copy
import json
import pickle
import re
from html import escape
from pathlib import Path

import pytest

import minidemo.i18n
from minidemo.i18n import ENGLISH, LANGUAGES, Text, format_text, translate, use_language

FILES = {path.stem: path for path in Path(minidemo.i18n.__file__).parent.glob("*.json")}
OTHERS: dict[str, dict[str, str]] = {tag: json.loads(FILES[tag].read_bytes()) for tag in sorted(FILES.keys() - {"en"})}
ARABIC = OTHERS["ar"]
SAME = {
    *("api", "sheet_size", "one_more", "gallery_item"),
    *("chat_assistant", "chat_system", "theme_system", "kind_audio", "flag_reason"),
    *("caption", "kind_text", "draw_color", "kind_image", "kind_video", "regions"),
}
"""The keys whose words may be the same in another language."""


def test_each_language_has_its_file() -> None:
    assert FILES.keys() == LANGUAGES.keys()


def places(words: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", words))


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_is_said_in_every_language(language: str) -> None:
    words = OTHERS[language]
    assert list(words) == sorted(ENGLISH), "the same keys, in the order of the alphabet"
    assert {key: places(text) for key, text in words.items()} == {key: places(text) for key, text in ENGLISH.items()}
    assert {key for key in words if words[key] == ENGLISH[key]} <= SAME


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_is_one_in_every_language(language: str) -> None:
    ends = ".。"
    for key, text in ENGLISH.items():
        if key not in ("code_keys", "flag_undone", "saved"):
            assert text.endswith(".") == (OTHERS[language][key][-1] in ends), key


def test_no_language_shouts_but_for_its_thanks() -> None:
    for words in (ENGLISH, *OTHERS.values()):
        loud = {key for key, text in words.items() if re.search("[!\uff01\u00a1]", text)}
        assert loud <= {"saved"}


def test_arabic_sets_values_apart_which_are_mostly_written_the_other_way() -> None:
    assert format_text(ARABIC["not_a_picture"], {"name": "a (1).txt"}) == "\u2068a (1).txt\u2069 ليس صورة."


def test_a_word_is_english_to_programs_and_the_visitors_language_on_the_page() -> None:
    word = Text("or_other", first=Text("kind_image"), last=".csv & <more>")
    use_language(LANGUAGES["de"])
    assert word == "images or .csv & <more>"
    assert f"{word}" == "images or .csv & <more>"
    assert translate(word) == "Bilder oder .csv & <more>"
    assert word.__html__() == escape("Bilder oder .csv & <more>")
    assert translate("author's") == "author's"
    use_language(LANGUAGES["en"])


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda word: pickle.loads(pickle.dumps(word))])
def test_a_copy_of_a_word_is_one(duplicate: object) -> None:
    word = duplicate(Text("output_n", n=3))  # type: ignore[operator]  # each of them is a function
    assert (word, word.key, word.values) == ("Output 3", "output_n", {"n": 3})


def test_a_key_that_is_none_is_told() -> None:
    with pytest.raises(AttributeError):
        _ = LANGUAGES["de"].namespace.no_such_word
