"""The shapes of the wire: the same in Python and in the browser."""

import inspect
import re
from pathlib import Path

import pytest

from minidemo import schemas

TYPES = (Path(schemas.__file__).parent / "static" / "types.d.ts").read_text()
MODELS = [
    model
    for _, model in inspect.getmembers(schemas, inspect.isclass)
    if issubclass(model, schemas.Shape) and model is not schemas.Shape
]


def interface(name: str) -> dict[str, bool]:
    """Return the fields of a TypeScript interface, and whether each may be left out."""
    found = re.search(rf"^export interface {name} \{{(.*?)^\}}", TYPES, re.DOTALL | re.MULTILINE)
    assert found, f"minidemo/static/types.d.ts has no interface {name}"
    fields = re.findall(r"^  (\w+)(\??):", found[1], re.MULTILINE)
    return {field: mark == "?" for field, mark in fields}


SENT = [model for model in MODELS if model not in (schemas.UploadQuery, schemas.ExamplesQuery)]


@pytest.mark.parametrize("model", SENT, ids=lambda model: model.__name__)
def test_the_browser_knows_the_same_fields(model: type[schemas.Shape]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert set(interface(model.__name__)) == fields


ASKED = [
    schemas.PredictRequest,
    schemas.FlagRequest,
    schemas.UndoRequest,
    schemas.ExampleRequest,
    schemas.LinkRequest,
    schemas.OpenRequest,
]


@pytest.mark.parametrize("model", ASKED, ids=lambda model: model.__name__)
def test_the_browser_may_leave_out_the_same_fields(model: type[schemas.Shape]) -> None:
    optional = {name for name, field in model.model_fields.items() if not field.is_required()}
    assert {name for name, may in interface(model.__name__).items() if may} == optional
