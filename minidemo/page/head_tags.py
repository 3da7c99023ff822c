"""An author's head tags, and the policy that they need."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TypeAlias
from urllib.parse import urlsplit

from minidemo.errors import ConfigurationError

Sources: TypeAlias = dict[str, tuple[str, ...]]
"""Additional sources of the Content-Security-Policy, by directive."""
TAGS = ("link", "meta", "script", "style")
LINK_DIRECTIVES = {
    "stylesheet": ("style-src",),
    "icon": ("img-src",),
    "apple-touch-icon": ("img-src",),
    "manifest": ("manifest-src",),
    "modulepreload": ("script-src",),
    "preconnect": ("connect-src", "font-src", "img-src", "media-src"),
}
"""The directives of a link's source, by its `rel`."""
DATA_TYPES = frozenset(["application/json", "application/ld+json", "importmap", "speculationrules"])


@dataclass(frozen=True, slots=True)
class HeadTags:
    """Tags for the head of a page, as their author wrote them."""

    html: str

    def __post_init__(self) -> None:
        """Refuse what does not belong into a head."""
        self.sources()

    def sources(self) -> Sources:
        """Return the sources of the tags: other hosts, and hashes."""
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        by_directive: dict[str, dict[str, None]] = {}
        for directive, source in reader.sources:
            by_directive.setdefault(directive, {})[source] = None
        return {directive: tuple(sources) for directive, sources in by_directive.items()}


class _Reader(HTMLParser):
    """Collects the directives and sources of the tags that it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.sources: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            what = f"head has <{tag}>; expected one of " + ", ".join(f"<{tag_name}>" for tag_name in TAGS)
            raise ConfigurationError(f"{what}. What is seen on the page goes into description or article.")
        attributes = {name: value or "" for name, value in attrs}
        handlers = [name for name in attributes if name.startswith("on")]
        if handlers:
            raise ConfigurationError(
                f"head has {handlers[0]}=… on <{tag}>, which the page's policy never runs. Use js."
            )
        self.sources += _sources(tag, attributes)
        runs = tag == "script" and "src" not in attributes
        self._inside = tag if runs or tag == "style" else ""
        if runs and attributes.get("type", "").lower() in DATA_TYPES - {"importmap", "speculationrules"}:
            self._inside = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            digest = base64.b64encode(hashlib.sha256(data.encode(errors="replace")).digest()).decode()
            self.sources.append((f"{self._inside}-src", f"'sha256-{digest}'"))
        elif data.strip() and self.cdata_elem is None:
            raise ConfigurationError(
                f"head has the text {data.strip()!r:.60}; expected tags such as <meta> and <script>."
            )


def _sources(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the directives under which a tag loads from another host."""
    if tag == "script" and (source := _external_url(attributes.get("src", ""))):
        yield "script-src", source
    if tag == "link" and (source := _external_url(attributes.get("href", ""))):
        for kind in attributes.get("rel", "").lower().split():
            for directive in LINK_DIRECTIVES.get(kind, ()):
                yield directive, _origin(source) if kind == "preconnect" else source


def _external_url(address: str) -> str:
    """Return an address on another host, empty for the page's own."""
    parts = urlsplit(address.strip())
    if not parts.netloc:
        return ""
    if parts.scheme not in ("", "http", "https") or any(sign in parts.netloc + parts.path for sign in "';, "):
        raise ConfigurationError(f"head loads {address!r:.80}; expected an address that begins with https://.")
    return f"{parts.scheme or 'https'}://{parts.netloc}{parts.path}"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
