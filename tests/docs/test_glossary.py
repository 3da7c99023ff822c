"""docs/glossary.md has each word that the names of classes are made of, and no word that nobody uses."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import minidemo as gr
from minidemo.themes import THEMES
from tests.pages import DOCS
from tests.sources import Module, modules

ROOT = DOCS.parent
PAGE = DOCS / "glossary.md"
DOMAIN, _, GENERAL = PAGE.read_text(encoding="utf-8").partition("\n## General words\n")
ENTRIES: list[str] = re.findall(r"^- \*\*(.+?)\*\*: [^\n]+\.$", DOMAIN, re.MULTILINE)
GENERAL_WORDS: list[str] = re.findall(r"\w+", GENERAL.strip().rpartition("\n\n")[2])
_PLURAL = re.compile(r"(?<=ss)es$|(?<=sh)es$|(?<!s)s$")
EXPLAINED = {*gr.__all__, *(kind.__name__ for kind in THEMES.values())}
"""Classes with pages of their own: the public names, and the themes."""


def test_each_class_is_made_of_known_words() -> None:
    known = {*words(ENTRIES), *words(GENERAL_WORDS)}
    missing = [f"{place}: {name} ({', '.join(new)})" for place, name in class_names() if (new := unknown(name, known))]
    assert not missing, "Add a line to docs/glossary.md, or a general word at its end:\n" + "\n".join(missing)


def test_each_entry_is_used() -> None:
    used = set(words([*names(), *re.findall(r"\w+", prose())]))
    idle = [entry for entry in ENTRIES if not used.issuperset(words([entry]))]
    assert not idle, (
        f"No class, function, parameter or page uses {', '.join(idle)}. Remove the line from docs/glossary.md."
    )


def test_each_general_word_is_used_and_is_no_entry() -> None:
    used, entries = set(words(name for _, name in class_names())), set(words(ENTRIES))
    idle = [word for word in GENERAL_WORDS if not used.issuperset(words([word])) or entries.issuperset(words([word]))]
    assert not idle, f"No class needs {', '.join(idle)}. Remove it from the general words in docs/glossary.md."


def test_the_entries_are_in_order_and_whole() -> None:
    assert sorted(ENTRIES, key=str.lower) == ENTRIES
    assert len(ENTRIES) == DOMAIN.count("\n- ")
    assert sorted(GENERAL_WORDS, key=str.lower) == GENERAL_WORDS


def unknown(name: str, known: set[str]) -> list[str]:
    return [word for word in split(name) if known.isdisjoint(words([word]))]


def class_names() -> Iterator[tuple[str, str]]:
    for module, node in definitions():
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in EXPLAINED:
            yield module.at(node), node.name


def names() -> Iterator[str]:
    """Yield the names of classes, functions and parameters."""
    for _, node in definitions():
        yield node.name
        yield from (each.arg for each in ast.walk(node) if isinstance(each, ast.arg))


def definitions() -> Iterator[tuple[Module, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module in modules(ROOT):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def prose() -> str:
    pages: list[Path] = [path for path in DOCS.rglob("*.md") if path != PAGE]
    return "\n".join(path.read_text(encoding="utf-8") for path in pages)


def words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of names and texts, in lower case and in the singular."""
    for text in texts:
        for word in split(text):
            yield _PLURAL.sub("", word.lower())


def split(text: str) -> list[str]:
    """Return the words of a name: `CSVLogger` is CSV and Logger."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", text)
