"""POST /links: a link to a result, to hand on; POST /links/{link}: the result, for the visitor who has the link."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.engine.job import Job
from minidemo.errors import RunExpired
from minidemo.i18n import Text
from minidemo.schemas.links import LinkEvent, LinkRequest, LinkResponse, OpenRequest
from minidemo.server.routes.predict import STREAM, UNBUFFERED, check_caller
from minidemo.server.routes.runs import job_of
from minidemo.server.services import Services, Shared, User
from minidemo.server.wire import events, requests, responses
from minidemo.stores.links import Lent
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

router = APIRouter(include_in_schema=False)


@router.post("/links", response_class=Response)
async def link(request: Request, shared: Shared, user: User) -> Response:
    """Return a link to a run that is kept, or under way."""
    run = (await requests.parse(request, LinkRequest, shared.limits.json)).run
    check_caller(request, _call(shared, run, user).endpoint)
    return responses.answer(LinkResponse(link=shared.links.to(run)), 201)


@router.post("/links/{link}", response_class=Response)
async def follow(request: Request, shared: Shared, user: User) -> Response:
    """Return the inputs of a call as an event, and then what has come of it, and all that comes of it."""
    session = (await requests.parse(request, OpenRequest, shared.limits.json)).session
    call = _call(shared, shared.links.run(request.path_params["link"]), user)
    check_caller(request, call.endpoint)
    lent = Lent.of(call.endpoint, call.inputs, Owner(session, user))
    return StreamingResponse(_events(shared, call, lent), media_type=STREAM, headers=UNBUFFERED)


def _call(shared: Services, id: str, user: str | None) -> Job | Run:
    """Return a call that may be shown by a link, or raise `RunExpired`, whatever the reason is."""
    try:
        call = job_of(shared, id, user) or shared.runs.get_for(user, id)
    except RunExpired:
        raise RunExpired(Text("link_gone")) from None
    if not call.endpoint.linked:
        raise RunExpired(Text("link_gone"))
    return call


async def _events(shared: Services, call: Job | Run, lent: Lent) -> AsyncIterator[bytes]:
    yield await _inputs(shared, lent)
    if isinstance(call, Run):
        yield await events.of_run(shared, call, lent)
        return
    async for event in events.of_job(shared, call, lent):
        yield event


async def _inputs(shared: Services, lent: Lent) -> bytes:
    """Return the event that fills the inputs in, and names the outputs that stay as the visitor has them."""
    endpoint = lent.endpoint
    shown = {i: lent.inputs[i] for i, component in enumerate(endpoint.inputs) if not component.private}
    values = {i: shared.files.publish(held, lent.owner) for i, held in shown.items()}
    html = await asyncio.to_thread(shared.renderer.values, endpoint.inputs, values)
    own = [i for i, component in enumerate(endpoint.outputs) if component.private]
    told = LinkEvent.model_construct(endpoint=endpoint.name, values=values, html=html, own=own)
    return responses.event("link", told)
