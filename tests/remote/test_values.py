"""Components and values: what stands for what, and what goes over the wire."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

import minidemo as gr
from tests.components.models import stl
from tests.components.pictures import encoded, gradient
from tests.components.sounds import tone, wav
from tests.components.videos import mp4
from tests.remote.fake import META, Remote, Reply, completed, generating, remote, visitor
from tests.visitor import Visitor

PNG = encoded(gradient())
SENT = {"path": "there/sent.bin", "meta": META}


def file(name: str, **more: Any) -> dict[str, Any]:
    return {"path": f"there/{name}", "orig_name": name, "meta": META, **more}


def holds(app: Remote, **files: bytes) -> None:
    app.routes |= {f"/file=there/{name.replace('_', '.')}": Reply(body=data) for name, data in files.items()}


ECHOED: list[tuple[Any, Any, Any]] = [
    (("textbox", {"lines": 3}), "word", "word"),
    ("number", 5, 5),
    ("number", "NaN", None),
    (("slider", {"minimum": 1, "maximum": 5, "step": 0.5}), 2.5, 2.5),
    ("checkbox", True, True),
    (("radio", {"choices": [["A", 1], ["B", 2]]}), 2, 2),
    (("dropdown", {"choices": ["a", "b"], "multiselect": True}), ["b"], ["b"]),
    (("checkboxgroup", {"choices": ["a", "b"]}), ["b"], ["b"]),
    ("colorpicker", "#102030", "#102030"),
    (("datetime", {"include_time": False}), "2026-01-31", "2026-01-31"),
    (("code", {"language": "python"}), "1 + 1", "1 + 1"),
    ("markdown", "*a*", "*a*"),
    ("html", "<b>a</b>", "<b>a</b>"),
    ("json", {"a": [1, None, {"path": "x"}]}, {"a": [1, None, {"path": "x"}]}),
    ("label", {"label": "cat"}, {"label": "cat"}),
    ("label", None, None),
    ("highlightedtext", None, None),
    ("dataframe", None, None),
    ("image", None, None),
    ("gallery", None, None),
    ("imageeditor", None, None),
    ("video", None, None),
]


@pytest.mark.parametrize(("component", "value", "sent"), ECHOED)
def test_plain_values_are_sent_and_shown_as_they_are(component: Any, value: Any, sent: Any) -> None:
    with remote([component], [component]) as app:
        app.answers(sent)
        demo = gr.load(app.url)
        [shown] = Visitor(demo).result(value)
        assert app.sent() == [sent]
        assert shown == ({"label": "cat", "confidences": None} if sent == {"label": "cat"} else sent)
        given, out = demo.page.components
        name = component if isinstance(component, str) else component[0]
        assert type(given).name() == type(out).name() == name
        assert (given.label, out.label) == (f"{name} 0", f"{name} 1")


def test_tables_go_with_their_headers() -> None:
    table = {"headers": ["x", "y"], "data": [[1, "one"]], "metadata": None}
    with remote([("dataframe", {"headers": ["x", "y"]})], ["dataframe"]) as app:
        app.answers({"headers": ["x", "y"], "data": [[1, "one"]]})
        assert visitor(app).result({"data": [[1, "one"]], "headers": ["x", "y"]}) == [table]
        assert app.sent() == [table]


def test_labels_and_pieces() -> None:
    label = {"label": "cat", "confidences": [{"label": "cat", "confidence": 0.9}, {"label": "dog", "confidence": 0.1}]}
    pieces = [{"token": "Ada", "class_or_confidence": "person"}, {"token": " was", "class_or_confidence": 0.5}]
    with remote(["label", "highlightedtext"], ["label", "highlightedtext"]) as app:
        app.answers(label, pieces)
        assert visitor(app).result(label, pieces) == [label, pieces]
        assert app.sent() == [label, pieces]


MP4 = mp4()
WAV = wav(tone(0.1))
FILES: list[tuple[Any, str, bytes, str]] = [
    ("file", "a.txt", b"hello", "text/plain"),
    ("image", "a.png", PNG, "image/png"),
    ("audio", "a.wav", WAV, "audio/wav"),
    ("video", "a.mp4", MP4, "video/mp4"),
    ("model3d", "a.stl", stl(), "model/stl"),
    ("uploadbutton", "a.txt", b"hello", "text/plain"),
]


@pytest.mark.parametrize(("component", "name", "data", "mime"), FILES)
def test_files_go_there_and_come_back(component: Any, name: str, data: bytes, mime: str) -> None:
    with remote([component], [component]) as app:
        app.routes["/file=there/out%20" + name] = Reply(body=data)
        app.answers(file(f"out {name}", orig_name=name, url="http://elsewhere/never-asked"))
        demo = visitor(app)
        [shown] = demo.result(demo.upload(data, name, mime).json())
        upload = next(each for each in app.asked if each.path == "/upload")
        assert data in upload.body
        assert f'name="files"; filename="{name}"'.encode() in upload.body
        assert app.sent()[0]["path"] == "there/sent.bin"
        assert app.sent()[0]["meta"] == META
        assert demo.download(shown).content == data
        assert shown["orig_name"] == name
        assert app.url not in str(shown)


def test_several_files() -> None:
    with remote([("file", {"file_count": "multiple"})], [("file", {"file_count": "multiple"})]) as app:
        holds(app, a_txt=b"one", b_txt=b"two")
        app.answers([file("a.txt"), file("b.txt", orig_name=None), file("a.txt")])
        demo = visitor(app)
        [shown] = demo.result([demo.upload(b"x", "x.txt", "text/plain").json()] * 2)
        assert [demo.download(each).text for each in shown] == ["one", "two", "one"]
        assert len(app.sent()[0]) == 2
        assert app.paths().count("/file=there/a.txt") == 1


def test_the_file_of_a_download_button() -> None:
    with remote([], ["downloadbutton"]) as app:
        holds(app, a_txt=b"one")
        app.answers(file("a.txt"))
        demo = visitor(app)
        assert demo.download(demo.result()[0]).text == "one"


def test_videos_of_older_apps_have_a_place_for_subtitles() -> None:
    schema = {"type": "object", "properties": {"video": {}, "subtitles": {}}}
    with remote(["video"], ["video"]) as app:
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": [{"type": schema}]}}}
        holds(app, a_mp4=MP4, a_vtt=b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
        app.answers({"video": file("a.mp4"), "subtitles": file("a.vtt")})
        demo = visitor(app)
        [shown] = demo.result(demo.upload(MP4, "a.mp4", "video/mp4").json())
        assert set(app.sent()[0]) == {"video", "subtitles"}
        assert shown["meta"]["subtitles"] is not None
        app.answers({"video": file("a.mp4"), "subtitles": None})
        assert demo.result(None)[0]["meta"].get("subtitles") is None
        assert app.sent() == [None]


def test_galleries() -> None:
    with remote(["gallery"], ["gallery"]) as app:
        holds(app, a_png=PNG, a_mp4=MP4)
        app.answers([{"image": file("a.png"), "caption": "dark"}, {"video": file("a.mp4"), "caption": None}])
        demo = visitor(app)
        sent = [
            {"image": demo.upload(PNG).json(), "caption": "mine"},
            {"video": demo.upload(MP4, "b.mp4", "video/mp4").json(), "caption": None},
        ]
        [shown] = demo.result(sent)
        assert [set(each) for each in app.sent()[0]] == [{"image", "caption"}, {"video", "caption"}]
        assert [each["caption"] for each in app.sent()[0]] == ["mine", None]
        assert demo.download(shown[0]["image"]).content == PNG
        assert demo.download(shown[1]["video"]).content == MP4
        assert [each["caption"] for each in shown] == ["dark", None]


def test_drawings() -> None:
    with remote(["imageeditor"], ["imageeditor"]) as app:
        holds(app, a_png=PNG)
        app.answers({"background": file("a.png"), "layers": [file("a.png")], "composite": file("a.png")})
        demo = visitor(app)
        picture = demo.upload(PNG).json()
        [shown] = demo.result({"background": picture, "layers": [picture], "composite": None})
        assert set(app.sent()[0]) == {"background", "layers", "composite"}
        assert demo.download(shown["background"]).content == PNG
        app.answers({"background": None, "layers": [], "composite": None})
        assert demo.result(None) == [None]


def test_regions_of_a_picture() -> None:
    mask = encoded(gradient(mode="RGBA"))
    with remote([], ["annotatedimage"]) as app:
        holds(app, a_png=PNG, b_png=mask)
        app.answers({"image": file("a.png"), "annotations": [{"image": file("b.png"), "label": "cat"}]})
        demo = visitor(app)
        [shown] = demo.result()
        assert demo.download(shown["image"]).content == PNG
        assert shown["annotations"][0]["label"] == "cat"
        app.answers(None)
        assert demo.result() == [None]


URL = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
FIGURE = {"type": "plotly", "plot": '{"data": [], "layout": {}}'}


def test_figures() -> None:
    with remote([], ["plot"]) as app:
        demo = visitor(app)
        app.answers(FIGURE)
        assert demo.result() == [FIGURE]
        app.answers(None)
        assert demo.result() == [None]
        holds(app, a_png=PNG)
        for plot in (URL, file("a.png")):
            app.answers({"type": "matplotlib", "plot": plot})
            [shown] = demo.result()
            assert demo.download(shown["plot"]).content == PNG


SAID: list[tuple[Any, list[Any]]] = [
    ([["Hi", "Hello"], ["And", None]], [("user", "Hi"), ("assistant", "Hello"), ("user", "And")]),
    ([{"role": "user", "content": "Hi", "metadata": {"title": "T"}}], [("user", "Hi")]),
    ([{"role": "user", "content": [{"type": "text", "text": "Hi"}], "metadata": None}], [("user", "Hi")]),
    ([{"role": "user", "content": None}], [("user", "")]),
    ([{"role": "user", "content": {"component": "plot", "value": 7}}], [("user", '{"component": "plot", "value": 7}')]),
]


@pytest.mark.parametrize(("messages", "said"), SAID)
def test_conversations(messages: Any, said: Any) -> None:
    with remote([], ["chatbot"]) as app:
        app.answers(messages)
        [shown] = visitor(app).result()
        assert [(message["role"], message["content"][0]["text"]) for message in shown] == said


@pytest.mark.parametrize("wrap", [lambda f: f, lambda f: {"type": "file", "file": f}, lambda f: {"value": f}])
def test_files_in_conversations(wrap: Callable[[Any], Any]) -> None:
    with remote([], ["chatbot"]) as app:
        holds(app, a_png=PNG)
        app.answers([{"role": "assistant", "content": [wrap(file("a.png"))]}])
        demo = visitor(app)
        [part] = demo.result()[0][0]["content"]
        assert demo.download(part["file"]).content == PNG
        app.answers(None)
        assert demo.result() == [None]


def test_a_textbox_that_takes_files_takes_text() -> None:
    with remote(["multimodaltextbox"], ["multimodaltextbox"]) as app:
        app.answers({"text": "there", "files": []})
        assert visitor(app).result("here") == ["there"]
        app.answers("plain")
        assert visitor(app).result(None) == ["plain"]
        assert app.sent() == [{"text": "", "files": []}]


def test_what_is_no_text_is_shown_as_json() -> None:
    with remote([], ["textbox"]) as app:
        app.answers({"a": "ü"})
        assert visitor(app).result() == ['{"a": "ü"}']


def test_updates_of_a_component_show_their_value() -> None:
    with remote([], ["textbox", "textbox"]) as app:
        app.answers({"__type__": "update", "value": "new", "lines": 3}, {"__type__": "update", "visible": False})
        assert visitor(app).result() == ["new", None]


def test_streams_of_sound_are_shown_when_they_are_whole() -> None:
    with remote([], ["audio"]) as app:
        holds(app, a_wav=WAV)
        app.says(generating(file("playlist.m3u8", is_stream=True)), completed(file("a.wav")))
        demo = visitor(app)
        assert demo.download(demo.result()[0]).content == WAV


def test_files_are_fetched_anew_only_when_they_are_others() -> None:
    with remote([], ["image", "textbox"]) as app:
        holds(app, a_png=PNG, b_png=PNG)
        app.config["dependencies"][0]["types"] = {"connection": "stream"}
        steps = [generating(file("a.png"), "1"), generating(file("a.png"), "2"), generating(file("b.png"), "3")]
        app.says(*steps, completed(file("b.png"), "4"))
        assert visitor(app).result()[1] == "4"
        assert [path for path in app.paths() if "file=" in path] == ["/file=there/a.png", "/file=there/b.png"]


@pytest.mark.parametrize("kind", ["timer", "chatbot", "plot"])
def test_other_components_are_json_and_say_so(kind: str) -> None:
    with remote([(kind, {"value": {"a": 1}, "info": 7, "label": 7})], ["timer"]) as app:
        app.answers([1])
        demo = gr.load(app.url)
        assert Visitor(demo).result({"a": 2}) == [[1]]
        given, out = demo.page.components
        assert isinstance(given, gr.JSON)
        assert isinstance(out, gr.JSON)
        assert given.info == f"Shown as JSON: there is no {kind} component here."
        assert given.initial() == {"a": 1}
        assert app.sent() == [{"a": 2}]


def test_a_value_that_no_component_takes() -> None:
    with remote([("timer", {"value": "{"})], []) as app:
        assert gr.load(app.url).page.components[0].initial() is None


ODD: list[tuple[str, dict[str, Any], type[gr.Component]]] = [
    ("number", {"value": "many", "minimum": 1}, gr.Number),
    ("slider", {"minimum": 5, "maximum": 1}, gr.Slider),
    ("radio", {"choices": [["A", 1], ["A", 1]]}, gr.JSON),
    ("radio", {"choices": ["a"], "value": "b", "info": []}, gr.Radio),
    ("code", {"language": "klingon"}, gr.Code),
]


@pytest.mark.parametrize(("kind", "props", "component"), ODD)
def test_what_does_not_fit_is_left_out(kind: str, props: dict[str, Any], component: type[gr.Component]) -> None:
    with remote([(kind, props)], []) as app:
        [made] = gr.load(app.url).page.components
        assert type(made) is component
        assert made.label == f"{kind} 0"


def test_what_visitors_do_not_see_is_sent_all_the_same() -> None:
    inputs: list[Any] = [
        ("button", {"value": "Go"}), ("state", {"value": [1]}), "textbox", ("number", {"value": 7, "visible": False})
    ]  # fmt: skip
    with remote(inputs, ["state", "textbox"]) as app:
        app.config["components"][2]["skip_api"] = False
        app.answers(None, "there")
        demo = gr.load(app.url)
        assert Visitor(demo).result("here", 7) == ["there"]
        assert app.sent() == ["Go", None, "here", 7]
        assert [component.visible for component in demo.page.components] == [True, False, True]


def test_parameters_have_the_names_of_the_remote_function() -> None:
    with remote(["textbox"] * 5, []) as app:
        names = ["word", "class", "word", None, "a b"]
        described = [{"parameter_name": name, "label": f"L{i}"} for i, name in enumerate(names)]
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": described}}}
        app.config["components"][0]["props"]["label"] = None
        page = gr.load(app.url).page
        assert page.endpoint(None).input_names == ("word", "param_1", "word_", "param_3", "param_4")
        assert page.components[0].label == "L0"


def test_what_a_page_keeps_to_itself_its_api_may_say() -> None:
    described = [
        {"type": {"enum": ["a", "b"], "type": "string"}, "parameter_default": "b"},
        {"type": {"type": "array", "items": {"enum": ["a", "b"]}}},
        {"type": {"type": "number", "minimum": 1, "maximum": 9}, "parameter_default": 3},
        {"type": {"type": "array", "items": {"type": "object"}}},
        {"type": {"type": "string", "maxLength": 5}},
        {"type": {"type": "array", "items": True}},
    ]
    with remote(["radio", "dropdown", "slider", "file", "textbox", "json"], []) as app:
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": described}}}
        radio, dropdown, slider, files, textbox, _ = gr.load(app.url).page.components
    assert isinstance(radio, gr.Radio)
    assert (radio.choices, radio.initial()) == ([("a", "a"), ("b", "b")], "b")
    assert isinstance(dropdown, gr.Dropdown)
    assert dropdown.multiselect
    assert isinstance(slider, gr.Slider)
    assert (slider.minimum, slider.maximum, slider.initial()) == (1, 9, 3)
    assert isinstance(files, gr.File)
    assert files.file_count == "multiple"
    assert isinstance(textbox, gr.Textbox)
    assert textbox.max_length == 5
