"""Button: what is on it, how it looks, and where it leads."""

from pathlib import Path
from typing import Any

import pytest

from minidemo import Button, ClearButton, ConfigurationError, DownloadButton, FlagStore, Interface, UploadButton
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor

LOOKING = [Button, ClearButton, DownloadButton, UploadButton]


def test_a_button_says_run_unless_it_is_told_otherwise() -> None:
    assert Button().initial() == "Run"
    assert Button("Go").initial() == "Go"
    assert Button(lambda: 5).initial() == "5"
    assert Button(None).initial() is None
    assert (Button(None).example(), Button("Go").example()) == ("Run", "Go")


def test_the_function_gets_and_gives_the_text() -> None:
    visitor = Visitor(Interface(lambda text: f"{text}?", Button("Go"), Button()))
    assert visitor.result("Go") == ["Go?"]


def test_what_is_on_a_button_is_not_stored_unless_the_author_wants_it() -> None:
    visitor = Visitor(Interface(lambda a, b: a, [Button("Go"), Button("Stay", flag=True)], Button()))
    visitor.flag(visitor.predict("Go", "Stay").json()["run"])
    [record] = FlagStore("flagged").records()
    assert (record.inputs, record.outputs) == (("Stay",), ())


@pytest.mark.parametrize("kind", LOOKING)
def test_a_button_keeps_its_looks(kind: Any) -> None:
    plain, large = kind(), kind(variant="primary", size="sm")
    assert (plain.variant, plain.size, plain.icon) == ("secondary", "lg", None)
    assert (large.variant, large.size) == ("primary", "sm")
    for variant in ("stop", "huggingface"):
        assert variant in Visitor(Interface(lambda x: None, kind(variant=variant), None)).http.get("/").text


@pytest.mark.parametrize("kind", LOOKING)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"variant": "warning"}, "got variant='warning'. Known are: huggingface, primary, secondary, stop."),
        ({"variant": "Primary"}, "got variant='Primary'. Did you mean 'primary'?"),
        ({"size": "xl"}, "got size='xl'. Known are: lg, md, sm."),
    ],
)
def test_other_looks_are_a_mistake_of_the_author(kind: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        kind(**options)
    assert str(caught.value) == f"{kind.__name__} {message}"


@pytest.mark.parametrize("kind", LOOKING)
@pytest.mark.parametrize("name", ["icon.svg", "icon.PNG"])
def test_an_icon_is_a_part_of_the_page(kind: Any, name: str) -> None:
    path = Path(name)
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>" if name == "icon.svg" else encoded(gradient()))
    mime = {"icon.svg": "image/svg+xml", "icon.PNG": "image/png"}[name]
    for icon in (path, name):
        page = Visitor(Interface(lambda x: None, kind(icon=icon), None)).http.get("/").text
        assert f'src="data:{mime};base64,' in page


@pytest.mark.parametrize("icon", ["missing.png", "https://example.com/a.png", "notes.txt", "huge.png", "."])
def test_what_is_no_small_picture_is_no_icon(icon: str) -> None:
    Path("notes.txt").write_text("x")
    Path("huge.png").write_bytes(b"x" * (64 * 1024 + 1))
    with pytest.raises(ConfigurationError) as caught:
        Button(icon=icon)
    assert str(caught.value) == (
        f"Button got icon={icon!r}; expected the path of a picture "
        "(.svg, .png, .jpg, .jpeg, .gif, .webp) of at most 64 kB."
    )


@pytest.mark.parametrize(
    "link", ["https://example.com/a:b", "HTTP://example.com", "/docs", "docs?a=b:c", "#top", "a/b:c", "?q=:", "//e.com"]
)
def test_a_link_leads_into_the_web(link: str) -> None:
    button = Button(link=link)
    assert (button.link, button.link_target) == (link, "_self")
    page = Visitor(Interface(lambda x: None, Button(link=link, link_target="_blank"), None)).http.get("/").text
    assert 'rel="noopener" target="_blank"' in page


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)"),
        *("\x01javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
        *("mailto:a@b.c", "https:example.com", "http:/x", "blob:x", "view-source:https://e"),
    ],
)
def test_a_link_that_may_do_more_is_a_mistake_of_the_author(link: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Button(link=link)
    assert str(caught.value) == (
        f"Button got link={link!r}; expected an address that begins with http:// or https://, "
        "or one that is relative to the page."
    )


def test_a_link_opens_in_a_place_that_there_is() -> None:
    with pytest.raises(ConfigurationError, match=r"^Button got link_target='blank'\. Did you mean '_blank'\?$"):
        Button(link="/", link_target="blank")  # type: ignore[arg-type]  # the author's mistake


def test_a_button_without_a_text_bears_its_label() -> None:
    page = Visitor(Interface(lambda x: None, Button(None, label="Again"), None)).http.get("/").text
    assert "data-text>Again</span></button>" in page


def test_what_is_on_a_button_is_text() -> None:
    page = Visitor(Interface(lambda x: None, Button("<b>"), None)).http.get("/").text
    assert "data-text>&lt;b&gt;</span></button>" in page
