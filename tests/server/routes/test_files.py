"""Files that a function returns by their path."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from minidemo.content.media import OCTETS
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.files import FileStore
from tests.components.sounds import fmt, riff
from tests.visitor import Visitor


def picture(path: Path, colour: str = "tomato") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    PIL.Image.new("RGB", (3, 2), colour).save(path)
    return path


def show(path: object, **options: Any) -> Visitor:
    return Visitor(gr.Interface(lambda text: path or text, "text", "image"), show_error=True, **options)


def message(visitor: Visitor, text: str = "x") -> str:
    response = visitor.predict(text)
    assert response.status_code == 500
    said: str = response.json()["error"]["message"]
    return said


def test_a_file_in_the_working_directory_is_shown() -> None:
    visitor = show(str(picture(Path("out.png")).name))
    [file] = visitor.result("x")
    assert visitor.download(file).content == Path("out.png").read_bytes()


def test_a_file_in_the_temporary_directory_is_shown() -> None:
    with tempfile.TemporaryDirectory() as folder:
        visitor = show(picture(Path(folder) / "out.png"))
        assert visitor.result("x")[0]["orig_name"] == "out.png"


def test_what_was_returned_stays_though_the_file_is_written_anew() -> None:
    path = picture(Path("out.png"), "tomato")
    visitor = show(path)
    [file] = visitor.result("x")
    first = path.read_bytes()
    picture(path, "navy")
    assert visitor.download(file).content == first


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that is neither the working nor the temporary directory."""
    for folder in ("work", "tmp", "elsewhere"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path / "elsewhere"


@pytest.mark.parametrize("name", [".env/key.png", "/usr/share/x.png"])
def test_hidden_files_and_other_places_are_not_shown(elsewhere: Path, name: str) -> None:
    said = message(show(name))
    assert "lies outside the working directory and the temporary directory, or is hidden" in said
    assert "launch(allowed_paths=[…])" in said


def test_the_author_can_allow_a_place(elsewhere: Path) -> None:
    path = picture(elsewhere / "out.png")
    assert "Allow its folder" in message(show(path))
    assert show(path, allowed_paths=[elsewhere]).result("x")[0]["orig_name"] == "out.png"


def test_a_link_does_not_lead_out(elsewhere: Path) -> None:
    Path("link.png").symlink_to(picture(elsewhere / "out.png"))
    assert "Allow its folder" in message(show("link.png"))


def test_a_path_that_the_visitor_typed_is_not_shown() -> None:
    picture(Path("private.png"))
    for text in ("private.png", str(Path("private.png").resolve()), "./private.png"):
        assert "which the visitor typed" in message(show(None), text)


def test_a_path_inside_what_the_visitor_typed_is_not_shown_either() -> None:
    picture(Path("private.png"))
    visitor = Visitor(gr.Interface(lambda value: value["a"][0], "json", "image"), show_error=True)
    response = visitor.predict({"": None, "~nobody-of-that-name/x": 1, "nul\0": "", "a": ["private.png"]})
    assert "which the visitor typed" in response.json()["error"]["message"]


def test_a_path_among_the_authors_choices_is_shown() -> None:
    picture(Path("cat.png"))
    visitor = Visitor(gr.Interface(lambda name: name, gr.Dropdown(["cat.png"]), "image"))
    assert visitor.result("cat.png")[0]["orig_name"] == "cat.png"


def test_a_file_that_is_not_there() -> None:
    assert message(show("missing.png")) == "The function returned the path 'missing.png', but there is no such file."


class Album(gr.Image):
    """Pictures in a list, with a caption in each: what a component may make of files."""

    def preprocess(self, value: list[dict[str, object]]) -> list[dict[str, object]]:
        """Hand on the list as it is."""
        return value

    def postprocess(self, value: list[dict[str, object]] | None) -> list[dict[str, object]]:
        """Show the list as it is, or an empty one."""
        return value or []


def test_files_may_lie_deep_in_a_value() -> None:
    visitor = Visitor(gr.Interface(lambda album: album, Album(), Album(), flagging_mode="never"))
    picture(Path("cat.png"))
    file = visitor.upload(Path("cat.png").read_bytes(), "cat.png").json()
    [album] = visitor.result([{"image": file, "caption": "A cat"}])
    assert (album[0]["caption"], album[0]["image"]["path"]) == ("A cat", file["path"])


def limited(**limits: Any) -> Visitor:
    """Visit a demo that keeps few files."""
    demo = gr.Interface(str.upper, "text", "text")
    return Visitor(demo, app=assemble(demo.page, Settings(), stores=Stores(files=FileStore(**limits))))


def test_old_files_make_room_for_new_ones() -> None:
    visitor = limited(max_files=2)
    files = [visitor.upload(b"x").json() for _ in range(3)]
    assert [visitor.download(file).status_code for file in files] == [404, 200, 200]


def test_a_used_file_outlives_an_unused_one() -> None:
    visitor = limited(max_files=2)
    used, unused = (visitor.upload(b"x").json() for _ in range(2))
    visitor.download(used)
    visitor.upload(b"x")
    assert visitor.download(used).status_code == 200
    assert visitor.download(unused).status_code == 404


def test_files_on_the_disk_go_with_those_who_hold_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    visitor = limited(max_disk=3)
    for _ in range(3):
        visitor.upload(b"xx")
    assert len([path for path in tmp_path.rglob("*/*") if path.is_file()]) == 1


def test_a_temporary_folder_that_was_swept_away_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    visitor = show("x")
    visitor.upload(b"x")
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder, ignore_errors=True)
    assert visitor.upload(b"x").status_code == 201


DATA = bytes(range(256)) * 4


@pytest.fixture(params=["in memory", "on the disk"])
def stored(request: pytest.FixtureRequest) -> tuple[Visitor, str]:
    """A file of 1024 bytes, and its address."""
    if request.param == "on the disk":
        visitor = show("x")
        return visitor, visitor.upload(DATA, "voice.wav", "audio/wav").json()["url"]
    sound = riff((b"fmt ", fmt()), (b"data", DATA[: 1024 - 44]))
    visitor = Visitor(gr.Interface(lambda: sound, None, "audio"))
    return visitor, visitor.result()[0]["url"]


def fetch(stored: tuple[Visitor, str], header: str, **more: str) -> tuple[int, str | None, int]:
    """Ask for a range; return the status, the range that came, and the number of its bytes."""
    visitor, url = stored
    whole = visitor.http.get(f"/{url}")
    assert (whole.status_code, whole.headers["accept-ranges"], len(whole.content)) == (200, "bytes", 1024)
    response = visitor.http.get(f"/{url}", headers={"Range": header} | more)
    place = response.headers.get("content-range")
    if response.status_code == 206:
        first, last = (int(number) for number in str(place).removeprefix("bytes ").partition("/")[0].split("-"))
        assert response.content == whole.content[first : last + 1]
    return response.status_code, place, len(response.content)


@pytest.mark.parametrize(
    ("header", "place", "size"),
    [
        ("bytes=0-", "bytes 0-1023/1024", 1024),
        ("bytes=0-0", "bytes 0-0/1024", 1),
        ("bytes=100-199", "bytes 100-199/1024", 100),
        ("bytes=1000-99999", "bytes 1000-1023/1024", 24),
        ("bytes=1023-", "bytes 1023-1023/1024", 1),
        ("bytes=-1", "bytes 1023-1023/1024", 1),
        ("bytes=-99999", "bytes 0-1023/1024", 1024),
    ],
)
def test_a_player_may_seek(stored: tuple[Visitor, str], header: str, place: str, size: int) -> None:
    assert fetch(stored, header) == (206, place, size)


@pytest.mark.parametrize("header", ["bytes=1024-", "bytes=99999-100000", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_beyond_the_end_is_refused(stored: tuple[Visitor, str], header: str) -> None:
    assert fetch(stored, header) == (416, "bytes */1024", 0)


@pytest.mark.parametrize(
    "header",
    [
        "bytes=",
        "bytes=-",
        "bytes=1--2",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0x0-0x5",
        "bytes= 0-5",
        "bytes=+1-5",
        "bytes=0-5,7-9",
        "bytes=" + ",".join(f"{i}-{i}" for i in range(2001)),
        f"bytes=0-{10**30}",
        f"bytes={10**30}-",
        "bytes=" + "9" * 5000 + "-",
        "items=0-5",
        "0-5",
        "bytes",
    ],
)
def test_an_absurd_range_or_several_get_the_whole_file(stored: tuple[Visitor, str], header: str) -> None:
    assert fetch(stored, header) == (200, None, 1024)


def test_a_range_of_another_version_gets_the_whole_file(stored: tuple[Visitor, str]) -> None:
    assert fetch(stored, "bytes=0-5", **{"If-Range": '"another"'}) == (200, None, 1024)


def test_a_part_is_shown_in_place_as_the_whole_is(stored: tuple[Visitor, str]) -> None:
    visitor, url = stored
    headers = visitor.http.get(f"/{url}", headers={"Range": "bytes=0-9"}).headers
    assert headers["content-type"] == "audio/wav"
    assert headers["content-disposition"].startswith("inline")
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("claimed", "served"),
    [
        ("text/javascript", OCTETS),
        ("application/ecmaScript", OCTETS),
        ("text/css", OCTETS),
        ("text/html", OCTETS),
        ("application/xhtml+xml", OCTETS),
        ("text/xml", OCTETS),
        ("image/svg+xml", "image/svg+xml"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("image/png", "image/png"),
    ],
)
def test_no_visitor_makes_the_server_offer_a_script_or_a_style(claimed: str, served: str) -> None:
    visitor = Visitor(gr.Interface(lambda x: x, gr.File(), "text"))
    sent = visitor.upload(b"alert(1)", "x", claimed).json()
    assert visitor.download(sent).headers["content-type"] == served


def test_players_and_curl_may_ask_for_the_head_alone() -> None:
    for result in (str(picture(Path("out.png"))), PIL.Image.new("RGB", (2, 2))):
        visitor = show(result)
        [file] = visitor.result("x")
        whole = visitor.http.get(f"/file/{file['path']}")
        head = visitor.http.head(f"/file/{file['path']}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.content))
        assert head.headers["content-type"] == "image/png"
        assert visitor.http.head(f"/gradio_api/file={file['path']}").status_code == 200
        assert visitor.http.head("/file/unknown/x.png").status_code == 404
