"""Halves of characters, which UTF-8 cannot hold: an author's text with one is on the page, and no page fails."""

from pathlib import Path
from typing import Any

import minidemo as gr
from tests.components.examples import EXAMPLES
from tests.corpora import HALVES
from tests.visitor import Visitor

HALF = f"Caf\udce9 {''.join(HALVES)}"
"""As Python reads the name of a file that is not UTF-8."""
ALL = [example for examples in EXAMPLES.values() for example in examples]
ADDRESSES = ["/", "/?view=api", "/openapi.json", "/config", "/gradio_api/info"]


def look(demo: gr.Interface | gr.TabbedInterface, **options: Any) -> Visitor:
    """Visit every page of a demo."""
    visitor = Visitor(demo, **options)
    for address in ADDRESSES:
        response = visitor.http.get(address)
        assert response.status_code == 200, (address, response.text)
    assert visitor.http.get("/nowhere", headers={"Accept": "text/html"}).status_code == 404
    assert "Caf?" in visitor.http.get("/").content.decode()
    return visitor


def test_every_component_may_have_one_in_its_texts() -> None:
    texts = {"label": HALF, "info": HALF, "elem_classes": [HALF]}
    inputs, outputs = ([example.make(**texts) for example in ALL] for _ in range(2))
    inputs = [each for each in inputs if not isinstance(each, gr.AnnotatedImage | gr.Plot)]
    look(gr.Interface(lambda *_: None, inputs, outputs, title=HALF))


def test_every_text_of_a_page_may_have_one() -> None:
    inputs = [
        gr.Textbox(value=HALF, placeholder=HALF, label=HALF),
        gr.Textbox(value=lambda: HALF),
        gr.Radio([HALF, (HALF, "b")], value=HALF),
        gr.Dropdown([HALF], multiselect=True, value=[HALF]),
        gr.Dataframe(value=[[HALF]], headers=[HALF]),
        gr.JSON(value={"a": HALF}),
        gr.Markdown(value=f"[{HALF}](https://example.org/{HALF}) `{HALF}` <{HALF}>"),
        gr.HTML(value=f'<a title="{HALF}" href="https://example.org/{HALF}">{HALF}</a>'),
        gr.Label(value={HALF: 0.5}),
        gr.HighlightedText(value=[(HALF, HALF)]),
        gr.Chatbot(value=[{"role": "user", "content": HALF}]),
        gr.State(HALF),
        gr.BrowserState(HALF),
    ]
    demo = gr.Interface(
        lambda *values: values[0],
        inputs,
        gr.Textbox(label=HALF),
        [[HALF, HALF, HALF], ["a", "b", "b"]],
        example_labels=[HALF, "b"],
        title=HALF,
        description=f"# {HALF}",
        article=f"<{HALF}>",
        flagging_options=[HALF, (HALF, "b")],
        flagging_notice=HALF,
        submit_btn=HALF,
        css=f".x::after {{ content: '{HALF}' }}",
        js=f"() => console.log('{HALF}')",
        head=f"<meta name='x' content='{HALF}'><script>'{HALF}'</script>",
    )
    visitor = look(demo)
    assert visitor.http.get(f"{visitor.examples}/0").status_code == 200
    assert visitor.http.get(visitor.examples).status_code == 200
    assert "Caf?" in visitor.http.get("/static/any/author.css").text
    assert "Caf?" in visitor.http.get("/static/any/author.js").text


def test_every_text_of_a_login_may_have_one() -> None:
    demo = gr.Interface(str.upper, "text", "text", title=HALF)
    visitor = Visitor(demo, auth=("ann", "secret"), auth_message=HALF)
    page = visitor.http.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, "Caf?" in page.text) == (401, True)


def test_tabs_may_have_one() -> None:
    demo = gr.Interface(str.upper, "text", "text")
    look(gr.TabbedInterface([demo, gr.Interface(str.lower, "text", "text")], [HALF, "b"], title=HALF))


def test_subtitles_may_have_one() -> None:
    Path("a.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
    held = gr.Video().postprocess((Path("a.mp4"), [{"text": HALF, "timestamp": [0, 1]}]))
    assert b"Caf?" in held.subtitles.read()
