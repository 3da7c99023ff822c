"""GET info: inputs and outputs of the public endpoints."""

from fastapi import Request, Response

from minidemo.server.gradio_api.descriptions import description_of
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def info(request: Request, services: Services) -> Response:
    """Return the inputs and outputs of the public endpoints."""
    return responses.json_response({"named_endpoints": description_of(services.page), "unnamed_endpoints": {}})
