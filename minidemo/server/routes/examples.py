"""GET /examples/{endpoint}: a page of the examples, or one with its values; POST: the outputs of one."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.engine.job import Visit
from minidemo.errors import NotFound
from minidemo.examples.cache import Outputs
from minidemo.page.examples import Examples
from minidemo.schemas.calls import PredictResponse
from minidemo.schemas.examples import ExampleRequest, ExampleResponse, ExamplesQuery
from minidemo.server.reference import openapi
from minidemo.server.routes.predict import STREAM, UNBUFFERED, answered, check_caller, visit_of
from minidemo.server.services import Services, Shared
from minidemo.server.wire import events, requests, responses
from minidemo.stores.runs import Run

router = APIRouter()
FRESH = {"Cache-Control": "no-store"}


@router.get("/examples/{endpoint}", response_class=Response, include_in_schema=False)
def part(request: Request, shared: Shared) -> Response:
    """Return a page of the examples as the page shows it."""
    page = requests.check(ExamplesQuery, request.query_params).page
    html = shared.renderer.part(_examples(request, shared), page)
    return Response(html, media_type="text/html", headers={"Cache-Control": "no-cache"})


@router.get(
    "/examples/{endpoint}/{index}",
    responses=openapi.gives(200, ExampleResponse, "The values of the example."),
    openapi_extra=openapi.asks("endpoint", "index", place="path"),
)
def example(request: Request, shared: Shared) -> Response:
    """Return the values of an example, counted from 0, by the place of the input that they are for."""
    examples = _examples(request, shared)
    values = _published(shared, shared.example_outputs.values(examples, _index(request, examples)))
    html = shared.renderer.values(examples.inputs, values)
    return responses.answer(ExampleResponse.model_construct(values=values, html=html), headers=FRESH)


@router.post(
    "/examples/{endpoint}/{index}",
    responses=openapi.gives(200, PredictResponse, "What the function returned, for each output."),
    openapi_extra=openapi.takes(ExampleRequest) | openapi.asks("endpoint", "index", place="path"),
)
async def show(request: Request, shared: Shared) -> Response:
    """Return the outputs of an example: those that are kept, or else run its endpoint on its values."""
    session = (await requests.parse(request, ExampleRequest, shared.limits.json)).session
    examples = _examples(request, shared)
    index = _index(request, examples)
    endpoint = shared.example_outputs.endpoint(examples)
    check_caller(request, endpoint)
    visit = visit_of(request, endpoint, session)
    kept = await asyncio.to_thread(shared.example_outputs.get, examples, index) if examples.mode else None
    if kept is not None:
        return await _told(request, shared, _run(shared, examples, kept, replace(visit, example=index)))
    values = await asyncio.to_thread(_published, shared, shared.example_outputs.inputs(examples, index))
    if examples.mode:  # what others will see as well must not depend on who asked first
        visit = replace(visit, session=None, request=None, example=index)
    return await answered(request, shared, shared.runner.job(endpoint, [*values.values()], visit))


def _run(shared: Services, examples: Examples, kept: Outputs, visit: Visit) -> Run:
    """Return a run with the outputs that are kept, so that it can be flagged like any other."""
    inputs = [*shared.example_outputs.inputs(examples, int(visit.example or 0)).values()]
    run = Run(
        endpoint=shared.example_outputs.endpoint(examples),
        inputs=tuple(map_tree(inputs, Media, Media.duplicate)),
        outputs=kept,
        duration=0.0,
        session=visit.session,
        username=visit.username,
        example=visit.example,
    )
    shared.runs.add(run)
    shared.files.publish(run.outputs, None)  # for everybody, before it is told to one
    return run


async def _told(request: Request, shared: Services, run: Run) -> Response:
    if STREAM in request.headers.get("accept", ""):
        return Response(await events.of_run(shared, run), media_type=STREAM, headers=UNBUFFERED)
    data = shared.files.publish(run.outputs, None)
    return responses.answer(PredictResponse.model_construct(run=run.id, data=data, duration=run.duration))


def _published(shared: Services, values: Mapping[int, Held]) -> dict[int, Any]:
    """Return the values of an example as the wire has them."""
    try:
        return {i: shared.files.publish(held, None) for i, held in values.items()}
    except FileNotFoundError:
        raise NotFound("A file of this example is no longer there.") from None


def _examples(request: Request, shared: Services) -> Examples:
    name = request.path_params["endpoint"]
    if name not in shared.page.examples:
        raise NotFound(f"There are no examples of {name!r:.60}.")
    return shared.page.examples[name]


def _index(request: Request, examples: Examples) -> int:
    text = request.path_params["index"]
    index = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not 0 <= index < len(examples.rows):
        raise NotFound(f"There is no example {text!r:.20}; they are counted from 0 to {len(examples.rows) - 1}.")
    return index
