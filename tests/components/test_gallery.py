"""Gallery: what the function gets and may return, and what is stored."""

import json
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import ConfigurationError, FlagStore, Gallery, InputError, Interface, OutputError
from minidemo.content.media import Media
from tests.components.pictures import encoded, gradient, opened, pixels
from tests.components.pictures import uploaded as picture
from tests.components.videos import film, uploaded, webm
from tests.visitor import Visitor


def arguments(*items: tuple[Media, str | None], **options: Any) -> list[tuple[Any, str | None]]:
    """Return what the function gets of some pictures."""
    wire = [{"image": media, "caption": caption} for media, caption in items]
    got = Gallery(label="Shots", **options).preprocess(wire)
    assert got is not None
    return got


def test_the_function_gets_paths_with_captions() -> None:
    upload = picture(encoded(gradient(), "BMP"), "cat.bmp")
    ((path, caption),) = arguments((upload, "A cat"))
    assert caption == "A cat"
    with PIL.Image.open(path) as image:
        assert pixels(image) == pixels(gradient())


def test_the_function_may_get_pillow_images() -> None:
    ((image, caption),) = arguments((picture(gradient(mode="LA")), None), type="pil")
    assert (pixels(image), caption) == (pixels(gradient(mode="LA")), None)


@pytest.mark.parametrize(
    ("mode", "shape"), [("L", (3, 4)), ("RGB", (3, 4, 3)), ("RGBA", (3, 4, 4)), ("LA", (3, 4, 4)), ("P", (3, 4, 3))]
)
def test_the_function_may_get_arrays_of_colours(mode: str, shape: tuple[int, ...]) -> None:
    ((array, _),) = arguments((picture(gradient(mode=mode)), None), type="numpy")
    assert (array.shape, array.dtype) == (shape, numpy.uint8)


@pytest.mark.parametrize("kind", ["filepath", "pil", "numpy"])
def test_a_video_always_is_a_path(kind: Any) -> None:
    upload = uploaded(webm(), "My film.webm")
    got = Gallery(type=kind).preprocess([{"video": upload}])
    assert got is not None
    ((path, caption),) = got
    assert (Path(path).name, Path(path).read_bytes(), caption) == ("My film.webm", webm(), None)


def test_which_picture_is_damaged_is_told() -> None:
    with pytest.raises(InputError, match=r"^Shots \(no\. 2\) is a damaged picture and cannot be read\.$"):
        arguments((picture(gradient()), None), (picture(encoded(gradient())[:50]), None))


@pytest.mark.parametrize(
    ("types", "wire"),
    [
        ("video", [{"image": picture(gradient())}]),
        (["image"], [{"video": uploaded(webm())}]),
        ([".jpg", ".JPEG"], [{"image": picture(gradient())}]),
    ],
)
def test_other_types_than_those_wished_for_are_refused(types: Any, wire: Any) -> None:
    with pytest.raises(InputError, match=r"^Shots takes .* only; no\. 1 is something else\.$"):
        Gallery(label="Shots", file_types=types).preprocess(wire)


def test_types_wished_for_are_taken() -> None:
    component = Gallery(file_types=["video", ".PNG"])
    assert component.accept == "video/*,.png"
    upload = [{"image": picture(gradient())}, {"video": uploaded(webm())}]
    assert len(component.preprocess(upload) or ()) == 2


def test_pictures_of_all_kinds_are_shown_with_their_captions() -> None:
    gradient().save("cat.png")
    film()
    values = [gradient(), (numpy.asarray(gradient()), "An array"), ("cat.png", 5), [Path("film.webm"), None]]
    visitor = Visitor(Interface(lambda: values, None, "gallery"))
    (shown,) = visitor.result()
    assert [item["caption"] for item in shown] == [None, "An array", "5", None]
    assert [next(iter(item)) for item in shown] == ["image", "image", "image", "video"]
    assert [visitor.download(item.get("image") or item["video"]).headers["content-type"] for item in shown] == [
        *("image/webp", "image/webp", "image/png", "video/webm")
    ]


def test_files_of_ours_are_shown_as_they_are() -> None:
    media = [picture(gradient()), uploaded(webm())]
    assert Gallery().postprocess(media) == [
        {"image": media[0], "caption": None},
        {"video": media[1], "caption": None},
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (gradient(), "Shots shows a list of pictures or (picture, caption), but got Image <PIL"),
        ("cat.png", "Shots shows a list of pictures or (picture, caption), but got str 'cat.png'."),
        ([5], "Shots shows NumPy arrays, Pillow images and paths, but one item is int 5."),
        (
            [("a", "b", "c")],
            "Shots shows NumPy arrays, Pillow images and paths, but one item is tuple ('a', 'b', 'c').",
        ),
        (["data:image/png;base64,AA=="], "Shots shows files, but got 'data:image/png;base64,AA=='."),
        (["ftp://example.org/cat.mp4"], "Shots shows files, but got 'ftp://example.org/cat.mp4'."),
        ([numpy.zeros((2, 2, 7))], "Shots shows arrays of H x W, H x W x 3 or H x W x 4, but got shape (2, 2, 7)."),
    ],
)
def test_what_is_no_gallery_is_told_to_the_author(value: Any, message: str) -> None:
    with pytest.raises(OutputError) as caught:
        Gallery(label="Shots").postprocess(value)
    assert str(caught.value).startswith(message)


def test_a_path_that_the_visitor_wrote_as_a_caption_is_not_shown() -> None:
    gradient().save("cat.png")
    visitor = Visitor(Interface(lambda shots: [shots[0][1]], Gallery(), "gallery"))
    file = visitor.upload(encoded(gradient())).json()
    assert visitor.predict([{"image": file, "caption": "cat.png"}]).status_code == 500


def test_a_flag_keeps_every_pixel_of_a_picture_whose_download_does_not() -> None:
    demo = Interface(lambda: [(gradient(40, 30), "A cat"), film()], None, Gallery(format="jpeg"), flagging_dir="flags")
    visitor = Visitor(demo)
    assert visitor.flag(visitor.predict().json()["run"]).status_code == 201
    ((first, second, captions),) = [sorted(path.iterdir()) for path in Path("flags", "Output").iterdir()]
    with PIL.Image.open(first) as image:
        assert pixels(image) == pixels(gradient(40, 30))
    assert second.read_bytes() == webm()
    assert json.loads(captions.read_text()) == ["A cat", None]


def test_a_flag_without_captions_has_no_file_for_them() -> None:
    component = Gallery()
    cell = component.flag(component.postprocess([gradient(), gradient()]))
    assert isinstance(cell, list)
    assert [item.suffix for item in cell] == [".png", ".png"]


def test_a_flag_is_read_back_equal() -> None:
    demo = Interface(lambda x: x, Gallery(type="pil"), Gallery(format="png"), flagging_dir="flags")
    visitor = Visitor(demo)
    picture_file = visitor.upload(encoded(gradient())).json()
    film_file = visitor.upload(webm(), "film", "video/webm").json()
    sent = [{"image": picture_file, "caption": "été, “quoted”"}, {"video": film_file, "caption": None}]
    assert visitor.flag(visitor.predict(sent).json()["run"]).status_code == 201
    (record,) = FlagStore("flags").records()
    for first, second in (*record.inputs, *record.outputs):
        assert (first["caption"], second["caption"]) == ("été, “quoted”", None)
        assert pixels(opened(first["image"])) == pixels(gradient())
        assert second["video"].read() == webm()


def test_an_empty_cell_is_no_gallery_and_an_empty_list_is_one_without_pictures() -> None:
    component = Gallery()
    assert component.read_from_flag("") is None
    assert component.read_from_flag("[]") == []
    assert component.read_from_flag(component.flag([])) == []


def test_a_correction_is_any_gallery() -> None:
    twin = Gallery(label="Shots", type="numpy", columns=5, object_fit="contain", selected_index=1).correction()
    assert (twin.label, twin.type, twin.columns, twin.object_fit) == ("Shots", "pil", 5, "contain")
    assert (twin.interactive, twin.preview) == (True, False)


@pytest.mark.parametrize(
    ("options", "preview"),
    [
        ({}, False),
        ({"preview": True}, True),
        ({"selected_index": 0}, True),
        ({"selected_index": 0, "preview": False}, False),
        ({"preview": True, "allow_preview": False}, False),
    ],
)
def test_one_picture_is_large_where_that_is_wished_for(options: dict[str, Any], preview: bool) -> None:
    assert Gallery(**options).preview is preview


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "numpie"}, r"^Gallery got type='numpie'\. Did you mean .*'numpy'"),
        ({"format": "bmp"}, r"^Gallery got format='bmp'\."),
        ({"file_types": ["image", "audio"]}, r"^Gallery got file_types='audio'\."),
        ({"columns": 0}, r"^Gallery got columns=0; expected a whole number from 1\.$"),
        ({"rows": 1.5}, r"^Gallery got rows=1\.5; expected a whole number from 1\.$"),
        ({"object_fit": "covers"}, r"^Gallery got object_fit='covers'\. Did you mean .*'cover'"),
    ],
)
def test_arguments_that_cannot_work_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Gallery(**options)


def test_without_numpy_the_author_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", {"numpy": None}.__getitem__)
    with pytest.raises(ConfigurationError, match=r"^Gallery\(type='numpy'\) hands NumPy arrays"):
        Interface(lambda x: x, Gallery(type="numpy"), "gallery")
    Interface(lambda x: x, Gallery(), "gallery")


def test_arguments_reach_the_page() -> None:
    film()
    component = Gallery(
        [(gradient(), "A cat"), "film.webm"], columns=3, rows=2, height=400, object_fit="contain", selected_index=1
    )
    output = Gallery(columns=None, allow_preview=False, show_download_button=False)
    page = Visitor(Interface(lambda x: x, component, output)).http.get("/").text
    for part in (
        'data-columns="3" data-rows="2" data-fit="contain" data-edits="" data-large="" data-views="" data-start="1"',
        'height="400"',
        '<img alt="A cat" src="file/',
        '<video preload="metadata" aria-hidden="true" src="file/',
    ):
        assert part in page
    assert page.count("data-views") == page.count(' data-download=""') == 1


def test_an_automatic_height_shows_all_rows() -> None:
    page = Visitor(Interface(lambda: None, None, Gallery(height="auto"))).http.get("/").text
    assert page == Visitor(Interface(lambda: None, None, Gallery())).http.get("/").text


@pytest.mark.parametrize(("kind", "count"), [("pil", 3), ("filepath", 11)])
def test_the_pictures_have_a_limit_of_pixels_together(kind: Any, count: int) -> None:
    data = encoded(PIL.Image.new("1", (9_400, 9_400)))
    pictures = [picture(data) for _ in range(count)]
    with pytest.raises(InputError, match=r"^Shots has too many pixels; the limit is \d+ megapixels in all\.$"):
        Gallery(label="Shots", type=kind).preprocess([{"image": each} for each in pictures])
    assert len(Gallery(type="pil").preprocess([{"image": pictures[0]}] * count) or ()) == count
