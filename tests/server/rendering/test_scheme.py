"""Light or dark: as the visitor chose on the page or in the address, from the first paint on."""

import re

import pytest

import minidemo as gr
from tests.visitor import Visitor


def chosen(address: str, cookie: str = "") -> tuple[str | None, list[str]]:
    """Return the scheme that a page is served in, and which choices of the menu are shown as made."""
    visitor = Visitor(gr.Interface(lambda x: x, "number", "number"))
    html = visitor.http.get(address, headers={"Cookie": cookie, "Accept": "text/html"}).text
    scheme = re.search(r'<html [^>]*data-theme="([^"]*)"', html)
    return scheme and scheme[1], re.findall(r'<option value="(\w*)" selected', html)


@pytest.mark.parametrize(
    ("address", "cookie", "scheme"),
    [
        ("/", "", None),
        ("/", "minidemo-theme=dark", "dark"),
        ("/", "minidemo-theme=light", "light"),
        ("/", "minidemo-theme=", None),
        ("/", 'minidemo-theme="><script>', None),
        ("/?__theme=dark", "", "dark"),
        ("/?__theme=light", "minidemo-theme=dark", "light"),
        ("/?__theme=system", "minidemo-theme=dark", None),
        ("/?__theme=%22%3E%3Cscript%3E", "", None),
    ],
)
def test_the_page_is_served_in_the_scheme_that_was_chosen(address: str, cookie: str, scheme: str | None) -> None:
    assert chosen(address, cookie) == (scheme, [scheme] if scheme else [])


def test_a_page_about_an_error_is_in_the_same_scheme() -> None:
    assert chosen("/nowhere", "minidemo-theme=dark") == ("dark", [])
