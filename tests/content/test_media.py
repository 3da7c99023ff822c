"""Media: a file as the engine holds it, wherever its bytes lie."""

import copy
import gc
import threading
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo.content.media import OCTETS, Media, address_name, name_with_suffix, plain_name
from tests.effort import grows_linearly
from tests.expressions import text_of


def test_a_file_of_bytes() -> None:
    media = Media.of_bytes(b"some bytes", "note.txt")
    assert media.read() == b"some bytes"
    assert (media.name, media.mime, media.nbytes, media.weight) == ("note.txt", "text/plain", 10, 10)
    assert media.path is None


def test_a_file_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"some bytes")
    media = Media.of_path(file)
    assert media.read() == b"some bytes"
    assert (media.name, media.mime, media.nbytes, media.weight) == ("note.txt", "text/plain", 10, 0)
    assert media.path == file


def test_a_file_on_the_disk_may_have_another_name(tmp_path: Path) -> None:
    media = Media.of_path(tmp_path / "a8f3", "cat.png")
    assert (media.name, media.mime) == ("cat.png", "image/png")


def test_bytes_are_made_when_somebody_asks_for_them() -> None:
    made: list[bytes] = []

    def encode() -> bytes:
        made.append(b"some bytes")
        return made[0]

    media = Media("result.png", encode=encode, weight=99)
    assert media.nbytes is None
    assert not made
    assert media.read() == media.read() == b"some bytes"
    assert media.nbytes == 10
    assert len(made) == 1
    assert media.weight == 99


def test_bytes_are_made_once_however_many_ask() -> None:
    started, go = threading.Event(), threading.Event()
    made: list[int] = []

    def encode() -> bytes:
        started.set()
        go.wait(60)
        made.append(1)
        return b"some bytes"

    media = Media("result.png", encode=encode)
    got: list[bytes] = []
    readers = [threading.Thread(target=lambda: got.append(media.read())) for _ in range(8)]
    for reader in readers:
        reader.start()
    started.wait(60)
    go.set()
    for reader in readers:
        reader.join()
    assert got == [b"some bytes"] * 8
    assert len(made) == 1


def test_a_failure_to_make_the_bytes_is_told_and_can_be_tried_again() -> None:
    parts = {"head": b"some "}
    media = Media("result.png", encode=lambda: parts["head"] + parts["tail"])
    with pytest.raises(KeyError, match="tail"):
        media.read()
    parts["tail"] = b"bytes"
    assert media.read() == b"some bytes"


def test_what_made_the_bytes_is_let_go() -> None:
    class Picture:
        gone = False

        def encode(self) -> bytes:
            return b"some bytes"

        def __del__(self) -> None:
            Picture.gone = True

    media = Media("result.png", encode=Picture().encode)
    media.read()
    gc.collect()
    assert Picture.gone


def test_a_file_without_bytes_is_empty() -> None:
    assert Media("empty").read() == b""
    assert Media.of_bytes(b"", "empty").nbytes == 0


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("cat.PNG", "image/png"),
        ("cat.jpg", "image/jpeg"),
        ("cat.webp", "image/webp"),
        ("cat.tar.unknown", OCTETS),
        ("cat", OCTETS),
    ],
)
def test_the_type_is_told_by_the_name(name: str, mime: str) -> None:
    assert Media(name).mime == mime


def test_the_type_may_be_told() -> None:
    assert Media("cat", mime="image/png").mime == "image/png"
    assert Media.of_bytes(b"", "cat", mime="image/png").mime == "image/png"
    assert Media.of_path(Path("cat"), mime="image/png").mime == "image/png"


@pytest.mark.parametrize(("name", "suffix"), [("cat.PNG", ".png"), ("a.tar.gz", ".gz"), ("cat", ""), (".hidden", "")])
def test_the_ending_of_the_name_is_in_lower_case(name: str, suffix: str) -> None:
    assert Media(name).suffix == suffix


@given(st.text())
def test_a_plain_name_is_one_and_stays_as_it_is(name: str) -> None:
    plain = plain_name(name)
    assert plain_name(plain) == plain
    assert Path(plain).name == plain
    assert 0 < len(plain.encode()) <= 255


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("e\u0301.txt", "é.txt"),
        ("नमस्ते.txt", "नमस्ते.txt"),
        ("😀.png", "😀.png"),
        ('John\'s report #2 (50% done); "final" <b>&amp;.pdf', 'John\'s report #2 (50% done); "final" <b>&amp;.pdf'),
        ("*?|`$\u200d.txt", "*?|`$\u200d.txt"),
        (".env", ".env"),
        (" a. txt ", "a. txt"),
        ("a" * 100 + ".safetensors", "a" * 100 + ".safetensors"),
        ("\U00020000" * 90 + ".csv", "\U00020000" * 59 + ".csv"),
        ("a" * 300 + ".csv", "a" * 236 + ".csv"),
        ("a" * 239 + " and more", "a" * 239),
        ("a." + "b" * 300, "a." + "b" * 238),
        ("\ud800.txt", "_.txt"),
        ("\0\n\x7f\x85\u2028\u202e\u2066.txt", "_______.txt"),
        ("C:\\Users\\Ann\\notes.txt", "notes.txt"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("." * 240 + "a" * 20, "file"),
        ("", "file"),
    ],
)
def test_of_a_name_all_is_kept_that_is_only_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "safe"),
    [("John's #2.pdf", "John_s _2.pdf"), ("größe 😀.txt", "größe 😀.txt"), (".env", "env"), ("...", "file")],
)
def test_a_name_at_the_end_of_an_address_has_no_sign_of_an_address(name: str, safe: str) -> None:
    assert address_name(name) == safe


@pytest.mark.parametrize(
    ("name", "suffixed"),
    [("a.JPG", "a.JPG"), ("a.png", "a.jpg"), ("a", "a.jpg"), ("a.b", "a.b.jpg"), (".png", ".png.jpg")],
)
def test_a_name_gets_a_suffix_in_place_of_another(name: str, suffixed: str) -> None:
    assert name_with_suffix(name, [".jpg", ".jpeg"], {".png"}) == suffixed


@pytest.mark.parametrize("kept", ["in memory", "on the disk"])
def test_a_file_may_be_looked_at_from_its_head(kept: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    media = Media.of_bytes(b"abc", "x") if kept == "in memory" else Media.of_path(tmp_path / "x")
    assert [media.head(length) for length in (0, 2, 9)] == [b"", b"ab", b"abc"]


def test_a_temporary_file_is_removed_when_nobody_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "upload"
    file.write_bytes(b"some bytes")
    media = Media.of_path(file, temporary=True)
    assert file.exists()
    del media
    gc.collect()
    assert not file.exists()


def test_a_temporary_file_may_be_gone_already(tmp_path: Path) -> None:
    media = Media.of_path(tmp_path / "upload", temporary=True)
    del media
    gc.collect()


def test_a_file_that_is_not_ours_stays(tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_bytes(b"some bytes")
    media = Media.of_path(file)
    del media
    gc.collect()
    assert file.exists()


def test_nothing_is_known_of_a_fresh_file() -> None:
    media = Media("cat.png")
    assert (media.uploaded, media.token, media.preview, media.lossless) == (False, None, None, None)


def test_a_file_may_have_a_preview_and_a_lossless_twin() -> None:
    preview, lossless = Media("preview.webp"), Media("cat.png")
    media = Media("cat.jpeg", preview=preview, lossless=lossless)
    assert (media.preview, media.lossless) == (preview, lossless)


def test_a_file_says_what_it_is() -> None:
    assert repr(Media("cat.png")) == "Media('cat.png', mime='image/png')"
    assert repr(Media("cat.png", path=Path("im/0.png"))) == "Media('cat.png', mime='image/png', path='im/0.png')"


def test_a_copy_of_a_structure_shares_its_files() -> None:
    media = Media.of_bytes(b"some bytes", "note.txt")
    assert copy.deepcopy([media]) == [media]


@pytest.mark.parametrize("kept", ["in memory", "on the disk"])
def test_a_copy_is_given_away_for_as_long_as_the_file_is_held(kept: str, tmp_path: Path) -> None:
    media = Media.of_bytes(b"abc", "song.wav")
    if kept == "on the disk":
        (tmp_path / "x").write_bytes(b"abc")
        media = Media.of_path(tmp_path / "x", "song.wav")
    first, second = media.give_away(), media.give_away()
    assert (first.name, first.read_bytes()) == ("song.wav", b"abc")
    first.write_bytes(b"changed")
    assert media.read() == second.read_bytes() == b"abc"
    del media
    gc.collect()
    assert not first.exists()
    assert not second.exists()


@pytest.mark.parametrize(
    "mime", ["image/png\x01", "a\x7f/b", "image/png\r\nX-Evil: 1", "日本/x", "image", "", "x" * 10_000 + "/y", "a b/c"]
)
def test_a_malformed_type_is_that_of_the_name(mime: str) -> None:
    assert Media.of_bytes(b"", "a.png", mime=mime).mime == "image/png"
    assert Media.of_bytes(b"", "a", mime=mime).mime == OCTETS


def test_a_name_is_made_plain_in_linear_time() -> None:
    assert grows_linearly(plain_name, partial(text_of, "", "a\u0301\u0323\u0301\u0316", ".png"), 5_000)
    assert grows_linearly(plain_name, partial(text_of, "a", "\u0301\u0323", ".png"), 5_000)
    assert plain_name("x" * 5_000 + ".jpeg") == "x" * 235 + ".jpeg"
