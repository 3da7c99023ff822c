"""POST run/{name} and api/{name}: a call whose answer is its result."""

from functools import partial

from fastapi import Request, Response

from minidemo.server.gradio_api import shapes, talking
from minidemo.server.gradio_api.inputs import Sent, job_of
from minidemo.server.gradio_api.messages import failure, output
from minidemo.server.gradio_api.offers import by_name
from minidemo.server.gradio_api.talking import handler
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def run(request: Request, shared: Services) -> Response:
    """Call an endpoint with a list of values, and answer with what its function gave, or gave last."""
    endpoint = by_name(shared.page, request.path_params["name"])
    sent = await talking.read(request, shared, shapes.Call)
    made = await shared.runner.run(job_of(request, shared, endpoint, Sent(sent.data, sent.session_hash)))
    if made.message is not None:
        return responses.answer(failure(made), 500)
    data = partial(shared.files.publish, place=talking.place(request))(made.outputs, made.owner)
    return responses.answer(output(data, made.duration))
