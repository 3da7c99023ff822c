"""POST /upload and GET /file/{id}/{name}."""

import io
from pathlib import Path

import PIL.Image
import pytest

import minidemo as gr
from tests.visitor import Visitor


def png(size: tuple[int, int] = (3, 2), colour: str = "tomato") -> bytes:
    file = io.BytesIO()
    PIL.Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def same(im: PIL.Image.Image) -> PIL.Image.Image:
    return im


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(gr.Interface(same, gr.Image(type="pil"), "image"))


def test_a_picture_goes_in_and_comes_out(visitor: Visitor) -> None:
    file = visitor.upload(png(), name="cat.png").json()
    assert (file["orig_name"], file["mime_type"], file["size"]) == ("cat.png", "image/png", len(png()))
    [result] = visitor.result(file)
    response = visitor.download(result)
    assert response.headers["content-type"] == "image/png"
    with PIL.Image.open(io.BytesIO(response.content)) as image:
        assert (image.size, image.getpixel((0, 0))) == ((3, 2), (255, 99, 71))


def test_an_uploaded_file_is_served_as_it_came(visitor: Visitor) -> None:
    response = visitor.download(visitor.upload(png()).json())
    assert response.content == png()
    assert response.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize(
    "mime", ["text/html", "image/svg+xml", "application/pdf", "text/javascript", "text/xml", "x/y"]
)
def test_what_might_hold_a_script_is_a_download_in_a_sandbox(visitor: Visitor, mime: str) -> None:
    response = visitor.download(visitor.upload(b"<script>alert(1)</script>", name="x.html", mime=mime).json())
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_file_belongs_to_the_session_that_sent_it(visitor: Visitor) -> None:
    file = visitor.upload(png()).json()
    visitor.session = "somebody-else"
    response = visitor.predict(file)
    assert response.status_code == 422
    assert response.json()["error"] == {
        "message": "This file is no longer available. Please choose it again.",
        "field": "im",
    }


def test_a_script_without_a_session_can_use_its_files() -> None:
    visitor = Visitor(gr.Interface(same, gr.Image(type="pil"), "image"), session=None)
    [result] = visitor.result(visitor.upload(png()).json())
    assert visitor.download(result).status_code == 200


@pytest.mark.parametrize(
    "value",
    [
        "/etc/passwd",
        {"path": "/etc/passwd"},
        {"path": "../../etc/passwd", "meta": {"_type": "gradio.FileData"}},
        {"path": "http://127.0.0.1:1/x.png", "url": "http://127.0.0.1:1/x.png"},
        {"path": ["/etc/passwd"]},
        {"url": "file:///etc/passwd"},
        [{"path": "/etc/passwd"}],
        5,
    ],
)
def test_a_value_cannot_name_a_place(visitor: Visitor, value: object) -> None:
    response = visitor.predict(value)
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "im"


def test_a_file_over_the_limit_is_refused() -> None:
    visitor = Visitor(gr.Interface(same, gr.Image(type="pil"), "image"), max_file_size=2 * 2**20)
    assert visitor.upload(b"x" * 2 * 2**20).status_code == 201
    response = visitor.upload(b"x" * (2 * 2**20 + 1))
    assert response.status_code == 413
    assert response.json()["error"]["message"] == "The file is over 2 MB, which is the limit."


def test_a_file_that_is_too_long_on_the_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    visitor = Visitor(gr.Interface(same, gr.Image(type="pil"), "image"), max_file_size=2**20)
    response = visitor.http.post("/upload", content=(b"x" * 2**19 for _ in range(5)))
    assert response.status_code == 413
    assert [path for path in tmp_path.rglob("*/*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cat.png", "cat.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\cat.png", "cat.png"),
        ("a\r\nSet-Cookie: x=1", "a__Set-Cookie: x=1"),
        ('"; rm -rf.png', '"; rm -rf.png'),
        ("..", "file"),
        ("", "file"),
        ("ü\u202egnp.exe", "ü_gnp.exe"),
        ("n" * 300 + "." + "p" * 300, "n" * 240),
        ("n" * 300, "n" * 240),
    ],
)
def test_a_name_is_only_a_name(visitor: Visitor, name: str, kept: str) -> None:
    file = visitor.upload(png(), name=name).json()
    assert file["orig_name"] == kept
    assert visitor.download(file).content == png()


def test_a_session_must_look_like_one(visitor: Visitor) -> None:
    visitor.session = "../x"
    assert visitor.upload(png()).status_code == 422


@pytest.mark.parametrize(
    "path", ["/file/unknown/cat.png", "/file/../../etc/passwd", "/file/%2e%2e/%2fetc%2fpasswd", "/file/x"]
)
def test_what_was_never_stored_is_not_found(visitor: Visitor, path: str) -> None:
    assert visitor.http.get(path).status_code == 404


def test_pages_of_other_sites_may_not_look_at_files(visitor: Visitor) -> None:
    file = visitor.upload(png()).json()
    response = visitor.http.get(f"/file/{file['path']}", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 404


def test_a_part_of_a_file(visitor: Visitor) -> None:
    file = visitor.upload(png()).json()
    response = visitor.http.get(f"/file/{file['path']}", headers={"Range": "bytes=1-3"})
    assert (response.status_code, response.content) == (206, b"PNG")


def test_a_large_result_has_a_preview(visitor: Visitor) -> None:
    [result] = visitor.result(visitor.upload(png((3000, 1000))).json())
    preview = visitor.http.get(f"/file/{result['meta']['preview']}")
    assert preview.headers["content-type"] == "image/jpeg"
    with PIL.Image.open(io.BytesIO(preview.content)) as image:
        assert image.size == (2048, 683)


def test_a_picture_that_the_page_starts_with() -> None:
    Path("start.png").write_bytes(png())
    visitor = Visitor(gr.Interface(same, gr.Image("start.png", type="pil"), "image"))
    pages = [visitor.http.get("/").text for _ in range(2)]
    assert "start.png" in pages[0]
    assert pages[0] == pages[1], "the file is taken in once, not for each visitor"


def test_a_picture_to_start_with_that_is_not_there() -> None:
    demo = gr.Interface(same, gr.Image("missing.png", type="pil"), "image")
    with pytest.raises(gr.ConfigurationError, match=r"initial value of im cannot be shown\. .*'missing\.png'"):
        Visitor(demo)


def test_a_picture_may_be_asked_for_each_visitor() -> None:
    Path("start.png").write_bytes(png())
    visitor = Visitor(gr.Interface(same, gr.Image(lambda: "start.png", type="pil"), "image"))
    assert "start.png" in visitor.http.get("/").text


@pytest.mark.parametrize("mime", ["image/png\x01", "image/png\x7f", "image/\xe9", "x" * 5_000 + "/y", "image"])
def test_a_type_that_no_header_can_hold_is_that_of_the_name(visitor: Visitor, mime: str) -> None:
    file = visitor.http.post("/upload?name=cat.png", content=png(), headers={b"Content-Type": mime.encode("latin-1")})
    assert file.json()["mime_type"] == "image/png"
    response = visitor.download(file.json())
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
