"""POST run/{name} and api/{name}: a call whose answer is its result."""

from functools import partial

from fastapi import Request, Response

from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.endpoints import endpoint_by_name
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, job_of
from minidemo.server.gradio_api.messages import failure, output
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def run(request: Request, shared: Services) -> Response:
    """Call an endpoint with a list of values, and answer with what its function gave, or gave last."""
    endpoint = endpoint_by_name(shared.page, request.path_params["name"])
    sent = await handlers.read(request, shared, shapes.Call)
    made = await shared.runner.run(job_of(request, shared, endpoint, CallData(sent.data, sent.session_hash)))
    if made.message is not None:
        return responses.json_response(failure(made), 500)
    data = partial(shared.files.publish, place=handlers.file_url(request))(made.outputs, made.owner)
    return responses.json_response(output(data, made.duration))
