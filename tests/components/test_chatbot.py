"""Chatbot: what is shown of messages, and how."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from minidemo import Chatbot, ConfigurationError, Image, Interface, OutputError
from minidemo.content.media import Media
from tests.visitor import Visitor


@dataclass
class Message:
    """A message as an object."""

    role: str
    content: Any


def texts(returned: Any) -> list[tuple[str, list[Any]]]:
    """Return who says what: texts, or the names of files."""
    held = Chatbot().postprocess(returned)
    return [(m["role"], [p["text"] if "text" in p else p["file"].name for p in m["content"]]) for m in held]


def html(value: Any, **options: Any) -> str:
    """Return the HTML of a value."""
    demo = Interface(lambda: value, None, Chatbot(**options))
    return str(dict(Visitor(demo).events())["result"]["html"]["0"])


def page(component: Chatbot) -> str:
    return Visitor(Interface(lambda x: x, component, "text")).http.get("/").text


@pytest.fixture
def note() -> Path:
    path = Path("note.txt")
    path.write_text("x")
    return path


def test_the_kinds_of_messages() -> None:
    assert texts([{"role": "user", "content": "a"}]) == [("user", ["a"])]
    assert texts([Message("assistant", 5)]) == [("assistant", ["5"])]
    assert texts((("a", "b"), ["c", None], (None, "d"))) == [
        ("user", ["a"]),
        ("assistant", ["b"]),
        ("user", ["c"]),
        ("assistant", ["d"]),
    ]
    assert texts([]) == []


def test_the_kinds_of_content(note: Path) -> None:
    contents = [
        {"path": "note.txt"},
        ("note.txt",),
        ("note.txt", "what it is"),
        note,
        Media.of_path(note),
        {"type": "file", "file": {"path": "note.txt"}},
        [note],
    ]
    for content in contents:
        assert texts([{"role": "user", "content": content}]) == [("user", ["note.txt"])]
    picture = Image(PIL.Image.new("RGB", (2, 2)))
    assert texts([{"role": "user", "content": ["see", picture]}]) == [("user", ["see", "image.png"])]
    assert texts([{"role": "user", "content": [{"type": "text", "text": "a"}, "b"]}]) == [("user", ["a", "b"])]


@pytest.mark.parametrize(
    "returned",
    [
        5,
        "text",
        [5],
        ["ab"],
        [("a", "b", "c", "d")],
        [{"role": "user", "content": b"x"}],
        [("a", "b", "c")],
        [{"role": "robot", "content": "a"}],
        [{}],
    ],
)
def test_what_is_no_conversation_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError, match=r'^Talk shows a list of \{"role", "content"\}, but got '):
        Chatbot(label="Talk").postprocess(returned)


def test_the_function_gets_text_and_paths(note: Path) -> None:
    def look(history: list[dict[str, Any]]) -> str:
        text, file = history[1]["content"]
        return f"{history[0]['content']} {text['text']} {Path(file['file']['path']).read_text()} {len(history[0])}"

    demo = Interface(look, Chatbot([{"role": "user", "content": "a"}]), "text")
    visitor = Visitor(demo)
    uploaded = visitor.upload(note.read_bytes(), "note.txt", "text/plain").json()
    said = [
        {"role": "user", "content": [{"type": "text", "text": "a"}]},
        {"role": "user", "content": [{"type": "text", "text": "b"}, {"type": "file", "file": uploaded}]},
    ]
    assert visitor.result(said) == ["a b x 2"]


def test_messages_are_rendered(note: Path) -> None:
    said: list[Any] = [
        {"role": "user", "content": "*a*\nb"},
        {"role": "user", "content": "<b>", "metadata": {"title": "<i>"}},
        {"role": "assistant", "content": note},
    ]
    shown = html(said)
    assert "<em>a</em><br />" in shown
    assert shown.count('data-role="user"') == 2
    assert shown.count("data-again") == 1
    assert "<p>&lt;b&gt;</p>" in shown
    assert "&lt;i&gt;" in shown
    assert "download>note.txt</a>" in shown
    assert "data-again" not in html(said, group_consecutive_messages=False)
    assert "<p>*a*" not in html(said, render_markdown=False)
    assert 'dir="rtl">*a*\nb</p>' in html(said, render_markdown=False, rtl=True)
    assert "<b>" in html(said, sanitize_html=False)


@pytest.mark.parametrize(
    ("name", "tag"), [("a.png", "<img"), ("a.wav", "<audio"), ("a.mp4", "<video"), ("a.svg", "<a "), ("a", "<a ")]
)
def test_files_are_shown_as_what_they_are(name: str, tag: str) -> None:
    Path(name).write_bytes(b"x")
    assert f"{tag}" in html([{"role": "user", "content": (name,)}])


def test_a_file_from_elsewhere_is_not_shown() -> None:
    visitor = Visitor(Interface(lambda: [{"role": "user", "content": ("https://example.org/a.png",)}], None, Chatbot()))
    assert visitor.predict().status_code == 500


def test_looks() -> None:
    PIL.Image.new("RGB", (2, 2)).save("user.png")
    shown = page(
        Chatbot(avatar_images=("user.png", None), layout="panel", placeholder="*Ask*", height=77, autoscroll=False)
    )
    for part in (
        'data-user="data:image/png;base64,',
        'data-layout="panel"',
        "<em>Ask</em>",
        'height="77px"',
        "data-still",
    ):
        assert part in shown
    assert "data-assistant" not in shown
    assert "data-copies" in page(Chatbot())
    assert "data-copies" not in page(Chatbot(show_copy_button=False))
    assert "data-copy>" not in page(Chatbot(show_copy_all_button=False))
    assert "data-copies" not in page(Chatbot(buttons=["share"]))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layout": "bubbles"}, r"^Chatbot got layout='bubbles'\. Did you mean 'bubble'"),
        ({"buttons": ["coppy"]}, r"^Chatbot got buttons='coppy'\. Did you mean 'copy'"),
        (
            {"avatar_images": ("https://example.org/a.png", None)},
            r"^Chatbot got the avatar 'https:.*; expected the path",
        ),
        ({"avatar_images": (None, __file__)}, r"^Chatbot got the avatar '.*; expected the path of a picture"),
    ],
)
def test_mistakes_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Chatbot(**options)


def test_a_conversation_is_not_corrected() -> None:
    Chatbot().correction()
    demo = Interface(lambda x: (x, x), "text", [Chatbot(), "text"], flagging_correction=True)
    assert Visitor(demo).http.get("/").text.count("<mini-chatbot") == 1


def test_a_long_conversation_is_not_rendered() -> None:
    short = [{"role": "user", "content": "*a*"}, {"role": "assistant", "content": ["b" * 499_900, ("note.txt",)]}]
    Path("note.txt").write_text("x")
    assert "<em>a</em>" in html(short)
    long = html([*short, {"role": "user", "content": "c" * 98}])
    assert "<em>" not in long
    assert '<p class="message-plain" dir="auto">*a*</p>' in long


def test_messages_may_be_objects_of_the_package() -> None:
    returned = [gr.ChatMessage("Hi", role="user"), gr.ChatMessage(content=["a", ("picture.png",)])]
    assert texts(returned) == [("user", ["Hi"]), ("assistant", ["a", "picture.png"])]
    titled = gr.ChatMessage("x", metadata={"title": "Thought"}, options=[{"label": "Yes"}])
    assert "Thought" in html([titled])


def test_visitors_may_change_the_height() -> None:
    assert "resizable" in page(Chatbot(resizable=True))
    assert "resizable" not in page(Chatbot())


def test_a_conversation_of_very_many_texts_is_not_rendered_as_markdown() -> None:
    def conversation(texts: int) -> list[Any]:
        return [{"role": "user", "content": [{"type": "text", "text": "*a*"}] * texts}]

    assert not gr.Chatbot().is_long(conversation(4_800))
    assert gr.Chatbot().is_long(conversation(5_000))
