"""HighlightedText: text with labelled or scored parts."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeAlias, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import InputError, OutputError
from minidemo.utils.sequences import to_list

Label: TypeAlias = str | int | float | None


class HighlightedText(Component):
    """Text with labelled or scored parts, as of named entity recognition.

    The function gets and returns a list of (text, label); the label of plain text is None, a score is from -1 to 1. It
    may also return {"text": …, "entities": [{"entity": …, "start": …, "end": …}]}. An input is a field in which
    selected text can be labelled.

    Args:
        value: The initial text.
        color_map: Colours by label. Other labels get a colour of a palette.
        show_legend: Whether the labels are listed above the text. By default False.
        show_inline_category: Whether labels stand in the text. By default True.
        combine_adjacent: Whether neighbours with one label are joined, without empty texts. By default False.
        adjacent_separator: Text between joined neighbours. By default empty.
        rtl: Whether the text runs from right to left. By default False.
        show_whitespaces: Whether spaces around the parts are kept. By default True.
    """

    widget: ClassVar = "highlightedtext"
    shortcuts: ClassVar = {"highlight": {}}

    def __init__(
        self,
        value: object = None,
        *,
        color_map: Mapping[str, str] | None = None,
        show_legend: bool = False,
        show_inline_category: bool = True,
        combine_adjacent: bool = False,
        adjacent_separator: str = "",
        rtl: bool = False,
        show_whitespaces: bool = True,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.color_map = dict(color_map or {})
        self.show_legend = show_legend
        self.show_inline_category = show_inline_category
        self.combine_adjacent = combine_adjacent
        self.adjacent_separator = adjacent_separator
        self.rtl = rtl
        self.show_whitespaces = show_whitespaces

    @property
    def colors(self) -> str:
        """The colours of labels as JSON."""
        return json.dumps(self.color_map)

    def schema(self) -> Schema:
        """Return the JSON schema of a list of texts with labels."""
        label = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]}
        properties = {"token": {"type": "string"}, "class_or_confidence": label}
        return _schema.list_of(
            {"type": "object", "properties": properties, "required": ["token", "class_or_confidence"]}
        )

    def example(self) -> Held:
        """Return a name in its sentence."""
        return _wire_pairs([("Ada", "person"), (" was here.", None)])

    def preprocess(self, value: Held) -> list[tuple[str, Label]] | None:
        """Hand on a list of (text, label)."""
        if value is None:
            return None
        try:
            return [self._pair(piece["token"], piece["class_or_confidence"]) for piece in value]
        except (KeyError, TypeError):
            raise InputError(f"{self.title} must be a list of texts with their labels.") from None

    def postprocess(self, value: Any) -> Held:
        """Show (text, label) pairs, or text with its entities."""
        if value is None:
            return None
        pieces = self._cut(value) if isinstance(value, Mapping) else self._pairs(value)
        if not self.show_whitespaces:
            pieces = [(text.strip(), label) for text, label in pieces if text.strip()]
        return _wire_pairs(self._combine(pieces) if self.combine_adjacent else pieces)

    def flag(self, value: Held) -> Cell:
        """Write a list of [text, label] as JSON."""
        if value is None:
            return None
        return _numbers.to_json([[piece["token"], piece["class_or_confidence"]] for piece in value])

    def teaser(self, value: Held) -> str:
        """Return the text without its labels."""
        return "".join(piece["token"] for piece in value or ())

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the list back."""
        return None if cell in ("", None) else _wire_pairs(json.loads(str(cell)))

    def _pair(self, text: object, label: object) -> tuple[str, Label]:
        if not isinstance(text, str) or isinstance(label, bool) or not isinstance(label, Label):
            raise InputError(f"{self.title} must have text with labels that are text, numbers or null.")
        return text, label

    def _pairs(self, value: Any) -> list[tuple[str, Label]]:
        try:
            return [self._display_pair(piece) for piece in value]
        except (TypeError, InputError):
            raise OutputError(f"{self.title} shows a list of (text, label), but got {value!r:.60}.") from None

    def _display_pair(self, piece: Any) -> tuple[str, Label]:
        pair = to_list(piece) or ()
        text, label = pair if len(pair) == 2 else (None, None)
        if not isinstance(text, str):
            raise InputError(f"{self.title} shows text with its label.")
        if label is None or isinstance(label, str):
            return text, label
        return text, _numbers.jsonable(_numbers.parse_returned(label, self.title))

    def _cut(self, value: Mapping[str, Any]) -> list[tuple[str, Label]]:
        """Cut a text at its entities."""
        try:
            pieces = list(_cut(value["text"], value["entities"]))
        except (KeyError, TypeError, ValueError):
            raise OutputError(
                f"{self.title} shows a text and its entities, each with label, start and end, none in another, but got "
                f"{value!r:.60}."
            ) from None
        return self._pairs([piece for piece in pieces if piece[0]])

    def _combine(self, pieces: Sequence[tuple[str, Label]]) -> Iterator[tuple[str, Label]]:
        texts = (piece for piece in pieces if piece[0])
        for label, group in itertools.groupby(texts, key=lambda piece: piece[1]):
            yield self.adjacent_separator.join(text for text, _ in group), label


def _cut(text: str, entities: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    here = 0
    for entity in sorted(entities, key=lambda entity: int(entity["start"])):
        start, end = int(entity["start"]), int(entity["end"])
        if not here <= start <= end <= len(text):
            raise ValueError(f"{start} to {end} is outside of the text, or overlaps.")
        yield text[here:start], None
        yield text[start:end], entity.get("entity") or entity.get("entity_group")
        here = end
    yield text[here:], None


def _wire_pairs(pieces: Any) -> Held:
    return [{"token": text, "class_or_confidence": label} for text, label in pieces]
