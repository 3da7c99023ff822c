"""HTML, tamed."""

import html.parser
import re
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo.content.markdown import render
from minidemo.content.sanitizer import sanitize
from tests.effort import effort, grows_linearly
from tests.expressions import text_of
from tests.xss import XSS


@pytest.mark.parametrize(
    ("html", "tamed"),
    [
        ("a <b>b</b> &amp; c < d", "a <b>b</b> &amp; c &lt; d"),
        ("<p>a<b>b<p>c</b></div>d", "<p>a<b>b<p>c</p></b>d</p>"),
        ("<BR/>a<hr>", "<br>a<hr>"),
        ("<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>", '<svg viewbox="0 0 1 1"><path d="M0 0"></path></svg>'),
        ("<p class=a lang='b' title=\"c&quot;\">", '<p class="a" lang="b" title="c&quot;"></p>'),
        ("<p onclick=a data-endpoint=b aria-label=c hidden>d", '<p aria-label="c">d</p>'),
        ("<p id=toast>", '<p id="user-content-toast"></p>'),
        ("<a href='#a'>b</a>", '<a href="#user-content-a">b</a>'),
        ("<a href=https://c.org>b</a>", '<a href="https://c.org" target="_blank" rel="noopener nofollow">b</a>'),
        ("<a href='java\nscript:a'>b</a><a href='JAVASCRIPT:a'>c</a>", "<a>b</a><a>c</a>"),
        ("<img src=file/1/a.png alt=a><img src=//c.org>", '<img src="file/1/a.png" alt="a">'),
        (
            "<a href=x><img src=//c.org alt='Open <b>'></a>",
            '<a href="x" target="_blank" rel="noopener nofollow">Open &lt;b&gt;</a>',
        ),
        ("<img src=file/../flag><p src=file/1/a.png>", "<p></p>"),
        (
            "<img src='data:image/png;base64,AA=='><img src=data:text/html,a>",
            '<img src="data:image/png;base64,AA==">',
        ),
        (
            "<video poster=file/1/a.png src=file/1/a.mp4 controls>",
            '<video poster="file/1/a.png" src="file/1/a.mp4" controls=""></video>',
        ),
        ("<script>a</script>b<style>c</style>", "b"),
        ("<textarea><b>", ""),
        ("<form><button>a</button></form><x-y>b</x-y><embed>c", "abc"),
        ("a<!-- b -->c<!doctype d><?e?>f<![CDATA[g]]>h</1>", "acfh&lt;/1&gt;"),
        ("<b", "<b></b>"),
        ("<p style='color: red; position: fixed; Margin:0 auto'>", '<p data-style="color: red; margin: 0 auto"></p>'),
        ("<p style='background: url(//c.org); width:1px'>", '<p data-style="width: 1px"></p>'),
        ("<rect fill='url(//c.org)' x=1>", '<rect x="1"></rect>'),
    ],
)
def test_html(html: str, tamed: str) -> None:
    assert sanitize(html) == tamed


@pytest.mark.parametrize("text", XSS)
def test_what_is_tame_stays_as_it_is(text: str) -> None:
    once = sanitize(text.replace("style=", "class="))
    assert sanitize(once) == once


SEGMENTS = st.sampled_from(
    [
        ".",
        "..",
        "%2e",
        "%2E",
        "%2f",
        "%5C",
        "/",
        "\\",
        "?",
        "#",
        "%252e",
        "%00",
        "%",
        "logout",
        "file",
        "a.png",
        ";",
        "é",
    ]
)


@given(st.lists(SEGMENTS, max_size=6).map("".join), st.sampled_from(["img", "audio", "video", "source"]))
def test_a_picture_is_a_published_file_and_no_other_address(rest: str, tag: str) -> None:
    for start in ("file/", "file/1/", "./file/1/", "FILE/1/", "/file/1/", ""):
        for _, name, value in Tags(sanitize(f'<{tag} src="{start}{rest}">') + render(f"![]({start}{rest})")).seen:
            if name == "src":
                parts = urlsplit(urljoin("https://demo.example/root/", value))
                assert re.fullmatch(r"/root/file/[^/]+/[^/]+", unquote(parts.path)), value
                assert (parts.netloc, parts.query, parts.fragment) == ("demo.example", "", "")


@pytest.mark.parametrize("name", ["a.png", "..a", "100%.png", "%C3%A9.png", "é ü.png", "a;b=c&d.png"])
def test_a_published_file_is_a_picture_whatever_its_name(name: str) -> None:
    assert f'src="file/x-_Y/{name.replace(" ", "").replace("&", "&amp;")}"' in sanitize(f'<img src="file/x-_Y/{name}">')


def test_no_tag_is_deeper_than_a_browser_likes() -> None:
    assert sanitize("<b>" * 1000).count("<b>") == 200


@pytest.mark.parametrize(
    "text", ["<b x='", "<a", "<!--", "<?", "<b>", "<b></b>", "</b>", "<script>", "<i a ", "&#", "<p style='a:"]
)
def test_any_text_is_read_in_one_pass(text: str) -> None:
    small, large = (text * (size // len(text)) for size in (40_000, 400_000))
    assert effort(lambda: sanitize(large)) < 40 * effort(lambda: sanitize(small)), (
        "ten times the text is ten times the work"
    )


@pytest.mark.parametrize("value", ["a:{}@", "a:{}", "{}a{}:{}b{}@", "a{}b:c", "a:b{}\\"])
def test_spaces_in_styles_are_read_in_one_pass(value: str) -> None:
    spaces = " " * 200_000
    assert sanitize(f"<p style='{value.format(*[spaces] * 4)}'>") == '<p data-style=""></p>'
    assert sanitize(f"<p style='{spaces}a{spaces}:{spaces}b{spaces};c:d'>") == '<p data-style="a: b; c: d"></p>'


class Tags(html.parser.HTMLParser):
    """Collects the tags and attributes of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [(tag, "", "")] + [(tag, name, value or "") for name, value in attrs]


HARMFUL = {"script", "style", "link", "meta", "base", "iframe", "form", "input", "body", "animate"}


def is_harmful(tag: str, name: str, value: str) -> bool:
    """Tell whether a browser would run, load or send something because of a tag and its attribute."""
    runs = "script:" in value.lower() or value.startswith("data:text/html")
    foreign = "evil" in value and name not in ("title", "alt")
    return tag in HARMFUL or name.startswith("on") or name == "style" or foreign or runs


def harm(text: str) -> list[tuple[str, str, str]]:
    """Return what is harmful in HTML."""
    return [each for each in Tags(text).seen if is_harmful(*each)]


@pytest.mark.parametrize("text", XSS)
def test_hostile_html_is_harmless(text: str) -> None:
    assert harm(sanitize(text)) == []


def test_what_is_harmful_is_found() -> None:
    html = [text for text in XSS if text.startswith("<")]
    assert len([text for text in html if harm(text)]) > 0.8 * len(html) > 80


UNITS = [
    *(
        "<",
        ">",
        "<a",
        "</a",
        "<b ",
        "<p style='",
        "a:",
        ";",
        "{",
        "url(",
        "url ",
        " ",
        "@",
        "&",
        "&#",
        "<!--",
        "--!",
        "<!",
    ),
    *("<?", "<script>", "</script", "<svg", '"', "'", "=", " a=", "/", "<br/>", "src=data:", "href=x", "\n", "\0"),
    *("<a href=//", "\u0301\u0323", "<a href='http://b", "java", ":", "<img src=file/..", "file/"),
]


@pytest.mark.slow
@pytest.mark.parametrize("start", UNITS)
def test_any_pair_of_parts_takes_linear_time(start: str) -> None:
    for unit in UNITS:
        assert grows_linearly(sanitize, partial(text_of, start, unit, "@>"), 1_000)
        assert grows_linearly(sanitize, partial(text_of, "", start + unit, "@>"), 1_000)


@pytest.mark.parametrize("digits", ["9", "0", "9" * 4_300, "9" * 10_000, "0" * 10_000 + "65"])
def test_a_reference_may_have_any_number_of_digits(digits: str) -> None:
    for end in ("", ";"):
        assert sanitize(f"a&#{digits}{end}<b title='&#{digits}{end}'>").endswith("</b>")
