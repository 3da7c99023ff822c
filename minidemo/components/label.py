"""Label: a class, or several with their confidences."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._schema import Schema
from minidemo.components._texts import text_of
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import InputError, OutputError


class Label(Component):
    """The result of a classifier: a label, or {label: confidence}.

    Args:
        value: The initial label or confidences.
        num_top_classes: Number of classes to show. By default all.
        color: CSS colour of the heading. By default that of text.
        show_heading: Whether the best label is a heading. By default True.
    """

    widget: ClassVar = "label"

    def __init__(
        self,
        value: object = None,
        *,
        num_top_classes: int | None = None,
        color: str | None = None,
        show_heading: bool = True,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.num_top_classes = num_top_classes
        self.color = color
        self.show_heading = show_heading

    def schema(self) -> Schema:
        """Return the JSON schema of a label with its confidences."""
        pair = {"type": "object", "properties": {"label": {"type": "string"}, "confidence": {"type": "number"}}}
        properties = {"label": {"type": "string"}, "confidences": {"anyOf": [_schema.list_of(pair), {"type": "null"}]}}
        return {"type": "object", "properties": properties, "required": ["label"]}

    def example(self) -> Held:
        """Return a cat, most likely."""
        return _wire_value([("cat", 0.9), ("dog", 0.1)])

    def preprocess(self, value: Held) -> Any:
        """Hand on {label: confidence}, or a label without confidences."""
        if value is None:
            return None
        try:
            pairs = value.get("confidences")
            if not pairs:
                return self._name(value["label"])
            return {self._name(pair["label"]): _numbers.parse(pair["confidence"], self.title) for pair in pairs}
        except (AttributeError, KeyError, TypeError):
            raise InputError(f"{self.title} must be an object with a label and its confidences.") from None

    def postprocess(self, value: Any) -> Held:
        """Show a label, or the classes with the highest confidences."""
        if value is None:
            return None
        if callable(to_dict := getattr(value, "to_dict", None)):  # a series of pandas
            value = to_dict()
        if not isinstance(value, Mapping):
            return {"label": text_of(value, self.title), "confidences": None}
        top = sorted(self._pairs(value), key=_rank)[: self.num_top_classes]
        return _wire_value(top) if top else None

    def flag(self, value: Held) -> Cell:
        """Write the label, or {label: confidence} as JSON."""
        if value is None:
            return None
        if not value.get("confidences"):
            label: str = value["label"]
            return json.dumps(label, ensure_ascii=False) if label[:1] in ("", "{", '"') else label
        return _numbers.to_json({pair["label"]: pair["confidence"] for pair in value["confidences"]})

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the label or the confidences."""
        if cell in ("", None):
            return None
        text = str(cell)
        value = json.loads(text) if text[:1] in ("{", '"') else text
        return _wire_value(self._pairs(value)) if isinstance(value, dict) else self.postprocess(value)

    def _pairs(self, value: Mapping[Any, Any]) -> list[tuple[str, int | float]]:
        try:
            return [(str(name), _numbers.parse_returned(confidence, self.title)) for name, confidence in value.items()]
        except InputError:
            raise OutputError(f"{self.title} shows {{label: confidence}}, but got {value!r:.60}.") from None

    def _name(self, label: object) -> str:
        if not isinstance(label, str):
            raise InputError(f"{self.title} must have text for its labels.")
        return label


def _rank(pair: tuple[str, int | float]) -> tuple[bool, int | float]:
    """Return the sort key of a class: the highest confidence first, NaN last."""
    confidence = pair[1]
    return (True, 0) if confidence != confidence else (False, -confidence)


def _wire_value(pairs: list[tuple[str, int | float]]) -> Held:
    confidences = [{"label": name, "confidence": _numbers.jsonable(confidence)} for name, confidence in pairs]
    return {"label": pairs[0][0], "confidences": confidences}
