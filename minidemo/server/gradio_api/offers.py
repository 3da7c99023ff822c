"""Offers: which endpoints programs can call, under which names and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from minidemo.endpoints.api import NAME, Visibility
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import NotFound, did_you_mean
from minidemo.page.page import Page


@dataclass(frozen=True, slots=True)
class Offer:
    """An endpoint under one of its names."""

    name: str
    endpoint: Endpoint
    visibility: Visibility


def offers(page: Page) -> list[Offer]:
    """Return what programs can call: all but what is private; the first of it is also called `predict`."""
    return [*_offers(page)]


def by_name(page: Page, name: str) -> Endpoint:
    """Return an endpoint by one of its names, or raise `NotFound`."""
    known = {offer.name: offer.endpoint for offer in _offers(page)}
    if name not in known:
        public = [offer.name for offer in _offers(page) if offer.visibility == "public"]
        hint = did_you_mean(name, public) if public else "This demo can only be used in its page."
        raise NotFound(f"There is no endpoint {name!r:.60}. {hint}")
    return known[name]


def by_number(page: Page, number: int) -> Endpoint:
    """Return an endpoint by its number, or raise `NotFound`."""
    known = offers(page)
    if not 0 <= number < len(known):
        raise NotFound(f"There is no endpoint {number}.")
    return known[number].endpoint


def _offers(page: Page) -> Iterator[Offer]:
    open_ones = [endpoint for endpoint in page.endpoints.values() if endpoint.visibility != "private"]
    for endpoint in open_ones:
        yield Offer(endpoint.name, endpoint, endpoint.visibility)
    if open_ones and NAME not in page.endpoints:
        yield Offer(NAME, open_ones[0], "undocumented")
