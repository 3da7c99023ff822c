"""Model3D: files that are what their names say, and whole."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.json_size import MAX_PARTS
from minidemo.content.media import Media
from tests.components import models
from tests.visitor import Visitor


def sent(data: bytes, name: str) -> Media:
    """Return a file as an input holds it after a visitor has sent it."""
    media = Media.of_bytes(data, name)
    media.uploaded = True
    return media


def refusal(data: bytes, name: str) -> str:
    """Return what is said against a file."""
    with pytest.raises(gr.InputError, match=r"^Thing .*\.$") as caught:
        gr.Model3D(label="Thing").preprocess(sent(data, name))
    return caught.value.message


@pytest.mark.parametrize("name", models.MODELS)
def test_the_function_gets_the_path_of_a_copy(name: str) -> None:
    media = sent(models.MODELS[name], name)
    path = gr.Model3D().preprocess(media)
    assert isinstance(path, str)
    assert Path(path).name == name
    assert Path(path).read_bytes() == models.MODELS[name]


def test_an_uploaded_file_is_checked_and_comes_back() -> None:
    visitor = Visitor(gr.Interface(lambda path: path, "model3d", "model3d"))
    stored = visitor.upload(models.glb(), "cube.glb", "model/gltf-binary").json()
    [shown] = visitor.result(stored)
    assert (shown["orig_name"], shown["mime_type"]) == ("cube.glb", "model/gltf-binary")
    assert visitor.download(shown).content == models.glb()
    assert visitor.download(shown).headers["content-disposition"].startswith("attachment")

    false = visitor.upload(b"No model.", "cube.glb", "model/gltf-binary").json()
    answer = visitor.predict(false)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "path is not a GLB file, though its name says so."


def glb_with(**head: Any) -> bytes:
    """Return a GLB file whose head says something else than the truth."""
    data = models.glb()
    magic, version, length, part, kind = struct.unpack_from("<4sIII4s", data)
    said = {"magic": magic, "version": version, "length": length, "part": part, "kind": kind} | head
    return struct.pack("<4sIII4s", *said.values()) + data[20:]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"glTF", "a.glb", "is not a GLB file, though its name says so"),
        (glb_with(magic=b"glTX"), "a.glb", "is not a GLB file, though its name says so"),
        (glb_with(version=1), "a.glb", "is a GLB file of version 1; only version 2 can be read"),
        (glb_with(length=2**32 - 1), "a.glb", "is a damaged or truncated GLB file"),
        (glb_with(part=2**32 - 1), "a.glb", "is a damaged or truncated GLB file"),
        (glb_with(kind=b"BIN\0"), "a.glb", "is a damaged or truncated GLB file"),
        (models.glb()[:-1], "a.glb", "is a damaged or truncated GLB file"),
        (models.packed(b"{", b""), "a.glb", "is not a GLB file: its JSON cannot be read"),
        (b"[" * 100_000, "a.gltf", "is not a glTF file: its JSON cannot be read"),
        (b"\xff\xfe", "a.gltf", "is not a glTF file: its JSON cannot be read"),
        (b"[]", "a.gltf", "is not a glTF file: its JSON names no version of glTF"),
        (b'{"asset": 5}', "a.gltf", "is not a glTF file: its JSON names no version of glTF"),
        (b'{"asset": {"version": 2}}', "a.gltf", "is not a glTF file: its JSON names no version of glTF"),
        (
            models.gltf(images=[{"uri": "../../etc/passwd"}]),
            "a.gltf",
            "must hold all its parts; it names the file '../../etc/passwd'",
        ),
        (
            json.dumps(models.scene(buffers=[{"uri": "http://h/x.bin"}])[0]).encode(),
            "a.GLTF",
            "must hold all its parts; it names the file 'http://h/x.bin'",
        ),
        (b"", "a.obj", "is not an OBJ file, though its name says so"),
        (b"v 1 2 3\n\0", "a.obj", "is not an OBJ file, though its name says so"),
        (b"vn 1 2 3\n", "a.obj", "is not an OBJ file, though its name says so"),
        (b"x" * 200_000, "a.obj", "is not an OBJ file, though its name says so"),
        (b"\n" * 2**20 + b"v 1 2 3\n", "a.obj", "is not an OBJ file, though its name says so"),
        (b"[" + b"[]," * MAX_PARTS + b"0]", "a.gltf", "is too complex: move the vertices from its JSON to its buffers"),
        (models.stl()[:-1], "a.stl", "is a damaged STL file"),
        (b"\1" * 84, "a.stl", "is not a whole STL file, though its name says so"),
        (b"", "a.stl", "is not a whole STL file, though its name says so"),
        (b"solid cube", "a.stl", "is a damaged STL file"),
        (b"", "a.ply", "is not a PLY file, though its name says so"),
        (b"ply\nformat html 1.0\nend_header\n", "a.ply", "is not a PLY file, though its name says so"),
        (b"ply\nformat ascii 1.0\n", "a.ply", "is a damaged PLY file"),
        (b"", "a.splat", "is not a whole .splat file"),
        (b"x" * 33, "a.splat", "is not a whole .splat file"),
        (models.glb(), "a.exe", "must be a 3D model: .glb, .gltf, .obj, .stl, .ply or .splat"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(data: bytes, name: str, reason: str) -> None:
    assert refusal(data, name) == f"Thing {reason}."


def test_a_gltf_whose_lists_are_none_is_left_to_the_page() -> None:
    assert gr.Model3D().preprocess(sent(b'{"asset": {"version": "2.0"}, "buffers": 5, "images": [5]}', "a.gltf"))


@pytest.mark.parametrize("make", [str, Path])
def test_a_path_is_shown(make: Any) -> None:
    Path("cube.STL").write_bytes(models.stl())
    visitor = Visitor(gr.Interface(lambda: make("cube.STL"), None, "model3d"))
    [shown] = visitor.result()
    assert shown["mime_type"] == "model/stl"
    assert visitor.download(shown).content == models.stl()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (5, r"shows the path of a 3D model, but got int 5\."),
        ([], r"shows the path of a 3D model, but got list \[\]\."),
        ("ftp://elsewhere.example/cube.glb", r"shows files, but got 'ftp://"),
        ("https://elsewhere.example/cube", r"must be a 3D model: \.glb, .* or \.splat, but got 'https://"),
        ("cube.png", r"must be a 3D model: \.glb, .* or \.splat, but got 'cube\.png'\."),
    ],
)
def test_anything_else_is_told(value: object, reason: str) -> None:
    with pytest.raises(gr.OutputError, match=f"^Thing {reason}"):
        gr.Model3D(label="Thing").postprocess(value)


def test_what_the_author_set_reaches_the_page() -> None:
    model = gr.Model3D(
        display_mode="wireframe",
        clear_color=(0, 0.5, 1, 1.0),
        camera_position=(90, None, 5.5),
        zoom_speed=2,
        pan_speed=0.5,
        height=500,
    )
    html = Visitor(gr.Interface(lambda: None, None, model)).http.get("/").text
    for part in (
        'data-mode="wireframe"',
        'data-clear="[0, 0.5, 1, 1.0]"',
        'data-camera="[90, null, 5.5]"',
        'data-zoom="2"',
        'data-pan="0.5"',
        'height="500"',
    ):
        assert part in html


def test_without_arguments_the_page_decides() -> None:
    html = Visitor(gr.Interface(lambda x: x, "model3d", "text")).http.get("/").text
    assert 'data-mode="solid"' in html
    assert 'data-camera="[null, null, null]"' in html
    assert "data-clear" not in html


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"Model3D got display_mode='wirefram'\. Did you mean 'wireframe'"):
        gr.Model3D(display_mode="wirefram")  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({"clear_color": (1, 1, 1)}, 4),
        ({"clear_color": (1, 1, None, 1)}, 4),
        ({"clear_color": 5}, 4),
        ({"camera_position": (1, 2)}, 3),
        ({"camera_position": ("a", 1, 2)}, 3),
    ],
)
def test_colours_and_places_are_so_many_numbers(options: dict[str, Any], count: int) -> None:
    (name,) = options
    with pytest.raises(gr.ConfigurationError, match=rf"Model3D got {name}=.*\. Give {count} numbers, as a tuple\."):
        gr.Model3D(**options)
