"""OpenAPI: bodies by reference, so that no model is compiled before a request for it."""

import json
from typing import Any, cast

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import Route

from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import VisitorError
from minidemo.page.page import Page
from minidemo.schemas.calls import CancelResponse, ErrorResponse, PredictRequest, PredictResponse
from minidemo.schemas.examples import ExampleRequest, ExampleResponse
from minidemo.schemas.files import FileData
from minidemo.schemas.flags import FlagRequest, FlagResponse, UndoRequest, UndoResponse
from minidemo.server.wire.responses import STATUS, encode

MODELS = (
    FileData,
    PredictRequest,
    PredictResponse,
    CancelResponse,
    ErrorResponse,
    ExampleRequest,
    ExampleResponse,
    FlagRequest,
    FlagResponse,
    UndoRequest,
    UndoResponse,
)
BYTES = {"requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
_REF = "#/components/schemas/{model}"


class App(FastAPI):
    """A FastAPI application with the schemas of the wire in its OpenAPI document."""

    def setup(self) -> None:
        """Add the routes of the documentation, to which the app's dependencies apply."""
        count = len(self.router.routes)
        super().setup()
        added = cast("list[Route]", self.router.routes[count:])
        del self.router.routes[count:]
        for route in added:
            self.add_api_route(route.path, route.endpoint, methods=["GET", "HEAD"], include_in_schema=False)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        document = super().openapi()
        _, definitions = models_json_schema([(model, "serialization") for model in MODELS], ref_template=_REF)
        document.setdefault("components", {}).setdefault("schemas", {}).update(definitions["$defs"])
        page: Page = self.state.minidemo.page
        content = document["paths"]["/predict"]["post"]["requestBody"]["content"]["application/json"]
        content["examples"] = {
            endpoint.name: _example(endpoint) for endpoint in page.endpoints.values() if endpoint.visibility == "public"
        }
        plain: dict[str, Any] = json.loads(encode(document))  # without lone surrogates and NaN
        return plain


def _example(endpoint: Endpoint) -> dict[str, Any]:
    """Return an example call; files are null, since they are uploaded first."""
    description = {"description": endpoint.description} if endpoint.description else {}
    data = [None if component.takes_files else component.example() for component in endpoint.inputs]
    return {"summary": endpoint.name, "value": {"endpoint": endpoint.name, "data": data}} | description


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """Return the description of a JSON request body."""
    return {"requestBody": {"required": True, "content": _json(model)}}


def text_parameters(*names: str, place: str) -> dict[str, Any]:
    """Return the description of text parameters in the path or query."""
    text = {"type": "string"}
    return {"parameters": [{"name": name, "in": place, "required": place == "path", "schema": text} for name in names]}


def json_responses(status: int, model: type[BaseModel], description: str) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of a JSON response and of the errors."""
    return {status: {"description": description, "content": _json(model)}} | ERRORS


def stream_responses(description: str) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of an event stream and of the errors."""
    return {200: {"description": description, "content": {"text/event-stream": {}}}} | ERRORS


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}


def _error(error: type[VisitorError]) -> dict[str, Any]:
    return {"description": (error.__doc__ or "").splitlines()[0], "content": _json(ErrorResponse)}


ERRORS: dict[int | str, dict[str, Any]] = {status: _error(error) for error, status in STATUS.items()}
