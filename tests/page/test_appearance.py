"""The styles, the script and the tags that an author adds to a page, and what the page's policy allows of them."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.page.on_load import on_load
from tests.visitor import Visitor


def demo(**looks: Any) -> gr.Interface:
    return gr.Interface(lambda x: x, "number", "number", **looks)


def added(made: gr.Interface | gr.TabbedInterface, name: str) -> str | None:
    """Return a file of the author's that the page loads, if it loads it."""
    visitor = Visitor(made)
    found = re.search(rf'(?:href|src)="(static/\w+/{name})"', visitor.http.get("/").text)
    return visitor.http.get(f"/{found[1]}").text if found else None


def policy(made: gr.Interface, address: str = "/") -> dict[str, str]:
    header = Visitor(made).http.get(address).headers["content-security-policy"]
    return {name: sources for name, _, sources in (directive.partition(" ") for directive in header.split("; "))}


def test_a_page_loads_nothing_of_an_author_who_adds_nothing() -> None:
    assert [added(demo(), name) for name in ("author.css", "author.js", "theme.css")] == [None, None, None]


def test_styles_are_a_file_of_the_page() -> None:
    made = demo(css="h1 { color: teal; }")
    assert added(made, "author.css") == "h1 { color: teal; }"
    assert "<style" not in Visitor(made).http.get("/").text
    assert policy(made) == policy(demo())


def test_styles_come_last() -> None:
    html = Visitor(demo(css="h1 {}", theme="soft")).http.get("/").text
    sheets = re.findall(r'rel="stylesheet" href="static/\w+/([^"]+)"', html)
    assert sheets[:2] == ["page.css", "theme.css"]
    assert sheets[-1] == "author.css"


def test_styles_may_lie_in_files() -> None:
    Path("one.css").write_text("a {}")
    Path("two.css").write_text("b {}")
    assert added(demo(css="one.css"), "author.css") == "a {}"
    assert added(demo(css=Path("one.css")), "author.css") == "a {}"
    assert added(demo(css_paths="two.css"), "author.css") == "b {}"
    assert added(demo(css="c {}", css_paths=["one.css", Path("two.css")]), "author.css") == "c {}\na {}\nb {}"


@pytest.mark.parametrize(
    "script",
    [
        "() => { start(); }",
        "async () => start()",
        "x => start(x.y)",
        "function () { start(); }",
        "async function begin(a = {}) { start(`}`); }",
        "// Begin.\n() => { start('}'); }",
        "(a, b = (1)) => start()",
    ],
)
@pytest.mark.parametrize("end", ["", ";", "; // The end.\n"])
def test_a_function_is_called_when_the_page_is_loaded(script: str, end: str) -> None:
    assert added(demo(js=script + end), "author.js") == f"(\n{script}\n)();\n"


@pytest.mark.parametrize(
    "script",
    [
        "start();",
        "function begin() { start(); }\nbegin();",
        "(() => { start(); })();",
        "() => {}\nstart()",
        "() => start(); start();",
        "function broken() {",
    ],
)
def test_another_script_is_run_as_it_is(script: str) -> None:
    assert on_load(script) == script
    assert added(demo(js=script), "author.js") == script


def test_a_script_may_lie_in_a_file() -> None:
    Path("begin.js").write_text("start();")
    assert added(demo(js="begin.js"), "author.js") == "start();"
    assert added(demo(js=True), "author.js") is None


def test_the_tabs_of_a_page_look_like_the_first_of_them_but_for_what_is_said() -> None:
    tabs = gr.TabbedInterface([demo(css="a {}", js="start();"), demo(css="b {}")], ["A", "B"], css="c {}")
    assert (added(tabs, "author.css"), added(tabs, "author.js")) == ("c {}", "start();")


def test_an_app_may_look_otherwise_than_its_page() -> None:
    visitor = Visitor(demo(css="a {}", theme="soft"), css="b {}")
    html = visitor.http.get("/").text
    address = re.findall(r"static/\w+/author\.css", html)[0]
    assert visitor.http.get(f"/{address}").text == "b {}"
    assert "theme.css" in html


def test_tags_stand_in_the_head_as_they_were_written() -> None:
    Path("more.html").write_text('<meta name="author" content="Ada">')
    tags = '<meta name="robots" content="noindex">\n<!-- ours -->\n<link rel="author" href="/humans.txt"/>'
    html = Visitor(demo(head=tags, head_paths=["more.html"])).http.get("/").text
    assert f'{tags}\n<meta name="author" content="Ada">' in html.partition("</head>")[0]


def test_scripts_and_styles_in_tags_are_allowed_by_their_hashes_and_no_others() -> None:
    script, style = "console.log('<b>')", "h1 { color: teal; }"
    allowed = policy(demo(head=f"<script>{script}</script><style>{style}</style>"))
    for directive, text in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert allowed[directive] == f"'self' 'sha256-{digest}'"
    assert "unsafe" not in " ".join(allowed.values())


@pytest.mark.parametrize(
    ("tag", "directives"),
    [
        ('<script src="https://x.example/a.js?v=1"></script>', {"script-src": "https://x.example/a.js"}),
        ('<script src="//x.example/a.js" async></script>', {"script-src": "https://x.example/a.js"}),
        ('<script src="http://x.example:8000/a.js"></script>', {"script-src": "http://x.example:8000/a.js"}),
        ('<script src="/mine.js"></script>', {}),
        ('<link rel="stylesheet" href="https://x.example/a.css">', {"style-src": "https://x.example/a.css"}),
        ('<link rel="icon" href="https://x.example/a.png">', {"img-src": "https://x.example/a.png"}),
        ('<link rel="author" href="https://x.example/">', {}),
        ('<script type="application/ld+json">{"@type": "WebPage"}</script>', {}),
        (
            '<link rel="preconnect" href="https://x.example/a" crossorigin>',
            dict.fromkeys(("connect-src", "font-src", "img-src", "media-src"), "https://x.example"),
        ),
        ('<link rel="manifest" href="https://x.example/m.json">', {"manifest-src": "https://x.example/m.json"}),
    ],
)
def test_what_a_tag_loads_from_another_host_is_allowed_and_nothing_else(tag: str, directives: dict[str, str]) -> None:
    before, after = policy(demo()), policy(demo(head=tag))
    for name, sources in after.items():
        expected = [before.get(name, "'self'"), *([directives[name]] if name in directives else [])]
        assert sources == " ".join(expected)


def test_other_answers_than_the_page_allow_nothing_more() -> None:
    made = demo(head='<script src="https://x.example/a.js"></script>')
    assert policy(made, "/openapi.json") == policy(demo())


@pytest.mark.parametrize(
    ("appearance", "message"),
    [
        ({"css": 5}, "css is 5; expected text, or the path of a file."),
        ({"css": "none.css"}, "css: none.css cannot be read. No such file or directory"),
        ({"css_paths": 5}, "css_paths is 5; expected a path, or a list of paths."),
        ({"head_paths": ["none.html"]}, "head_paths: none.html cannot be read."),
        ({"js": Path("binary.js")}, "js: binary.js cannot be read. It is not text in UTF-8."),
        ({"head": "<div>hello</div>"}, "head has <div>; expected one of <link>, <meta>, <script>, <style>."),
        ({"head": "hello"}, "head has the text 'hello'; expected tags such as <meta> and <script>."),
        ({"head": '<script src="a.js" onload="b()"></script>'}, "head has onload=… on <script>"),
        ({"head": '<script src="https://x.example/;a"></script>'}, "head loads 'https://x.example/;a'; expected an"),
        ({"head": '<script src="ftp://x.example/a"></script>'}, "expected an address that begins with https://"),
        ({"heed": ""}, "Interface got an unknown argument 'heed'. Did you mean 'head'"),
    ],
)
def test_mistakes_are_told_while_the_demo_is_built(appearance: dict[str, Any], message: str) -> None:
    Path("binary.js").write_bytes(b"\xff")
    with pytest.raises(gr.ConfigurationError) as error:
        demo(**appearance)
    assert message in str(error.value)


def test_a_long_line_of_styles_is_no_path() -> None:
    line = "h1 { color: red } " * 100
    assert (
        gr.Interface(str.upper, "text", "text", css=line, head=f"<meta content='{'x' * 300}'>").page.appearance.style
        == line
    )
