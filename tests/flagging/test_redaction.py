"""Redaction: an author's function or patterns change every text of a flag, and nothing else."""

import re
from typing import Any

import pytest

from minidemo import ConfigurationError, FlagRecord, Image
from minidemo.content.media import Media
from minidemo.flagging.redaction import redacted, redaction
from tests.components.pictures import encoded, gradient, opened
from tests.effort import grows_linearly

EMAIL = r"[\w.+-]+@[\w-]+\.[\w.]+"
CARD = re.compile(r"\b\d{4}(?:[ -]?\d{4}){3}\b")


def clean(value: Any, *patterns: Any) -> Any:
    """Return what a record holds of a value."""
    return redacted(FlagRecord(inputs=(value,)), redaction(patterns or (EMAIL, CARD))).inputs[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to ada@example.com!", "Write to [redacted]!"),
        ("ada@example.com,bob@example.org", "[redacted],[redacted]"),
        ("4111 1111 1111 1111", "[redacted]"),
        ("4111-1111-1111-1111 ada@example.com", "[redacted] [redacted]"),
        ("ada@example.com\nsecond line", "[redacted]\nsecond line"),
        ("ädä@example.com \ud800", "[redacted] \ud800"),
        ("nothing to see", "nothing to see"),
        ("", ""),
    ],
)
def test_what_matches_is_replaced(text: str, left: str) -> None:
    assert clean(text) == left


@pytest.mark.parametrize("value", [None, True, 5, 4111111111111111, 1.5, [], {}, [None, 5]])
def test_what_is_no_text_stays_as_it_is(value: Any) -> None:
    assert clean(value) == value
    assert type(clean(value)) is type(value)


def test_texts_are_found_however_deep_they_lie() -> None:
    value = {"to": ["ada@example.com", {"cc": ("bob@example.org", 5)}], "ada@example.com": 1}
    assert clean(value) == {"to": ["[redacted]", {"cc": ("[redacted]", 5)}], "[redacted]": 1}


def test_keys_that_become_the_same_lose_no_value() -> None:
    value = {"a@b.c": 1, "d@e.f": 2, "[redacted] 2": 3, "g@h.i": 4, 5: 6}
    assert clean(value) == {"[redacted]": 1, "[redacted] 2": 2, "[redacted] 2 2": 3, "[redacted] 3": 4, 5: 6}


def test_the_name_of_a_file_is_text_but_its_content_is_not() -> None:
    media = Media.of_bytes(b"ada@example.com", "ada@example.com.TXT", mime="text/plain")
    media.uploaded = True
    copy = clean(media, "ada")
    assert (copy.name, copy.mime, copy.uploaded) == ("[redacted]@example.com.TXT", "text/plain", True)
    assert copy.read() == b"ada@example.com"
    assert media.name == "ada@example.com.TXT", "the page shows it yet"
    assert clean(media, "bob") is media


def test_a_file_whose_name_is_gone_keeps_its_kind() -> None:
    assert clean(Media.of_bytes(b"", "ada.png"), ".+").name == "[redacted].png"


def test_a_picture_under_another_name_keeps_every_pixel() -> None:
    upload = Media.of_bytes(encoded(gradient(7, 5)), "ada.png")
    upload.uploaded = True
    stored = Image().flag(clean(upload, "ada"))
    assert opened(stored).tobytes() == opened(Image().flag(upload)).tobytes()
    lossy = Image(format="jpeg").postprocess(gradient(7, 5))
    assert Image().flag(clean(lossy, "image")) is lossy.lossless


def test_a_function_gets_each_text() -> None:
    record = FlagRecord(
        inputs=("a",), outputs=({"b": "c"},), expected=(None, "d"), comment="e", error="f", option="g", session="h"
    )
    done = redacted(record, redaction(str.upper))
    assert (done.inputs, done.outputs, done.expected) == (("A",), ({"B": "C"},), (None, "D"))
    assert (done.comment, done.error) == ("E", "F")
    assert (done.option, done.session, done.id) == ("g", "h", record.id), "which are none of the visitor's"


def test_without_a_wish_nothing_is_changed() -> None:
    record = FlagRecord(inputs=("ada@example.com",))
    assert redaction(None) is None
    assert redacted(record, None) is record


def test_one_pattern_need_not_be_a_list() -> None:
    for wish in ("a+", re.compile("a+"), ["a+"], ("a+",), {"a+"}, iter(["a+"])):
        redact = redaction(wish)
        assert redact
        assert redact("banana") == "b[redacted]n[redacted]n[redacted]"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (5, "flagging_redact is 5; expected a function from str to str, a pattern, or a list of patterns."),
        (b"a", "flagging_redact is b'a'; expected a function"),
        (str, "flagging_redact is <class 'str'>; expected a function"),
        ({"a": "b"}, "flagging_redact is {'a': 'b'}; expected a function"),
        ("(", "flagging_redact has '('; expected a pattern: missing ), unterminated subpattern at position 0."),
        ([5], "flagging_redact has 5; expected a pattern: "),
        ([re.compile(b"a")], "which is for bytes; expected a pattern for text."),
        (["a*"], "flagging_redact has 'a*', which matches where there is nothing; expected a pattern for text."),
    ],
)
def test_what_does_not_fit_is_refused(wish: Any, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        redaction(wish)
    assert said in str(error.value)


def test_keys_that_become_equal_are_told_apart_in_linear_time() -> None:
    redact = redaction(".+")

    def work(value: dict[str, int]) -> FlagRecord:
        return redacted(FlagRecord(inputs=(value,)), redact)

    assert work({"a": 1, "b": 2, "c": 3}).inputs == ({"[redacted]": 1, "[redacted] 2": 2, "[redacted] 3": 3},)
    assert grows_linearly(work, lambda size: {f"key {i}": i for i in range(size)}, 1_000)
