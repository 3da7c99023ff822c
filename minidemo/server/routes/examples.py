"""GET and POST /examples/{endpoint}: pages, values and outputs of examples."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.engine.job import CallContext
from minidemo.errors import NotFound
from minidemo.examples.cache import Outputs
from minidemo.page.examples import Examples
from minidemo.schemas.calls import PredictResponse
from minidemo.schemas.examples import ExampleRequest, ExampleResponse, ExamplesQuery
from minidemo.server.reference import openapi
from minidemo.server.routes.predict import STREAM, UNBUFFERED, call_context, check_caller, respond
from minidemo.server.services import Services, services_of
from minidemo.server.wire import events, requests, responses
from minidemo.stores.runs import Run

router = APIRouter()
NO_STORE = {"Cache-Control": "no-store"}


@router.get("/examples/{endpoint}", response_class=Response, include_in_schema=False)
def examples_page(request: Request) -> Response:
    """Return the HTML of one page of the examples."""
    services = services_of(request)
    page = requests.parse_query(ExamplesQuery, request.query_params).page
    html = services.renderer.examples_page(_examples(request, services), page)
    return Response(html, media_type="text/html", headers={"Cache-Control": "no-cache"})


@router.get(
    "/examples/{endpoint}/{index}",
    responses=openapi.json_responses(200, ExampleResponse, "The values of the example."),
    openapi_extra=openapi.text_parameters("endpoint", "index", place="path"),
)
def example(request: Request) -> Response:
    """Return an example's values, by the index of their input."""
    services = services_of(request)
    examples = _examples(request, services)
    values = _wire_values(services, services.example_outputs.values(examples, _index(request, examples)))
    html = services.renderer.values(examples.inputs, values)
    return responses.json_response(ExampleResponse.model_construct(values=values, html=html), headers=NO_STORE)


@router.post(
    "/examples/{endpoint}/{index}",
    responses=openapi.json_responses(200, PredictResponse, "What the function returned, for each output."),
    openapi_extra=openapi.json_body(ExampleRequest) | openapi.text_parameters("endpoint", "index", place="path"),
)
async def show(request: Request) -> Response:
    """Return an example's cached outputs, or run its endpoint."""
    services = services_of(request)
    session = (await requests.parse_body(request, services, ExampleRequest)).session
    examples = _examples(request, services)
    index = _index(request, examples)
    endpoint = services.example_outputs.endpoint(examples)
    check_caller(request, endpoint)
    context = call_context(request, endpoint, session)
    outputs = await asyncio.to_thread(services.example_outputs.get, examples, index) if examples.mode else None
    if outputs is not None:
        return await _respond(request, services, _run(services, examples, outputs, replace(context, example=index)))
    values = await asyncio.to_thread(_wire_values, services, services.example_outputs.inputs(examples, index))
    if examples.mode:  # cached outputs must not depend on the first visitor
        context = replace(context, session=None, request=None, example=index)
    return await respond(request, services, services.runner.job(endpoint, [*values.values()], context))


def _run(services: Services, examples: Examples, outputs: Outputs, context: CallContext) -> Run:
    """Store and return a run with cached outputs, which visitors can flag."""
    inputs = services.example_outputs.inputs(examples, int(context.example or 0))
    run = Run(
        endpoint=services.example_outputs.endpoint(examples).name,
        inputs=tuple(map_tree([*inputs.values()], Media, Media.duplicate)),
        outputs=outputs,
        duration=0.0,
        session=context.session,
        username=context.username,
        example=context.example,
        client=context.client,
    )
    services.runs.add(run)
    services.files.publish(run.outputs, None)  # for all visitors
    return run


async def _respond(request: Request, services: Services, run: Run) -> Response:
    if STREAM in request.headers.get("accept", ""):
        return Response(await events.run_event(services, run), media_type=STREAM, headers=UNBUFFERED)
    data = services.files.publish(run.outputs, None)
    return responses.json_response(PredictResponse(run=run.id, data=data, duration=run.duration))


def _wire_values(services: Services, values: Mapping[int, Held]) -> dict[int, Any]:
    """Return an example's values as JSON has them."""
    try:
        return {i: services.files.publish(value, None) for i, value in values.items()}
    except FileNotFoundError:
        raise NotFound("A file of this example is no longer there.") from None


def _examples(request: Request, services: Services) -> Examples:
    name = request.path_params["endpoint"]
    if name not in services.page.examples:
        raise NotFound(f"There are no examples of {name!r:.60}.")
    return services.page.examples[name]


def _index(request: Request, examples: Examples) -> int:
    text = request.path_params["index"]
    index = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not 0 <= index < len(examples.rows):
        raise NotFound(f"There is no example {text!r:.20}; they are counted from 0 to {len(examples.rows) - 1}.")
    return index
