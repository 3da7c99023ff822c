"""Files of agents: as data: URIs and as ids, never from elsewhere; and pictures and sounds that models see and hear."""

import io
import random
import re
import wave
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from examples.sepia import TONES
from examples.sepia import demo as sepia
from tests.agent import Agent, uri
from tests.components.pictures import encoded, gradient, pixels

URL = re.compile(r"(Image|Audio|Video|File) URL: (http://testserver/file/[\w-]{22}/\S+)")


def name_of(file: Any) -> str:
    """Return the name and the content of a file."""
    return "nothing" if file is None else f"{Path(file).name}: {Path(file).read_text()}"


def reader(**options: Any) -> gr.Interface:
    return gr.Interface(name_of, gr.File(**options), "text")


def noise(side: int) -> PIL.Image.Image:
    """Return a picture that no format makes small."""
    return PIL.Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side))


def test_a_picture_in_and_out() -> None:
    agent = Agent(sepia)
    (kind, mime, data), said = agent.call("sepia", im=uri(encoded(gradient())))
    assert (kind, mime) == ("image", "image/png")
    assert pixels(PIL.Image.open(io.BytesIO(data))) == pixels(gradient().convert("RGB", TONES))
    found = URL.fullmatch(said)
    assert found
    assert found[1] == "Image"
    assert agent.http.get(found[2]).content == data


def test_what_one_tool_gave_another_takes() -> None:
    agent = Agent(sepia)
    _, said = agent.call("sepia", im=uri(encoded(gradient())))
    url = said.removeprefix("Image URL: ")
    place = url.removeprefix("http://testserver/")
    twice = gradient().convert("RGB", TONES).convert("RGB", TONES)
    for name in (url, place, place.removeprefix("file/"), place.split("/")[1]):
        (_, _, data), _ = agent.call("sepia", im=name)
        assert pixels(PIL.Image.open(io.BytesIO(data))) == pixels(twice)


def test_what_was_uploaded_is_taken() -> None:
    agent = Agent(reader())
    file = agent.http.post("/upload", params={"name": "a b.txt"}, content=b"hello").json()
    assert agent.call("name_of", file=file["path"]) == ["a b.txt: hello"]
    assert agent.call("name_of", file=f"http://testserver/{file['url'].replace(' ', '%20')}") == ["a b.txt: hello"]
    assert agent.call("name_of", file=file) == ["a b.txt: hello"]
    assert agent.call("name_of", file=None) == ["nothing"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("data:text/plain;base64,aGk=", "file.txt: hi"),
        ("DATA:text/plain;BASE64,aGk", "file.txt: hi"),
        ("data:text/plain;base64,a%47k%3D", "file.txt: hi"),
        ("data:text/plain;base64,a\n G k=", "file.txt: hi"),
        ("data:text/plain;charset=utf-8,hi%20there", "file.txt: hi there"),
        ("data:text/csv;name=..%2Fa%20b.csv;base64,aGk=", "a b.csv: hi"),
        ("data:text/markdown,hi", "file.md: hi"),
        ("data:,hi", "file: hi"),
        ("data:odd/type,hi", "file: hi"),
    ],
)
def test_data_uris_of_all_kinds(sent: str, says: str) -> None:
    assert Agent(reader()).call("name_of", file=sent) == [says]


@pytest.mark.parametrize("sent", ["data:text/plain;base64", "data:text/plain;base64,!", "data:;base64,a", "data:"])
def test_a_broken_one_is_told(sent: str) -> None:
    assert Agent(reader()).failure("name_of", file=sent).startswith("file is a data: URI that cannot be read.")


def test_one_that_is_too_large_is_told() -> None:
    agent = Agent(reader(), max_file_size=10)
    assert agent.call("name_of", file="data:,0123456789") == ["file: 0123456789"]
    assert agent.failure("name_of", file="data:,0123456789x") == "file is over 10 bytes, which is the limit."


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd",
        "../../etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.png",
        "https://example.org/a.png",
        "http://testserver.evil.example/file/a/b",
        "http://testserver@evil.example/file/a/b",
        "//example.org/a.png",
        "ftp://example.org/a",
        "C:\\a.txt",
        "\\\\host\\share",
        "",
        "\0",
    ],
)
def test_nothing_is_fetched_and_no_path_is_read(place: str) -> None:
    said = Agent(reader()).failure("name_of", file=place)
    assert "no file that was uploaded here. Send it as a data: URI, or by POST http://testserver/upload" in said


@pytest.mark.parametrize("sent", [5, ["data:,a"], {"url": "http://127.0.0.1:9/"}, {"path": "/etc/passwd"}, True])
def test_what_is_no_text_is_refused_by_the_input(sent: Any) -> None:
    assert Agent(reader()).failure("name_of", file=sent)


def test_the_files_of_another_user_are_not_there() -> None:
    ann = Agent(reader(), auth=[("ann", "1"), ("bob", "2")])
    ann.http.post("/login", data={"username": "ann", "password": "1"})
    mine = ann.http.post("/upload", params={"name": "a.txt"}, content=b"mine").json()["path"]
    assert ann.call("name_of", file=mine) == ["a.txt: mine"]
    ann.http.post("/login", data={"username": "bob", "password": "2"})
    assert "no file that was uploaded here" in ann.failure("name_of", file=mine)


def test_a_file_of_the_page_is_what_is_left_out() -> None:
    Path("shown.txt").write_text("shown")
    agent = Agent(gr.Interface(name_of, gr.File("shown.txt"), "text"))
    assert [agent.call("name_of") for _ in range(2)] == [["shown.txt: shown"]] * 2


def test_files_in_lists_and_objects() -> None:
    def tell(files: Any, pictures: Any, talk: Any, drawing: Any) -> str:
        sizes = [picture.size for picture, _ in pictures]
        return f"{[Path(file).name for file in files]} {sizes} {talk[0]['content']} {drawing['background'].size}"

    def name(talk: Any) -> Any:
        return talk

    inputs = [gr.File(file_count="multiple"), gr.Gallery(type="pil"), gr.JSON(), gr.ImageEditor(type="pil")]
    picture = uri(encoded(gradient()))
    [said] = Agent(gr.Interface(tell, inputs, "text")).call(
        "tell",
        files=["data:text/csv,a", "data:text/html,b"],
        pictures=[{"image": picture, "caption": "data:,is no file here"}],
        talk=[{"content": "data:,stays a text"}],
        drawing={"background": picture, "layers": [], "composite": None},
    )
    assert said == "['file.csv', 'file.html'] [(4, 3)] data:,stays a text (4, 3)"
    talk = [{"role": "user", "content": [{"type": "text", "text": "data:,hi"}, {"type": "file", "file": picture}]}]
    parts = Agent(gr.Interface(name, gr.Chatbot(), "json")).call("name", talk=talk)
    assert "data:,hi" in parts[0]


def test_a_gallery_is_json_with_its_pictures() -> None:
    demo = gr.Interface(lambda: [(gradient(), "one"), (gradient(5, 5), "two")], None, gr.Gallery(), api_name="show")
    text, *pictures = Agent(demo).call("show")
    assert text.count('"url":"http://testserver/file/') == 2
    assert [PIL.Image.open(io.BytesIO(data)).size for _, _, data in pictures] == [(4, 3), (5, 5)]


def test_sounds_films_and_other_files() -> None:
    with wave.open("beep.wav", "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(800))
    for name in ("a täble.csv", "star.svg", "broken.png"):
        Path(name).write_text("<svg/>")
    files = ["beep.wav", "a täble.csv", "star.svg", "broken.png"]
    outputs = [gr.Audio(type="filepath"), gr.File(), gr.File(), gr.File()]
    content = Agent(gr.Interface(lambda: files, None, outputs, api_name="all")).call("all")
    assert content[0] == ("audio", "audio/wav", Path("beep.wav").read_bytes())
    kinds = [found[1] for item in content if isinstance(item, str) and (found := URL.fullmatch(item))]
    assert kinds == ["Audio", "File", "Image", "Image"]
    assert len(content) == 5
    assert content[2].endswith("/a%20t%C3%A4ble.csv")


def test_a_large_picture_is_seen_as_on_the_page() -> None:
    demo = gr.Interface(lambda: PIL.Image.new("RGB", (1600, 1200)), None, gr.Image(), api_name="large")
    (_, mime, data), _ = Agent(demo).call("large")
    assert mime == "image/jpeg"
    assert PIL.Image.open(io.BytesIO(data)).size == (1600, 1200)


def test_a_stream_holds_what_clients_read_of_it() -> None:
    agent = Agent(gr.Interface(lambda: noise(500), None, gr.Image(), api_name="noise"))
    (_, mime, data), _ = agent.call("noise")
    assert (mime, len(data) > 640 * 2**10) == ("image/png", True)
    [answer] = agent.followed("noise")
    picture, _ = answer["result"]["content"]
    assert picture["mimeType"] == "image/jpeg"
    assert len(picture["data"]) < 2**20


def test_what_has_no_room_is_told_by_its_address_alone() -> None:
    Path("long.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(9 * 2**20))
    Path("broken.png").write_bytes(bytes(9 * 2**20))
    demo = gr.Interface(lambda: ["long.wav", "broken.png"], None, [gr.File(), gr.File()], api_name="long")
    assert [URL.fullmatch(item)[1] for item in Agent(demo).call("long")] == ["Audio", "Image"]  # type: ignore[index]
