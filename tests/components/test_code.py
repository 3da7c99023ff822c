"""Code: its languages, its size, what is shown."""

from pathlib import Path
from typing import Any

import pytest

from minidemo import Code, ConfigurationError, Interface, OutputError
from tests.visitor import Visitor


def page(component: Code) -> str:
    return Visitor(Interface(lambda x: None, component, "text")).http.get("/").text


def test_text_is_shown_as_it_is() -> None:
    assert Visitor(Interface(lambda x: x, "code", "code")).result("\tif x:\r\n") == ["\tif x:\r\n"]


@pytest.mark.parametrize("returned", [5, ("code.py",), Path("code.py"), b"x"])
def test_what_is_no_text_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError) as caught:
        Code(label="Program").postprocess(returned)
    assert str(caught.value) == f"Program shows text, but got {type(returned).__name__} {returned!r}."


@pytest.mark.parametrize(
    ("language", "grammar", "name"),
    [
        (None, None, "code.txt"),
        ("python", "python", "code.py"),
        ("javascript", "javascript", "code.js"),
        ("sql", "sql", "code.sql"),
        ("sql-pgSQL", "sql", "code.sql"),
    ],
)
def test_languages(language: str | None, grammar: str | None, name: str) -> None:
    code = Code(language=language)
    assert (code.grammar, code.file_name) == (grammar, name)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^Code got language='pyton'\. Did you mean 'python'"):
        Code(language="pyton")


@pytest.mark.parametrize(("lines", "most"), [(0, None), (5, 4), (-1, 3)])
def test_sizes_that_cannot_be(lines: int, most: int | None) -> None:
    with pytest.raises(ConfigurationError, match=f"^Code got lines={lines} and max_lines={most}; expected"):
        Code(lines=lines, max_lines=most)


def test_an_editor_grows_up_to_a_limit() -> None:
    assert 'data-max-lines="30"' in page(Code())
    assert 'data-max-lines="40"' in page(Code(lines=40))
    assert 'data-max-lines="7"' in page(Code(max_lines=7))
    assert 'rows="5"' in page(Code())


def test_an_output_has_room_for_its_lines_and_grows_to_its_maximum() -> None:
    shown = Visitor(Interface(lambda: None, None, [Code(), Code(lines=12), Code(max_lines=6)])).http.get("/").text
    for rows in (5, 12):
        assert f'height="{rows * 1.3125 + 1.5}rem"' in shown
    for most in (20, 6):
        assert f'data-max-lines="{most}"' in shown


def test_looks() -> None:
    shown = page(Code("x <b>", wrap_lines=True, show_line_numbers=False, autocomplete=True, buttons=["copy"]))
    assert 'wrap="soft"' in shown
    assert "data-wrap" in shown
    assert "data-numbers" not in shown
    assert 'data-do="copy"' in shown
    assert 'data-do="download"' not in shown
    assert "x &lt;b&gt;</textarea>" in shown


def test_unknown_buttons_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^Code got buttons='coppy'\. Did you mean 'copy'"):
        Code(buttons=["coppy"])
