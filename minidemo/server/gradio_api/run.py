"""POST run/{name} and api/{name}: calls in one request."""

from functools import partial

from fastapi import Request, Response

from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.endpoints import endpoint_by_name
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, create_job
from minidemo.server.gradio_api.messages import failure, output
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def run(request: Request, shared: Services) -> Response:
    """Call an endpoint with a list of values; return its last result."""
    endpoint = endpoint_by_name(shared.page, request.path_params["name"])
    body = await handlers.read(request, shared, shapes.Call)
    result = await shared.runner.run(create_job(request, shared, endpoint, CallData(body.data, body.session_hash)))
    if result.message is not None:
        return responses.json_response(failure(result), 500)
    data = partial(shared.files.publish, place=handlers.file_url(request))(result.outputs, result.owner)
    return responses.json_response(output(data, result.duration))
