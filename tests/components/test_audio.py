"""Audio: what the function gets, what it may return, and what is refused."""

import contextlib
import gc
import importlib.util
import io
import itertools
from pathlib import Path
from typing import Any

import numpy
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from minidemo import Audio, ConfigurationError, InputError, Interface, OutputError, WaveformOptions
from minidemo.components.registry import resolve
from minidemo.content.media import Media
from tests.components.sounds import encoded, fmt, heard, riff, tone, uploaded, wav

SUBTYPES = {"PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32, "FLOAT": 24, "DOUBLE": 53}
"""What soundfile calls the ways in which WAV stores samples, each with the bits that it keeps."""


HELD: list[Media] = []
"""What was uploaded, as a run holds it: its files go when nobody does."""


def preprocess(sound: Any, name: str = "voice.wav", **options: Any) -> Any:
    HELD.append(uploaded(sound, name))
    return Audio(label="Voice", **options).preprocess(HELD[-1])


def refused(sound: Any, name: str = "voice.wav", **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        preprocess(sound, name, **options)
    return caught.value.message


def postprocess(value: Any, **options: Any) -> Media:
    shown = Audio(label="Voice", **options).postprocess(value)
    assert isinstance(shown, Media)
    return shown


def not_shown(value: Any, **options: Any) -> str:
    with pytest.raises(OutputError) as caught:
        postprocess(value, **options)
    return str(caught.value)


def mistake(**options: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        Audio(**options)
    return str(caught.value)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let NumPy and soundfile seem not to be installed."""
    monkeypatch.setattr(importlib.util, "find_spec", {"numpy": None, "soundfile": None}.__getitem__)


def test_the_function_gets_the_rate_and_an_array() -> None:
    rate, samples = preprocess(wav(tone(), 8000))
    assert rate == 8000
    assert (samples.dtype, samples.shape) == (numpy.int16, (8000,))
    assert samples.tolist() == tone().tolist()
    assert samples.flags.writeable


def test_several_channels_are_columns() -> None:
    both = numpy.stack([tone(), -tone()], axis=1)
    _, samples = preprocess(both)
    assert samples.tolist() == both.tolist()


@pytest.mark.parametrize("subtype", SUBTYPES)
@pytest.mark.parametrize("kind", ["WAV", "WAVEX"])
@pytest.mark.parametrize("channels", [1, 2, 6, 33])
def test_wav_of_every_width_is_read(kind: str, subtype: str, channels: int) -> None:
    """soundfile wrote them; the samples are multiples of 256, so that 8 bits hold them too."""
    sound = (tone(0.1)[:, None] // 256 * 256).repeat(channels, axis=1)
    _, samples = preprocess(encoded(sound, format=kind, subtype=subtype))
    assert samples.tolist() == (sound if channels > 1 else sound[:, 0]).tolist()


def test_wider_samples_lose_their_lower_bits() -> None:
    wide = numpy.array([0, 2**16, 2**16 - 1, -1, 2**31 - 1, -(2**31)], "int32")
    assert preprocess(encoded(wide, subtype="PCM_32"))[1].tolist() == [0, 1, 0, -1, 32767, -32768]
    assert preprocess(encoded(wide, subtype="PCM_24"))[1].tolist() == [0, 1, 0, -1, 32767, -32768]


def test_floats_beyond_the_bounds_are_cut_and_nan_is_silence() -> None:
    floats = numpy.array([0, 0.5, -1, 1, 7, -7, numpy.nan, numpy.inf], "float32")
    expected = [0, 16384, -32768, 32767, 32767, -32768, 0, 32767]
    assert preprocess(encoded(floats, subtype="FLOAT"))[1].tolist() == expected
    assert preprocess(encoded(floats.astype("float64"), subtype="DOUBLE"))[1].tolist() == expected


def test_samples_of_20_bits_lie_in_24() -> None:
    head = fmt(bits=24)[:14] + (20).to_bytes(2, "little")
    assert preprocess(riff((b"fmt ", head), (b"data", b"\0\0\x40")))[1].tolist() == [0x4000]


def test_other_chunks_may_stand_before_and_after() -> None:
    chunks = [
        (b"LIST", b"odd"),
        (b"fmt ", fmt() + bytes(40)),
        (b"fact", bytes(4)),
        (b"data", b"\1\0\2\0"),
        (b"x   ", b""),
    ]
    assert preprocess(riff(*chunks))[1].tolist() == [1, 2]


def test_a_last_frame_that_is_not_whole_is_left_out() -> None:
    assert preprocess(riff((b"fmt ", fmt()), (b"data", b"\1\0\2")))[1].tolist() == [1]


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFFFFF, 0x80000000])
def test_a_length_that_the_writer_could_not_know_reaches_to_the_end(size: int) -> None:
    assert preprocess(riff((b"fmt ", fmt()), (b"data", b"\1\0\2\0"), size=size))[1].tolist() == [1, 2]


@pytest.mark.parametrize("rate", [1, 7, 8000, 44_100, 768_000, 2**32 - 1])
def test_any_rate_goes_there_and_back(rate: int) -> None:
    shown = postprocess((rate, tone(0.1)))
    assert preprocess(shown.read())[0] == rate


@pytest.mark.parametrize(
    ("fmt_", "options"),
    [
        ("FLAC", {"subtype": "PCM_16"}),
        ("AIFF", {"subtype": "PCM_16"}),
        ("WAV", {"subtype": "ULAW"}),
        ("OGG", {}),
        ("MP3", {}),
    ],
)
def test_other_files_are_decoded_where_soundfile_is_installed(fmt_: str, options: dict[str, str]) -> None:
    both = numpy.stack([tone(9, 16_000), tone(9, 16_000)], axis=1)
    rate, samples = preprocess(encoded(both, 16_000, format=fmt_, **options), f"voice.{fmt_.lower()}")
    assert (rate, samples.dtype, samples.shape) == (16_000, numpy.int16, (144_000, 2))
    exact = fmt_ in ("FLAC", "AIFF")
    assert abs(samples.astype(int) - both).max() <= (0 if exact else 700)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("kind", "suffix"), [("FLAC", "flac"), ("MP3", "mp3"), ("OGG", "ogg")])
def test_without_soundfile_the_visitor_is_told_what_helps(kind: str, suffix: str) -> None:
    sound = encoded(tone(), 16_000, format=kind)
    assert refused(sound, f"voice.{suffix}") == (
        f"Voice is {kind if kind != 'OGG' else 'Ogg'}, which cannot be decoded here. "
        "Send it as WAV with PCM or float samples; or the demo's author may install soundfile "
        "(pip install 'minidemo[audio]') or use Audio(type='filepath')."
    )
    assert "cannot be decoded here" in refused(sound, f"voice.{suffix}", type="filepath", max_length=3)
    assert Path(preprocess(sound, f"voice.{suffix}", type="filepath")).read_bytes() == sound


def test_what_soundfile_cannot_read_either_has_but_one_remedy() -> None:
    assert refused(b"\0\0\0\x20ftypM4A " + bytes(50), "voice.m4a") == (
        "Voice is MP4, which cannot be decoded here. Send it as WAV with PCM or float samples; "
        "or the demo's author may use Audio(type='filepath')."
    )


@pytest.mark.usefixtures("bare")
def test_wav_of_an_unusual_coding_needs_soundfile() -> None:
    assert "Voice is a WAV file of an unusual coding, which" in refused(encoded(tone(), subtype="ULAW"))


def test_the_function_may_get_a_path() -> None:
    path = Path(preprocess(wav(tone()), "my voice.wav", type="filepath"))
    assert (path.name, path.read_bytes()) == ("my voice.wav", wav(tone()))


def test_the_file_at_the_path_lives_as_long_as_the_upload() -> None:
    upload = uploaded(tone())
    path = Path(Audio(type="filepath").preprocess(upload))
    del upload
    gc.collect()
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"ID3\4" + bytes(20), "a.mp3"),
        (b"\xff\xfb\x90\0", "a.mp3"),
        (b"\xff\xf1\x50\x80", "a.aac"),
        (b"OggS" + bytes(20), "a.opus"),
        (b"fLaC" + bytes(20), "A.FLAC"),
        (b"FORM\0\0\0\0AIFF", "a.aif"),
        (b"\0\0\0\x20ftypM4A ", "a.m4a"),
        (b"\x1a\x45\xdf\xa3" + bytes(20), "a.webm"),
    ],
)
def test_as_a_path_a_file_of_any_kind_is_handed_on_as_it_is(head: bytes, name: str) -> None:
    path = Path(preprocess(head, name, type="filepath"))
    assert (path.name, path.read_bytes()) == (name, head)


def test_as_a_path_the_file_may_be_wanted_in_one_format() -> None:
    flac = encoded(tone(), 16_000, format="FLAC")
    path = Path(preprocess(flac, "voice.flac", type="filepath", format="wav"))
    assert (path.name, path.read_bytes()) == ("voice.wav", wav(tone(), 16_000))
    path = Path(preprocess(flac, "voice.flac", type="filepath", format="mp3"))
    assert (path.name, soundfile.info(path).format) == ("voice.mp3", "MP3")
    assert [file.name for file in path.parent.iterdir()] == ["voice.mp3"]
    path = Path(preprocess(tone(), type="filepath", format="flac"))
    assert (path.name, soundfile.read(path, dtype="int16")[0].tolist()) == ("voice.flac", tone().tolist())
    assert Path(preprocess(tone(), type="filepath", format="wav")).read_bytes() == wav(tone())


def test_an_array_may_be_shown_as_flac_and_is_kept_in_a_flag() -> None:
    floats = (tone() / 32768).astype("float32")
    media = postprocess((16_000, floats), format="flac")
    assert (media.name, media.mime) == ("audio.flac", "audio/flac")
    samples, rate = soundfile.read(io.BytesIO(media.read()), dtype="int16")
    assert (rate, samples.tolist()) == (16_000, tone().tolist())
    assert heard(Audio().flag(media))[1].tolist() == floats.tolist()


def test_what_mp3_cannot_say_is_told() -> None:
    assert refused(wav(tone(), 7), type="filepath", format="mp3").startswith("Voice cannot be written as MP3: ")
    assert not_shown((7, tone()), format="mp3").startswith("Voice cannot be written as MP3: ")
    assert not_shown((7, tone()), format="mp3").endswith(" Use Audio(format='wav').")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "voice.wav", "Voice must be a sound file: WAV, MP3, Ogg, FLAC, AIFF, AAC, MP4, WebM."),
        (b"\xff", "voice.mp3", "Voice must be a sound file: WAV, MP3, Ogg, FLAC, AIFF, AAC, MP4, WebM."),
        (b"<svg onload=alert(1)>", "a.wav", "Voice must be a sound file: WAV, MP3, Ogg, FLAC, AIFF, AAC, MP4, WebM."),
    ],
)
@pytest.mark.parametrize("type", ["numpy", "filepath"])
def test_what_is_no_sound_is_refused(type: str, data: bytes, name: str, message: str) -> None:
    assert refused(data, name, type=type) == message


@pytest.mark.parametrize(
    ("head", "name", "suffixed"),
    [
        (wav(tone()), "blob", "blob.wav"),
        (wav(tone()), "voice.mp3", "voice.wav"),
        (wav(tone()), "Interview 3.5", "Interview 3.5.wav"),
        (b"OggS" + bytes(20), "voice.mkv", "voice.mkv.ogg"),
        (b"ID3" + bytes(99), "voice.wav", "voice.mp3"),
        (b"ID3" + bytes(99), "voice.flac", "voice.flac"),
        (b"ID3" + bytes(99), "voice.aac", "voice.aac"),
    ],
)
def test_the_content_says_what_a_file_is_and_how_it_is_named(head: bytes, name: str, suffixed: str) -> None:
    path = Path(preprocess(head, name, type="filepath"))
    assert (path.name, path.read_bytes()) == (suffixed, head)
    assert Audio().postprocess(str(path)).mime.startswith("audio/")
    stored: Any = Audio().flag(HELD[-1])
    assert (stored.suffix, stored.read()) == (path.suffix, head)


def test_a_returned_file_keeps_its_name_in_a_flag(tmp_path: Path) -> None:
    file = tmp_path / "voice.mp3"
    file.write_bytes(wav(tone()))
    returned = postprocess(file)
    assert Audio().flag(returned) is returned


WHOLE = wav(tone(0.01))
DAMAGED = "Voice is a damaged WAV file and cannot be read."


@pytest.mark.parametrize("length", range(12, 44))
def test_a_header_that_is_cut_off_is_refused(length: int) -> None:
    assert refused(WHOLE[:length]) == DAMAGED


@pytest.mark.parametrize("length", [45, 100, len(WHOLE) - 1])
def test_samples_that_are_cut_off_are_refused(length: int) -> None:
    there = length - 44
    assert refused(WHOLE[:length]) == f"Voice is cut off: of its sound, {there} of 160 bytes are there."


@pytest.mark.parametrize(
    "sound",
    [
        riff((b"data", b"\1\0")),
        riff((b"fmt ", fmt()[:14]), (b"data", b"\1\0")),
        riff((b"fmt ", fmt(channels=0)), (b"data", b"\1\0")),
        riff((b"fmt ", fmt(rate=0)), (b"data", b"\1\0")),
        riff((b"fmt ", fmt()[:12] + bytes(4)), (b"data", b"\1\0")),
        riff(*[(b"junk", b"")] * 2000, (b"fmt ", fmt()), (b"data", b"\1\0")),
        riff((b"junk", b""), size=0xFFFFFFFF),
    ],
    ids=["no format", "short format", "no channels", "no rate", "no frames", "chunks without end", "a chunk beyond"],
)
def test_a_header_that_makes_no_sense_is_refused(sound: bytes) -> None:
    assert refused(sound) == DAMAGED


@pytest.mark.parametrize("type", ["numpy", "filepath"])
@pytest.mark.parametrize("more", [(), ((b"LIST", b"INFO"),), ((b"id3 ", bytes(8)), (b"junk", b""))])
def test_a_file_without_samples_is_refused(more: tuple[tuple[bytes, bytes], ...], type: str) -> None:
    sound = riff((b"fmt ", fmt()), (b"data", b""), *more)
    assert refused(sound, type=type, max_length=1) == "Voice has no samples."


@pytest.mark.parametrize("samples", [tone(), numpy.zeros(4, "int16"), numpy.ones(3, "int16")])
def test_samples_are_read_though_the_recorder_did_not_say_how_many(samples: Any) -> None:
    sound = riff((b"fmt ", fmt()), (b"data", b"")) + samples.tobytes()
    assert preprocess(sound)[1].tolist() == samples.tolist()


def test_wav_of_a_coding_that_cannot_be_sought_in_is_decoded() -> None:
    rate, samples = preprocess(encoded(tone(), subtype="GSM610"))
    assert (rate, samples.dtype) == (8000, numpy.int16)
    assert abs(len(samples) - len(tone())) < 400


@given(st.sampled_from(["GSM610", "ULAW", "IMA_ADPCM", "MS_ADPCM"]), st.integers(0, 200), st.integers(0, 255))
def test_a_spoiled_file_is_a_sound_or_refused(subtype: str, place: int, byte: int) -> None:
    sound = bytearray(encoded(tone(0.1), subtype=subtype))
    sound[place] = byte
    with contextlib.suppress(InputError):
        assert preprocess(bytes(sound))[1].dtype == numpy.int16


def test_a_compressed_file_without_samples_is_refused() -> None:
    assert refused(encoded(numpy.zeros(0, "int16"), format="AIFF"), "voice.aiff") == "Voice has no samples."


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("bits", "coding"), [(12, 1), (40, 1), (24, 3), (16, 3), (4, 0x11), (16, 0xFFFE)])
def test_wav_of_an_impossible_coding_is_refused(bits: int, coding: int) -> None:
    head = fmt(coding)[:12] + max(bits // 8, 1).to_bytes(2, "little") + bits.to_bytes(2, "little")
    assert "a WAV file of an unusual coding" in refused(riff((b"fmt ", head), (b"data", bytes(120))))


def test_a_compressed_file_that_is_damaged_is_refused() -> None:
    flac = encoded(tone(9), format="FLAC")
    assert refused(flac[:50], "a.flac") == "Voice is a damaged FLAC file and cannot be read."


def test_a_compressed_file_cannot_unfold_without_end() -> None:
    flac = bytearray(encoded(tone(1), format="FLAC"))
    flac[22:26] = (2**26 + 1).to_bytes(4, "big")  # the number of samples in the header
    assert refused(bytes(flac), "a.flac") == "Voice is too long: it has over 67,108,864 samples."


@pytest.mark.parametrize("value", ["voice.wav", 5, ["voice.wav"], {"path": "abc/voice.wav"}, {"url": "http://a/b.wav"}])
def test_what_was_not_uploaded_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match=r"^Voice must be a sound that was uploaded\.$"):
        Audio(label="Voice").preprocess(value)


@pytest.mark.parametrize("options", [{}, {"type": "filepath"}])
@pytest.mark.parametrize(("kind", "name"), [("WAV", "voice.wav"), ("FLAC", "voice.flac")])
def test_a_sound_may_be_neither_too_short_nor_too_long(kind: str, name: str, options: dict[str, Any]) -> None:
    def sound(seconds: float) -> bytes:
        return encoded(tone(seconds), format=kind)

    bounds = {"min_length": 1, "max_length": 2.5} | options
    preprocess(sound(1), name, **bounds)
    preprocess(sound(2.5), name, **bounds)
    assert refused(sound(0.5), name, **bounds) == "Voice must last at least 1 s; it lasts 0.5 s."
    assert refused(sound(3), name, **bounds) == "Voice must last at most 2.5 s; it lasts 3 s."
    preprocess(sound(0.5), name, max_length=1, **options)
    preprocess(sound(3), name, min_length=1, **options)


def test_a_sound_on_the_disk_is_read_from_there(tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(wav(tone()))
    (tmp_path / "voice.flac").write_bytes(encoded(tone(), format="FLAC"))
    for name in ("voice.wav", "voice.flac"):
        _, samples = Audio().preprocess(postprocess(tmp_path / name))
        assert samples.tolist() == tone().tolist()


@pytest.mark.parametrize("dtype", ["int16", "int32", "float32", "float64", ">i2", ">f8"])
@pytest.mark.parametrize("shape", [(30,), (30, 1), (15, 2), (5, 6), (2, 15)])
def test_an_array_is_stored_to_the_last_bit(dtype: str, shape: tuple[int, ...]) -> None:
    whole = numpy.linspace(-(2**15), 2**15 - 1, 30).reshape(shape)
    samples = (whole / 2**15 if "f" in dtype else whole).astype(dtype)
    rate, got = heard(postprocess((44_100, samples)))
    assert rate == 44_100
    assert (samples[:, 0] if shape == (30, 1) else samples).tolist() == got.tolist()


@pytest.mark.parametrize(("dtype", "zero"), [("uint8", 128), ("int8", 0), ("uint16", 2**15), ("float16", 0)])
def test_types_that_wav_has_not_are_stored_without_loss(dtype: str, zero: int) -> None:
    samples = numpy.array([zero, zero + 5, zero - 5], dtype)
    _, got = heard(postprocess((8000, samples / 16 if dtype == "float16" else samples)))
    unit = {"uint8": 2**24, "int8": 2**24, "uint16": 1, "float16": 1 / 16}[dtype]
    assert got.tolist() == [0, 5 * unit, -5 * unit]


def test_what_is_like_an_array_will_do() -> None:
    assert heard(postprocess((8000, [0.0, 0.5])))[1].tolist() == [0, 0.5]
    assert heard(postprocess([numpy.int64(8000), tone()]))[0] == 8000
    assert heard(postprocess((8000.0, tone())))[0] == 8000
    assert heard(postprocess((8000, tone()[::2])))[1].tolist() == tone()[::2].tolist()


def test_nothing_is_made_louder_or_quieter() -> None:
    for samples in (numpy.array([0.001, -0.001]), numpy.array([1.5, -3.0]), numpy.array([1, -1], "int16")):
        assert heard(postprocess((8000, samples)))[1].tolist() == samples.tolist()


def test_an_odd_number_of_bytes_is_padded() -> None:
    data = postprocess((8000, numpy.array([128, 129, 130], "uint8"))).read()
    assert len(data) == 48
    assert int.from_bytes(data[4:8], "little") == 40
    assert int.from_bytes(data[40:44], "little") == 3


@pytest.mark.parametrize("dtype", ["int32", "float32", "float64"])
def test_what_few_browsers_play_has_a_preview_that_all_do(dtype: str) -> None:
    samples = (tone().astype("float64") / 2**15 * (2**31 if dtype == "int32" else 1)).astype(dtype)
    preview = postprocess((8000, samples)).preview
    assert preview
    assert preview.read() == wav(tone())
    assert preview.weight == 16_000
    assert postprocess((8000, tone())).preview is None
    assert postprocess(encoded(tone(), subtype="ULAW")).preview is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "Voice shows (rate, samples), a path or bytes, but got int 5."),
        ((8000, tone(), 1), "Voice shows (rate, samples), a path or bytes, but got tuple (8000, array("),
        (("8000", tone()), "Voice shows (rate, samples) with the rate in samples a second, but got '8000'."),
        ((True, tone()), "Voice shows (rate, samples) with the rate in samples a second, but got True."),
        ((0, tone()), "Voice shows (rate, samples) with the rate in samples a second, but got 0."),
        ((8000.5, tone()), "Voice shows (rate, samples) with the rate in samples a second, but got 8000.5."),
        ((2**32, tone()), "Voice shows (rate, samples) with the rate in samples a second, but got 4294967296."),
        ((float("nan"), tone()), "Voice shows (rate, samples) with the rate in samples a second, but got nan."),
        ((tone(), 8000), "Voice shows (rate, samples) with the rate in samples a second, but got array("),
        ((8000, 5), "Voice shows arrays of samples, or of samples x channels, but got shape ()."),
        ((8000, numpy.zeros((2, 2, 2))), "Voice shows arrays of samples, or of samples x channels, but got shape (2,"),
        ((8000, []), "Voice got an array without samples, of shape (0,)."),
        ((8000, numpy.zeros((5, 0))), "Voice got an array without samples, of shape (5, 0)."),
        (
            (8000, numpy.zeros((1, 8000), "int16")),
            "Voice shows arrays of samples x channels, but got shape (1, 8000). "
            "If the channels come first, return array.T.",
        ),
        (
            (8000, numpy.zeros((9000, 8192))),
            "Voice shows arrays of samples x channels, but got shape (9000, 8192). "
            "If the channels come first, return array.T.",
        ),
        (
            (8000, [1, 2]),
            "Voice shows samples as int16, int32, uint8, float32 or float64, but got dtype int64. "
            "Return array.astype('int16'), or floats in -1..1.",
        ),
        ((8000, [True]), "Voice shows samples as int16, int32, uint8, float32 or float64, but got dtype bool. "),
        ((8000, ["a"]), "Voice shows samples as int16, int32, uint8, float32 or float64, but got dtype <U1. "),
        (
            (8000, [0.5, -20000.0]),
            "Voice shows floats in -1..1, but got values up to 20000. "
            "Return array / 20000, or array.astype('int16').",
        ),
        ((8000, [0.5, numpy.nan]), "Voice shows floats in -1..1, but got NaN."),
        ((8000, [0.5, -numpy.inf]), "Voice shows floats in -1..1, but got values up to inf."),
        (b"no sound", "Voice shows sound files, but got bytes that are none: b'no sound'."),
        (riff((b"fmt ", fmt()), (b"data", b"")), "Voice has no samples."),
        ("voice.txt", "Voice shows files that end in .wav, .wave, .mp3, "),
        ("ftp://example.org/a.wav", "Voice shows files, but got 'ftp://example.org/a.wav'. Download it first."),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told(value: Any, message: str) -> None:
    assert not_shown(value).startswith(message)


def test_bytes_are_shown_as_what_they_are() -> None:
    for kind, name, mime in (("WAV", "audio.wav", "audio/wav"), ("FLAC", "audio.flac", "audio/flac")):
        data = encoded(tone(), format=kind)
        shown = postprocess(bytearray(data))
        assert (shown.read(), shown.name, shown.mime) == (data, name, mime)


@pytest.mark.parametrize(
    ("name", "mime"),
    [("a.wav", "audio/wav"), ("A.MP3", "audio/mpeg"), ("a.opus", "audio/ogg"), ("a.m4a", "audio/mp4")],
)
def test_a_path_is_shown_as_its_name_says(name: str, mime: str) -> None:
    shown = postprocess(Path(name))
    assert (shown.path, shown.name, shown.mime) == (Path(name), name, mime)


@pytest.mark.parametrize("channels", [1, 2])
def test_mp3_is_for_the_page_and_a_flag_has_every_sample(channels: int) -> None:
    audio = Audio(format="mp3")
    sound = tone(1, 16_000)[:, None].repeat(channels, axis=1)
    shown = audio.postprocess((16_000, sound))
    assert (shown.name, shown.mime) == ("audio.mp3", "audio/mpeg")
    samples, _ = soundfile.read(io.BytesIO(shown.read()), always_2d=True)
    assert abs(samples * 32768 - sound).max() < 700
    assert heard(audio.flag(shown))[1].reshape(-1, channels).tolist() == sound.tolist()


def test_a_flag_keeps_the_file_that_was_sent() -> None:
    flac = uploaded(encoded(tone(), format="FLAC"), "voice.flac")
    assert Audio().flag(flac) is flac
    assert Audio().read_from_flag("a text") is None


def test_the_example_fits_the_bounds() -> None:
    for shortest, longest in itertools.product((None, 0, 0.1, 3), (None, 0.05, 10)):
        if (shortest or 0) <= (longest or 99):
            audio = Audio(min_length=shortest, max_length=longest)
            rate, samples = audio.preprocess(audio.example())
            assert (rate, abs(samples).max()) == (8000, 8000)


def test_audio_comes_from_anywhere_unless_it_is_told_otherwise() -> None:
    assert Audio().sources == ["upload", "microphone"]
    assert Audio(sources="microphone").sources == ["microphone"]
    assert Audio(sources=["microphone", "upload"]).sources == ["microphone", "upload"]
    assert Audio(streaming=True).sources == ["microphone"]
    assert Audio(streaming=True, sources=["microphone"]).streaming


def test_audio_has_what_its_widget_needs() -> None:
    audio = Audio(autoplay=True, loop=True, editable=False, recording=True, playback_position=2.5)
    assert (audio.autoplay, audio.loop, audio.editable, audio.recording, audio.playback_position) == (
        True,
        True,
        False,
        True,
        2.5,
    )
    assert Audio().show_download_button
    assert not Audio(show_download_button=False).show_download_button
    assert not Audio(buttons=["share"]).show_download_button
    assert Audio(buttons=["download"], show_download_button=False).show_download_button


def test_the_waveform_has_options() -> None:
    assert Audio().waveform_options == WaveformOptions()
    assert Audio(waveform_options={"waveform_color": "red"}).waveform_options == WaveformOptions(waveform_color="red")
    assert Audio(waveform_options=WaveformOptions(sample_rate=16_000)).waveform_options.sample_rate == 16_000


def test_the_browser_is_told_what_the_server_reads() -> None:
    assert Audio(type="filepath").readable_suffixes is None
    for options in ({}, {"type": "filepath", "format": "wav"}, {"type": "filepath", "max_length": 3}):
        assert ".mp3" in str(Audio(**options).readable_suffixes)


@pytest.mark.usefixtures("bare")
def test_without_soundfile_that_is_wav_alone() -> None:
    assert Audio().readable_suffixes == ".wav .wave"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "array"}, "Audio got type='array'. Known are: filepath, numpy."),
        ({"type": "file"}, "Audio got type='file'. Did you mean 'filepath'?"),
        ({"format": "ogg"}, "Audio got format='ogg'. Known are: flac, mp3, wav."),
        ({"sources": "mike"}, "Audio got sources='mike'. Known are: microphone, upload."),
        ({"sources": ["upload", "microfone"]}, "Audio got sources='microfone'. Did you mean 'microphone'?"),
        ({"buttons": ["downlod"]}, "Audio got buttons='downlod'. Did you mean 'download'?"),
        (
            {"streaming": True, "sources": ["upload"]},
            "Audio(streaming=True) streams from the microphone alone, but got sources=['upload'].",
        ),
        (
            {"min_length": 3, "max_length": 2},
            "Audio got min_length=3 and max_length=2; expected seconds, the smaller first.",
        ),
        ({"min_length": -1}, "Audio got min_length=-1 and max_length=None; expected seconds, the smaller first."),
        ({"max_length": 0}, "Audio got min_length=None and max_length=0; expected seconds, the smaller first."),
        (
            {"waveform_options": {"waveform_colour": "red"}},
            "Audio got waveform_options with 'waveform_colour'. Did you mean 'waveform_color' or ",
        ),
    ],
)
def test_what_audio_cannot_do_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    assert mistake(**options).startswith(message)


@pytest.mark.usefixtures("bare")
def test_without_soundfile_nobody_writes_mp3() -> None:
    assert mistake(format="mp3") == (
        "Audio(format='mp3') needs an encoder, but soundfile is not installed. "
        "Run: pip install 'minidemo[audio]', or use Audio(format='wav')."
    )


@pytest.mark.usefixtures("bare")
def test_without_numpy_the_author_is_told_what_to_install() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Interface(lambda sound: sound, "audio", "text")
    assert str(caught.value) == (
        "Audio(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
        "Run: pip install 'minidemo[numpy]', or use Audio(type='filepath')."
    )


@pytest.mark.usefixtures("bare")
def test_without_numpy_sounds_still_go_by_their_paths() -> None:
    demo = Interface(lambda path: path, Audio(type="filepath", max_length=2), "audio")
    Path("tone.wav").write_bytes(wav(tone()))
    assert Path(demo("tone.wav")).read_bytes() == wav(tone())


def test_audio_takes_files_and_no_text() -> None:
    assert Audio.takes_files
    assert not Audio().visitor_writes


@pytest.mark.parametrize("name", ["mic", "microphone", "Microphone"])
def test_mic_is_audio_from_the_microphone(name: str) -> None:
    audio = resolve(name)
    assert isinstance(audio, Audio)
    assert audio.sources == ["microphone"]


def test_an_output_is_put_right_with_a_file_of_any_kind_and_length() -> None:
    twin = Audio(value=(8000, tone()), format="mp3", max_length=1, autoplay=True, label="Voice").correction()
    mp3 = encoded(tone(3), format="MP3")
    assert Path(twin.preprocess(uploaded(mp3, "a.mp3"))).read_bytes() == mp3
    assert (twin.label, twin.value, twin.interactive, twin.autoplay, twin.readable_suffixes) == (
        "Voice",
        None,
        True,
        False,
        None,
    )


def test_options_of_the_waveform_may_be_given_by_place() -> None:
    assert WaveformOptions("#111111", "#222222", "#333333", False, 3, 8000).sample_rate == 8000
