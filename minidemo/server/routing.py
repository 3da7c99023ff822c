"""Routes whose handlers take nothing but the request."""

from collections.abc import Callable
from typing import Any, cast

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute


class RequestRoute(APIRoute):
    """A route that calls its handler with the request, without FastAPI's search for arguments.

    Dependencies of the application are called as ever.
    """

    def get_route_handler(self) -> Callable[..., Any]:
        """Return the handler, or FastAPI's around it if anything depends on the request.

        FastAPI asks again, once the route is made, where it is included with dependencies that the route does not know.
        """
        is_made = hasattr(self, "app")
        return super().get_route_handler() if is_made or self.dependant.dependencies else self.endpoint


def add_routes(app: FastAPI, router: APIRouter) -> None:
    """Add routes to the application itself, which finds them faster than in an included router."""
    for route in cast("list[APIRoute]", router.routes):
        app.router.add_api_route(
            route.path,
            route.endpoint,
            methods=[*(route.methods or ())],
            status_code=route.status_code,
            responses=route.responses,
            response_class=route.response_class,
            include_in_schema=route.include_in_schema,
            openapi_extra=route.openapi_extra,
            route_class_override=RequestRoute,
        )
