"""POST /links: a link to a result, to hand on; POST /links/{link}: the result, for the visitor who has the link."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import Job
from minidemo.errors import RunExpired
from minidemo.i18n import Word
from minidemo.schemas.links import LinkEvent, LinkRequest, LinkResponse, OpenRequest
from minidemo.server.routes.predict import STREAM, UNBUFFERED, check_caller
from minidemo.server.routes.runs import job_of
from minidemo.server.services import Services, Shared, User
from minidemo.server.wire import events, requests, responses
from minidemo.stores.links import SharedRun
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

router = APIRouter(include_in_schema=False)


@router.post("/links", response_class=Response)
async def link(request: Request, shared: Shared, user: User) -> Response:
    """Return a link to a run that is kept, or under way."""
    run = (await requests.parse_body(request, LinkRequest, shared.limits.json)).run
    endpoint, _ = await _call(shared, run, user)
    check_caller(request, endpoint)
    return responses.json_response(LinkResponse(link=shared.links.link_to(run)), 201)


@router.post("/links/{link}", response_class=Response)
async def follow(request: Request, shared: Shared, user: User) -> Response:
    """Return the inputs of a call as an event, and then what has come of it, and all that comes of it."""
    session = (await requests.parse_body(request, OpenRequest, shared.limits.json)).session
    endpoint, call = await _call(shared, await shared.links.run_id(request.path_params["link"]), user)
    check_caller(request, endpoint)
    share = SharedRun.of(endpoint, call.inputs, Owner(session, user))
    return StreamingResponse(_events(shared, call, share), media_type=STREAM, headers=UNBUFFERED)


async def _call(shared: Services, id: str, user: str | None) -> tuple[Endpoint, Job | Run]:
    """Return a call that has links, and its endpoint, or raise `RunExpired`."""
    try:
        call = job_of(shared, id, user) or await shared.runs.get_for(user, id)
    except RunExpired:
        raise RunExpired(Word("link_gone")) from None
    endpoint = shared.page.endpoint(call.endpoint) if isinstance(call, Run) else call.endpoint
    if not endpoint.linked:
        raise RunExpired(Word("link_gone"))
    return endpoint, call


async def _events(shared: Services, call: Job | Run, share: SharedRun) -> AsyncIterator[bytes]:
    yield await _inputs(shared, share)
    if isinstance(call, Run):
        yield await events.run_event(shared, call, share)
        return
    async for event in events.job_events(shared, call, share):
        yield event


async def _inputs(shared: Services, share: SharedRun) -> bytes:
    """Return the event that fills the inputs in, and names the outputs that stay as the visitor has them."""
    endpoint = share.endpoint
    shown = {i: share.inputs[i] for i, component in enumerate(endpoint.inputs) if not component.private}
    values = {i: shared.files.publish(held, share.owner) for i, held in shown.items()}
    html = await asyncio.to_thread(shared.renderer.values, endpoint.inputs, values)
    own = [i for i, component in enumerate(endpoint.outputs) if component.private]
    told = LinkEvent.model_construct(endpoint=endpoint.name, values=values, html=html, own=own)
    return responses.event("link", told)
