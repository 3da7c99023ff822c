"""Endpoints that programs can call, by name and number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minidemo.endpoints.api import NAME, Visibility
from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import target_of
from minidemo.errors import NotFound, did_you_mean
from minidemo.page.page import Page


@dataclass(frozen=True, slots=True)
class NamedEndpoint:
    """An endpoint under one of its names."""

    name: str
    endpoint: Endpoint
    visibility: Visibility


def callable_endpoints(page: Page) -> list[NamedEndpoint]:
    """Return all endpoints but private ones.

    The first is also called `predict`, and one of a lambda, as in Gradio, `lambda`.
    """
    return [*_named_endpoints(page)]


def endpoint_by_name(page: Page, name: str) -> Endpoint:
    """Return an endpoint by one of its names, or raise `NotFound`."""
    endpoints = {named_endpoint.name: named_endpoint.endpoint for named_endpoint in _named_endpoints(page)}
    if name not in endpoints:
        public = [
            named_endpoint.name for named_endpoint in _named_endpoints(page) if named_endpoint.visibility == "public"
        ]
        hint = did_you_mean(name, public) if public else "This demo can only be used in its page."
        raise NotFound(f"There is no endpoint {name!r:.60}. {hint}")
    return endpoints[name]


def endpoint_by_number(page: Page, number: int) -> Endpoint:
    """Return an endpoint by its number, or raise `NotFound`."""
    endpoints = callable_endpoints(page)
    if not 0 <= number < len(endpoints):
        raise NotFound(f"There is no endpoint {number}.")
    return endpoints[number].endpoint


def _named_endpoints(page: Page) -> Iterator[NamedEndpoint]:
    endpoints = [endpoint for endpoint in page.endpoints.values() if endpoint.visibility != "private"]
    for endpoint in endpoints:
        yield NamedEndpoint(endpoint.name, endpoint, endpoint.visibility)
    for name, endpoint in _aliases(endpoints):
        if name not in page.endpoints:
            yield NamedEndpoint(name, endpoint, "undocumented")


def _aliases(endpoints: Sequence[Endpoint]) -> Iterator[tuple[str, Endpoint]]:
    for endpoint in endpoints[:1]:
        yield NAME, endpoint
    for endpoint in endpoints:
        if getattr(target_of(endpoint.fn), "__name__", "") == "<lambda>" and endpoint.name.startswith(NAME):
            yield "lambda" + endpoint.name.removeprefix(NAME), endpoint
