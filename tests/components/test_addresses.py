"""Addresses that a function, `value=` or an example gives: the server downloads them, unless a visitor typed them."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.downloads import Downloads
from minidemo.stores.files import FileStore
from tests.components.models import stl
from tests.components.pictures import encoded, gradient
from tests.components.sounds import tone, wav
from tests.components.videos import mp4
from tests.hosting import Host, hosting
from tests.visitor import Visitor
from tests.watching import watching

PNG = encoded(gradient())
FILES: list[tuple[type[gr.Component], str, bytes, str]] = [
    (gr.Image, "/a.png", PNG, "image/png"),
    (gr.Image, "/picture", PNG, "image/png"),
    (gr.Image, "/a.svg", b"<svg/>", "image/svg+xml"),
    (gr.Audio, "/a.wav", wav(tone(0.1)), "audio/wav"),
    (gr.Audio, "/a?format=wav", wav(tone(0.1)), "application/octet-stream"),
    (gr.Video, "/a.mp4", mp4(), "video/mp4"),
    (gr.File, "/a.csv", b"a,b\n", "text/csv"),
    (gr.Model3D, "/a.stl", stl(), "application/octet-stream"),
    (gr.DownloadButton, "/a.csv", b"a,b\n", "text/csv"),
    (gr.ImageEditor, "/a.png", PNG, "image/png"),
    (gr.AnnotatedImage, "/a.png", PNG, "image/png"),
]


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


def shown(visitor: Visitor, value: Any) -> bytes:
    """Return the content of the first file in a value."""
    nested = value.get("image") or value.get("video") or value.get("background")
    return shown(visitor, nested) if nested else visitor.download(value).content


def failure(visitor: Visitor, *data: Any) -> str:
    """Return what the author reads of a call that fails."""
    response = visitor.predict(*data)
    assert response.status_code == 500
    visitor.flag(response.json()["run"])
    error = [*gr.FlagStore("flagged").records()][-1].error
    assert error is not None
    return error.removeprefix("OutputError: ")


@pytest.mark.parametrize(("component", "path", "data", "mime"), FILES)
def test_a_function_returns_an_address(
    component: type[gr.Component], path: str, data: bytes, mime: str, host: Host
) -> None:
    url = host.holds(path, data, mime)
    returned: Any = (url, []) if component is gr.AnnotatedImage else url
    visitor = Visitor(gr.Interface(lambda: returned, None, component()), allowed_urls=host.url())
    [value] = visitor.result()
    assert shown(visitor, value) == data
    assert url not in str(value)


@pytest.mark.parametrize(("component", "path", "data", "mime"), FILES[:-1])
def test_an_address_is_an_initial_value(
    component: type[gr.Component], path: str, data: bytes, mime: str, host: Host
) -> None:
    url = host.holds(path, data, mime)
    made: gr.Component = component(value=url)
    page = Visitor(gr.Interface(lambda x: x, made, "json"), allowed_urls=[host.url()]).http.get("/").text
    assert host.url() not in page
    assert url.rpartition("/")[2].partition("?")[0] in page


def test_a_gallery_shows_pictures_and_videos_at_addresses(host: Host) -> None:
    picture, video = host.holds("/a", PNG, "image/png"), host.holds("/b.mp4?x", mp4())
    demo = gr.Interface(lambda: [(picture, "A"), video], None, gr.Gallery())
    visitor = Visitor(demo, allowed_urls=host.url())
    [[first, second]] = visitor.result()
    assert (shown(visitor, first), first["caption"]) == (PNG, "A")
    assert second["video"]["mime_type"] == "video/mp4"


WRONG: list[tuple[gr.Component, str, str]] = [
    (
        gr.Image(label="Out"),
        "/a.png",
        "Out must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF. The function returned",
    ),
    (gr.Audio(label="Out"), "/a", "Out must be a sound file: "),
    (gr.Video(label="Out"), "/a", "Out must be a video: MP4, MOV, WebM, MKV, Ogg or AVI. The function returned 'a'."),
    (gr.Model3D(label="Out"), "/a.glb", "Out is not a GLB file, though its name says so."),
]


@pytest.mark.parametrize(("component", "path", "message"), WRONG)
def test_what_is_at_the_address_must_fit(component: gr.Component, path: str, message: str, host: Host) -> None:
    url = host.holds(path, b"<h1>Not found</h1>", "text/html")
    visitor = Visitor(gr.Interface(lambda: url, None, component), allowed_urls=host.url())
    assert failure(visitor).startswith(message)


def test_an_initial_value_that_cannot_be_downloaded_is_told_while_the_app_is_built(host: Host) -> None:
    demo = gr.Interface(lambda x: x, gr.Image(host.url("/none.png"), label="Photo"), "image")
    with pytest.raises(gr.ConfigurationError, match=r"The initial value of Photo .* the status 404"):
        Visitor(demo, allowed_urls=host.url())


def test_regions_are_drawn_on_a_picture_at_an_address(host: Host) -> None:
    url = host.holds("/a.png", PNG)
    demo = gr.Interface(lambda: (url, [((0, 0, 1, 1), "cat")]), None, "annotatedimage")
    (value,) = Visitor(demo, allowed_urls=host.url()).result()
    assert [region["label"] for region in value["annotations"]] == ["cat"]


@pytest.mark.parametrize("typed", ["{}", " {}\n", "look: {} !", "{}?x", "{}.png"])
def test_an_address_that_the_visitor_typed_is_not_asked(typed: str, host: Host) -> None:
    url = host.holds("/a.png", PNG)
    visitor = Visitor(gr.Interface(lambda text: url, "text", "image"), allowed_urls=host.url())
    assert "the visitor typed it" in failure(visitor, typed.format(url))
    assert host.requests == []
    assert shown(visitor, visitor.result("a")[0]) == PNG


def test_an_address_in_a_table_or_json_is_typed_too(host: Host) -> None:
    url = host.holds("/a.png", PNG)
    for kind, value in (("json", {"a": [url]}), ("dataframe", {"headers": ["a"], "data": [[url]]})):
        visitor = Visitor(gr.Interface(lambda value: url, kind, "image"), allowed_urls=host.url())
        assert "the visitor typed it" in failure(visitor, value)
    assert host.requests == []


def test_an_address_among_the_authors_choices_is_asked(host: Host) -> None:
    url = host.holds("/a.png", PNG)
    visitor = Visitor(gr.Interface(lambda url: url, gr.Dropdown([url]), "image"), allowed_urls=host.url())
    assert shown(visitor, visitor.result(url)[0]) == PNG


def test_a_visitor_cannot_name_an_address_for_a_file(host: Host) -> None:
    visitor = Visitor(gr.Interface(lambda x: x, "image", "image"), allowed_urls=host.url())
    url = host.holds("/a.png", PNG)
    for value in (url, {"url": url}, {"path": url}, {"path": url, "url": url}):
        assert visitor.predict(value).status_code == 422
    assert host.requests == []


@pytest.mark.parametrize("allowed", [None, [], ["https://example.org"], "http://"])
def test_this_machine_is_not_asked_unless_it_is_listed(allowed: Any, host: Host) -> None:
    url = host.holds("/a.png", PNG)
    visitor = Visitor(gr.Interface(lambda: url, None, "image"), allowed_urls=allowed)
    with watching("127.0.0.1") as seen:
        assert url in failure(visitor)
    assert not [each for each in seen if each.startswith("socket.connect")]


def test_the_limit_is_that_of_uploads(host: Host) -> None:
    url = host.holds("/a.txt", b"x" * 1001)
    visitor = Visitor(gr.Interface(lambda: url, None, "file"), allowed_urls=host.url(), max_file_size=1000)
    assert "larger than 1,000 bytes, the max_file_size" in failure(visitor)


def test_a_file_that_was_not_taken_leaves_nothing(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    caplog.set_level("CRITICAL", "minidemo")  # pytest keeps what is logged: the error, which has the file
    url = host.holds("/a.png", b"no picture")
    visitor = Visitor(gr.Interface(lambda: url, None, "image"), allowed_urls=host.url())
    assert visitor.predict().status_code == 500
    gc.collect()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock"] == []


def test_an_app_of_ones_own_brings_its_resolver(host: Host) -> None:
    url = host.url("/a.png", "pictures.example")
    host.holds("/a.png", PNG)
    demo = gr.Interface(lambda: url, None, "image")
    stores = Stores(files=FileStore(downloads=Downloads(resolve=lambda *_: ["127.0.0.1"])))
    settings = Settings(allowed_urls=[host.url(host="pictures.example")])
    visitor = Visitor(demo, app=assemble(demo.page, settings, stores=stores))
    assert shown(visitor, visitor.result()[0]) == PNG


def test_a_program_that_calls_the_demo_downloads_from_public_hosts_only(host: Host) -> None:
    url = host.holds("/a.png", PNG)
    with pytest.raises(gr.OutputError, match="its host is not public"):
        gr.Interface(lambda: url, None, "image")()


def photos(examples: list[Any], **options: Any) -> gr.Interface:
    return gr.Interface(lambda im: im.size, gr.Image(type="pil", label="im"), "json", examples, **options)


def test_examples_are_downloaded_when_the_app_is_built(host: Host) -> None:
    Path("c.png").write_bytes(PNG)
    demo = photos([host.holds("/a.png", PNG), host.holds("/b", PNG, "image/png"), "c.png"])
    assert host.requests == []
    for _ in range(2):  # each app has them, and the second does not ask again
        visitor = Visitor(demo, allowed_urls=host.url())
        values = visitor.example(1).json()["values"]
        assert shown(visitor, values["0"]) == PNG
        assert visitor.result(values["0"]) == [[4, 3]]
        assert "b.png" in visitor.http.get("/").text
    assert len(host.requests) == 2


def test_outputs_of_examples_at_addresses_are_cached(host: Host) -> None:
    demo = photos([host.holds("/a.png", PNG)], cache_examples=True)
    visitor = Visitor(demo, allowed_urls=host.url(), quiet=True)
    assert visitor.show(0).json()["data"] == [[4, 3]]


@pytest.mark.parametrize(
    ("body", "reason"), [(None, "the status 404"), (b"no picture", "im must be a picture: PNG, JPEG")]
)
def test_an_example_that_does_not_fit_is_told(body: bytes | None, reason: str, host: Host) -> None:
    if body is not None:
        host.holds("/a.png", body)
    demo = photos([host.url("/a.png")])
    for _ in range(2):
        with pytest.raises(gr.ConfigurationError, match=rf"examples\[0\] does not fit the input 'im'\. .*{reason}"):
            Visitor(demo, allowed_urls=host.url())


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    demo = gr.Interface(lambda x: x, gr.Image("https://example.org/a.png"), "image")
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(gr.ConfigurationError, match=r"httpx2\. Run: pip install 'minidemo\[remote\]'"):
        demo.app  # noqa: B018 - it is built at the first use
