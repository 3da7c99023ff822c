"""GET /config: the configuration for clients, also before a login."""

from fastapi import Request, Response

from minidemo.errors import NotLoggedIn
from minidemo.i18n import translate
from minidemo.server.gradio_api.descriptions import configuration_of
from minidemo.server.gradio_api.handlers import PREFIX, handler
from minidemo.server.routes.page import address
from minidemo.server.services import Services, services_of, user_of
from minidemo.server.wire import responses


@handler
async def config(request: Request, services: Services) -> Response:
    """Return the configuration of the demo."""
    content = configuration_of(services.page) | {
        "api_prefix": _prefix(request),
        "max_file_size": services.limits.file,
        "username": user_of(request),
    }
    return responses.json_response(content)


async def login_config(request: Request) -> Response:
    """Return the configuration that asks clients to log in."""
    services = services_of(request)
    detail = {"error": translate(NotLoggedIn().message), "auth_message": services.message}
    return responses.json_response({"detail": detail}, 401)


def _prefix(request: Request) -> str:
    """Return the prefix of the other paths.

    Older Python clients resolve it from the root of the host, so for mounted demos they get the absolute URL.
    """
    is_older = request.headers.get("user-agent", "").startswith("gradio_client/1.")
    return address(request) + PREFIX[1:] if is_older and request.scope.get("root_path") else PREFIX
