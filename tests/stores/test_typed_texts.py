"""Paths that a visitor typed are recognised, however they are written and however many texts there are."""

import json
import os
from functools import partial
from pathlib import Path

import pytest

from minidemo.content.media import Media
from minidemo.errors import OutputError
from minidemo.stores.files import FileStore
from minidemo.stores.typed_texts import TypedTexts
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
    *("./" * 3_000 + "folder/Private file.txt", "folder" + "/" * 5_000 + "Private file.txt"),
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_path_is_recognised_in_every_spelling(path: Path, text: str) -> None:
    for returned in (path, path.resolve(), Path("link.txt"), Path("way/Private file.txt")):
        for typed in (text, str(Path.cwd() / text.strip())):
            assert TypedTexts(["a", typed]).has_path(returned)


def test_a_path_in_the_home_folder_is_recognised(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.getcwd())
    assert TypedTexts(["~/folder/Private file.txt"]).has_path(path)


def test_whether_the_file_exists_makes_no_difference(path: Path) -> None:
    assert TypedTexts(["folder/missing.txt"]).has_path(Path("folder/missing.txt"))
    assert TypedTexts(["folder/missing.txt"]).has_path(Path("way/missing.txt").resolve())


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
    assert not TypedTexts(texts).has_path(path)


@pytest.mark.parametrize("unit", ["a/", "../", "./", "/", "~", " ", "a"])
def test_a_text_is_looked_through_in_linear_time(path: Path, unit: str) -> None:
    def work(text: str) -> bool:
        return TypedTexts([text]).has_path(path)

    for end in ("Private file.txt", "folder/Private file.txt", "x"):
        assert grows_linearly(work, partial(text_of, "", unit, end), 20_000)
        assert grows_linearly(work, partial(text_of, "", unit, end), 1_500)


def test_many_texts_take_little_longer_than_to_read_them(path: Path) -> None:
    """However many files are returned, and though each text ends as a file does."""
    texts = [f"{i}/Private file.txt" for i in range(5_000)]
    body = json.dumps(texts)
    files = [Media.of_path(path) for _ in range(20)]
    reading = min(effort(partial(json.loads, body)) for _ in range(3))
    assert effort(partial(FileStore().copy_files, files[:1], typed=TypedTexts(texts))) < 800 * reading
    other = [f"{i}/other.txt" for i in range(5_000)]
    assert effort(partial(FileStore().copy_files, files, typed=TypedTexts(other))) < 2_000 * reading


@pytest.mark.parametrize("name", ["Private file.txt", "other.txt"])
def test_many_files_of_one_name_are_not_compared_with_each_text(path: Path, name: str) -> None:
    texts = [f"{i}/{name}" for i in range(2_000)]

    def work(count: int) -> None:
        typed = TypedTexts(texts)
        for _ in range(count):
            typed.has_path(path)

    assert min(effort(partial(work, 21)) for _ in range(5)) < 3 * min(effort(partial(work, 1)) for _ in range(5))


ADDRESS = "https://example.org/a%20b.png"


@pytest.mark.parametrize(
    "text",
    [
        *("https://example.org/a b.png", "  https://example.org/a%20b.png\n", "see https://example.org/a b.png there"),
        *("HTTPS://Example.ORG/A%20B.PNG", "http://example.org/a b.png", "example.org/a b.png", "https://example.org/"),
        *(
            "https://exam\nple.org/a b",
            "https%3A%2F%2Fexample.org%2Fa%20b.png",
            "https://exam\u3000ple.org/a\u2028b.png",
        ),
        *("a\n'https://example.org'\nb", "(https://example.org/a)"),
    ],
)
def test_an_address_that_a_visitor_typed_is_known_again(text: str) -> None:
    assert TypedTexts(["", "cat", text]).has_address(ADDRESS)


OTHERS = ["", "a", "cat", "example.org", "a b.png", "https://", "https://example.com/a b.png"]


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_are_no_addresses(text: str) -> None:
    assert not TypedTexts([text]).has_address(ADDRESS)


def test_many_addresses_take_little_longer_than_one() -> None:
    """However many texts there are, and though each is almost the beginning of one."""
    texts = [f"https://example.com/{i}" for i in range(2_000)]

    def work(count: int) -> None:
        typed = TypedTexts(texts)
        for i in range(count):
            assert not typed.has_address(f"https://example.org/{i}.png")

    assert min(effort(partial(work, 21)) for _ in range(5)) < 3 * min(effort(partial(work, 1)) for _ in range(5))


def test_all_texts_are_looked_through_by_one_rule() -> None:
    """A path and an address are known again wherever a function may have cut them out."""
    for line in ("{}", "a\n{}\nb", "a\r{} ", "'{}',", "\u3000{}"):
        for value in ("folder/Private file.txt", "https://example.org"):
            typed = TypedTexts([line.format(value)])
            assert typed.has_path(Path("folder/Private file.txt")) == (value[0] == "f")
            assert typed.has_address(f"{value}/x") or value[0] == "f"


def test_subtitles_are_checked_as_well(path: Path) -> None:
    video = Media.of_bytes(b"x", "a.mp4")
    video.subtitles = Media.of_path(path)
    with pytest.raises(OutputError, match="which the visitor typed"):
        FileStore().copy_files([video], typed=TypedTexts(["link.txt"]))
