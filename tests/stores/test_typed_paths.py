"""Paths that a visitor typed are recognised, however they are written and however many texts there are."""

import json
import os
from functools import partial
from pathlib import Path

import pytest

from minidemo.content.media import Media
from minidemo.errors import OutputError
from minidemo.stores.files import FileStore
from minidemo.stores.typed_paths import MAX_PATH, by_file_name, is_typed
from tests.effort import effort, grows_linearly
from tests.expressions import text_of


@pytest.fixture
def path() -> Path:
    Path("folder").mkdir()
    file = Path("folder/Private file.txt")
    file.write_text("x")
    Path("link.txt").symlink_to(file)
    Path("way").symlink_to("folder")
    return file


SPELLINGS = [
    *("folder/Private file.txt", "./folder/Private file.txt", "folder//Private file.txt/", "folder/Private file.txt/."),
    *(" folder/Private file.txt\n", "folder/../folder/Private file.txt", "missing/../folder/Private file.txt"),
    *("way/Private file.txt", "link.txt", "./link.txt", " link.txt"),
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_path_is_recognised_in_every_spelling(path: Path, text: str) -> None:
    for returned in (path, path.resolve(), Path("link.txt"), Path("way/Private file.txt")):
        for typed in (text, str(Path.cwd() / text.strip())):
            assert is_typed(returned, by_file_name(["a", typed]))


def test_a_path_in_the_home_folder_is_recognised(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.getcwd())
    assert is_typed(path, by_file_name(["~/folder/Private file.txt"]))


def test_whether_the_file_exists_makes_no_difference(path: Path) -> None:
    assert is_typed(Path("folder/missing.txt"), by_file_name(["folder/missing.txt"]))
    assert is_typed(Path("way/missing.txt").resolve(), by_file_name(["folder/missing.txt"]))


def test_other_texts_are_no_paths(path: Path) -> None:
    texts = [
        "",
        " ",
        "Private file.txt",
        "folder",
        "..",
        "/",
        "nul\0",
        "\ud800",
        "~nobody-of-that-name/x",
        "x" * 10_000,
    ]
    assert not is_typed(path, by_file_name(texts))
    assert "x" * MAX_PATH in by_file_name(["x" * MAX_PATH, "y" * (MAX_PATH + 1)])


@pytest.mark.parametrize("unit", ["a/", "../", "./", "/", "~", " ", "a"])
def test_a_text_is_looked_through_in_linear_time(path: Path, unit: str) -> None:
    def work(text: str) -> bool:
        return is_typed(path, by_file_name([text]))

    for end in ("Private file.txt", "folder/Private file.txt", "x"):
        assert grows_linearly(work, partial(text_of, "", unit, end), 20_000)
        assert grows_linearly(work, partial(text_of, "", unit, end), 1_500)


def test_many_texts_take_little_longer_than_to_read_them(path: Path) -> None:
    """However many files are returned, and though each text ends as a file does."""
    texts = [f"{i}/Private file.txt" for i in range(5_000)]
    body = json.dumps(texts)
    files = [Media.of_path(path) for _ in range(20)]
    reading = min(effort(partial(json.loads, body)) for _ in range(3))
    assert effort(partial(FileStore().copy_files, files[:1], typed=texts)) < 800 * reading
    other = [f"{i}/other.txt" for i in range(5_000)]
    assert effort(partial(FileStore().copy_files, files, typed=other)) < 2_000 * reading


def test_subtitles_are_checked_as_well(path: Path) -> None:
    video = Media.of_bytes(b"x", "a.mp4")
    video.subtitles = Media.of_path(path)
    with pytest.raises(OutputError, match="which the visitor typed"):
        FileStore().copy_files([video], typed=["link.txt"])
