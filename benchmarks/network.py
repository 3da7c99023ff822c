"""Counts what a page asks for, as Chromium's own network log has it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page


# No slots: Playwright keeps its own marks on the object whose methods it calls.
@dataclass(kw_only=True)
class Traffic:
    """What went over the wire; what came out of the browser's cache does not count."""

    host: str
    sent: set[str] = field(default_factory=set)
    cached: set[str] = field(default_factory=set)
    other_hosts: set[str] = field(default_factory=set)
    received: float = 0.0

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return len(self.sent - self.cached)

    def on_request(self, event: dict[str, Any]) -> None:
        """Note a request; data in the page itself is none."""
        url = urlsplit(event["request"]["url"])
        if url.scheme not in ("http", "https", "ws", "wss"):
            return
        self.sent.add(event["requestId"])
        if url.netloc != self.host:
            self.other_hosts.add(url.netloc)

    def on_response(self, event: dict[str, Any]) -> None:
        """Note what came from the disk cache."""
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def on_cached(self, event: dict[str, Any]) -> None:
        """Note what came from the memory cache."""
        self.cached.add(event["requestId"])

    def on_finished(self, event: dict[str, Any]) -> None:
        """Add the bytes received, headers included."""
        if event["requestId"] in self.sent - self.cached:
            self.received += event["encodedDataLength"]


def watch(page: Page, url: str) -> Traffic:
    """Count from now on what the page asks for."""
    traffic = Traffic(host=urlsplit(url).netloc)
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", traffic.on_request)
    session.on("Network.responseReceived", traffic.on_response)
    session.on("Network.requestServedFromCache", traffic.on_cached)
    session.on("Network.loadingFinished", traffic.on_finished)
    session.send("Network.enable")
    return traffic
