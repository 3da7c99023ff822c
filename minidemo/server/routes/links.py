"""POST /links and /links/{link}: create and open a link to a result."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import Job
from minidemo.errors import RunExpired
from minidemo.i18n import Text
from minidemo.schemas.links import LinkEvent, LinkRequest, LinkResponse, OpenRequest
from minidemo.server.routes.predict import STREAM, UNBUFFERED, check_caller
from minidemo.server.routes.runs import running_job
from minidemo.server.services import Services, client_of, services_of, user_of
from minidemo.server.wire import events, requests, responses
from minidemo.stores.links import SharedRun
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

router = APIRouter(include_in_schema=False)


@router.post("/links", response_class=Response)
async def link(request: Request) -> Response:
    """Return a link to a stored or running call."""
    services, user = services_of(request), user_of(request)
    run = (await requests.parse_body(request, services, LinkRequest)).run
    endpoint, _ = await _call(services, run, user)
    check_caller(request, endpoint)
    return responses.json_response(LinkResponse(link=services.links.link_to(run, client_of(request))), 201)


@router.post("/links/{link}", response_class=Response)
async def follow(request: Request) -> Response:
    """Return the events of a linked call, its inputs first."""
    services, user = services_of(request), user_of(request)
    session = (await requests.parse_body(request, services, OpenRequest)).session
    endpoint, call = await _call(services, await services.links.run_id(request.path_params["link"]), user)
    check_caller(request, endpoint)
    share = SharedRun.of(endpoint, call.inputs, Owner(session, user, client_of(request)))
    return StreamingResponse(_events(services, call, share), media_type=STREAM, headers=UNBUFFERED)


async def _call(services: Services, id: str, user: str | None) -> tuple[Endpoint, Job | Run]:
    """Return a linked call and its endpoint, or raise `RunExpired`."""
    try:
        call = running_job(services, id, user) or await services.runs.get_for(user, id)
    except RunExpired:
        raise RunExpired(Text("link_gone")) from None
    endpoint = services.page.endpoint(call.endpoint) if isinstance(call, Run) else call.endpoint
    if not endpoint.linked:
        raise RunExpired(Text("link_gone"))
    return endpoint, call


async def _events(services: Services, call: Job | Run, share: SharedRun) -> AsyncIterator[bytes]:
    yield await _link_event(services, share)
    if isinstance(call, Run):
        yield await events.run_event(services, call, share)
        return
    async for event in events.job_events(services, call, share):
        yield event


async def _link_event(services: Services, share: SharedRun) -> bytes:
    """Return the event with the inputs and the indexes of private outputs."""
    endpoint = share.endpoint
    public_inputs = {i: share.inputs[i] for i, component in enumerate(endpoint.inputs) if not component.private}
    values = {i: services.files.publish(value, share.owner) for i, value in public_inputs.items()}
    html = await asyncio.to_thread(services.renderer.values, endpoint.inputs, values)
    own = [i for i, component in enumerate(endpoint.outputs) if component.private]
    event = LinkEvent.model_construct(endpoint=endpoint.name, values=values, html=html, own=own)
    return responses.event("link", event)
