"""The shapes of the wire: the same in Python and in the browser."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import minidemo as gr
from minidemo import schemas
from minidemo.schemas.base import RequestShape, Shape
from minidemo.schemas.calls import PredictRequest
from minidemo.schemas.examples import ExampleRequest, ExamplesQuery
from minidemo.schemas.files import UploadQuery
from minidemo.schemas.flags import FlagRequest, UndoRequest
from minidemo.schemas.links import LinkRequest, OpenRequest

TYPES = (Path(gr.__file__).parent / "static" / "types.d.ts").read_text()
MODULES = [import_module(f"minidemo.schemas.{module.name}") for module in pkgutil.iter_modules(schemas.__path__)]
MODELS = [
    model
    for module in MODULES
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, Shape) and model.__module__ == module.__name__ and model not in (Shape, RequestShape)
]


def interface(name: str) -> dict[str, bool]:
    """Return the fields of a TypeScript interface, and whether each may be left out."""
    found = re.search(rf"^export interface {name} \{{(.*?)^\}}", TYPES, re.DOTALL | re.MULTILINE)
    assert found, f"minidemo/static/types.d.ts has no interface {name}"
    fields = re.findall(r"^  (\w+)(\??):", found[1], re.MULTILINE)
    return {field: mark == "?" for field, mark in fields}


SENT = [model for model in MODELS if model not in (UploadQuery, ExamplesQuery)]


@pytest.mark.parametrize("model", SENT, ids=lambda model: model.__name__)
def test_the_browser_knows_the_same_fields(model: type[Shape]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert set(interface(model.__name__)) == fields


ASKED = [
    PredictRequest,
    FlagRequest,
    UndoRequest,
    ExampleRequest,
    LinkRequest,
    OpenRequest,
]


@pytest.mark.parametrize("model", ASKED, ids=lambda model: model.__name__)
def test_the_browser_may_leave_out_the_same_fields(model: type[Shape]) -> None:
    optional = {name for name, field in model.model_fields.items() if not field.is_required()}
    assert {name for name, may in interface(model.__name__).items() if may} == optional
