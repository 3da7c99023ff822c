"""Sanitizing of HTML from authors and functions."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

LINK_ATTRIBUTES = {"target": "_blank", "rel": "noopener nofollow"}
"""Attributes of links: a new tab, and no referrer."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _words(
    """a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup
    data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i
    img ins kbd li main mark meter nav ol p pre progress q rp rt ruby s samp section small source span
    strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr svg circle
    ellipse g line path polygon polyline rect text tspan"""
)
_VOID = frozenset(["br", "col", "hr", "img", "source", "wbr"])
_TAGS_WITH_CONTENT = _words(
    """applet frameset iframe math noembed noframes noscript object plaintext script select style template
    textarea title xmp"""
)
"""Elements removed with their content; other elements are replaced by it."""
_CLOSING = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in _TAGS_WITH_CONTENT}
_ATTRIBUTES = _words(
    """align alt bgcolor border cellpadding cellspacing char class color cols colspan controls datetime dir
    face height high lang loop low max min muted open optimum poster reversed role rowspan scope size span
    start title type valign value width cx cy d dominant-baseline dx dy fill fill-opacity fill-rule
    font-family font-size font-style font-weight opacity points preserveaspectratio r rx ry stroke
    stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor transform
    viewbox x x1 x2 y y1 y2"""
)
_TOKEN = re.compile(
    r"""<!--(?s:.*?)(?:--!?>|\Z)|<[!?][^>]*+(?:>|\Z)|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+)"""
    r"""(?P<attributes>(?:[^>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)(?:>|\Z)""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s/>"'=]++)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>]++)))?""")
_MAX_DEPTH = 200
_LONG_REFERENCE = re.compile(r"&#[0-9]{4000,};?")
"""A reference to no character, longer than the integers that Python reads."""
_PROPERTY = re.compile(r"-?[a-z][a-z-]*")
_SAFE_VALUE = re.compile(r"[^\\<>@{}]+")
_UNSAFE_VALUE = re.compile(r"url\s*\(|image-set|expression|src\s*\(", re.IGNORECASE)
_FORBIDDEN_PROPERTIES = frozenset(["position", "z-index", "behavior", "content", "pointer-events"])
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*+):", re.IGNORECASE | re.ASCII)
_PREFIX = "user-content-"
_PICTURE = re.compile(
    r"(?:\./)?file/[A-Za-z0-9_-]+/(?!\.\.?\Z)(?:[^/\\?#%]|%(?!2[EFef]|5[Cc]))+\Z|data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]"
)
"""The address of a file that the server published, in the form it has on the page, or a `data:` picture."""


def sanitize(html: str) -> str:
    """Return the HTML without scripts and anything else that could harm.

    Nothing is loaded from other hosts, leads the page away, or covers its parts. Known elements and attributes are
    kept, other elements are replaced by their text. Links open in a new tab; pictures, sound and videos must be files
    of the page or `data:` addresses. Ids get a prefix. Styles go into `data-style`, from which the page's script sets
    them, because its policy forbids style attributes.
    """
    return _Sanitizer().sanitize(html)


def anchor(name: str) -> str:
    """Return an id with a prefix, apart from the page's ids."""
    return name if name.startswith(_PREFIX) else _PREFIX + name


def link_url(url: str) -> str | None:
    """Return an address that a link may lead to, or None."""
    plain = re.sub(r"[\x00-\x20\x7f]+", "", url)
    scheme = _SCHEME.match(plain)  # `urlsplit` takes quadratic time for accents
    return plain if scheme is None or scheme[1].lower() in ("http", "https", "mailto", "tel") else None


def picture_url(url: str) -> str | None:
    """Return the address of a published file or `data:` picture, else None."""
    plain = re.sub(r"[\x00-\x20\x7f]+", "", url)
    return plain if _PICTURE.match(plain) else None


class _Sanitizer:
    """Writes sanitized HTML tag by tag, and closes open elements.

    It takes time in proportion to the length of any text: an unfinished tag or comment extends to the end.
    """

    def __init__(self) -> None:
        self._output: list[str] = []
        self._open_tags: list[str] = []

    def sanitize(self, html: str) -> str:
        """Return the sanitized HTML, with all elements closed."""
        position = 0
        while match := _TOKEN.search(html, position):
            self._write(html[position : match.start()])
            position = match.end()
            tag = (match["tag"] or "").lower()
            if match["end"]:
                self._end(tag)
            elif tag in _TAGS_WITH_CONTENT:
                closing = _CLOSING[tag].search(html, position)
                position = closing.start() if closing else len(html)
            elif tag in _TAGS and len(self._open_tags) < _MAX_DEPTH:
                self._start(tag, match["attributes"])
        self._write(html[position:])
        return "".join([*self._output, *(f"</{tag}>" for tag in reversed(self._open_tags))])

    def _write(self, text: str) -> None:
        self._output.append(escape(_unescape(text), quote=False))

    def _start(self, tag: str, attributes: str) -> None:
        safe = dict(_safe_attributes(tag, attributes))
        if tag == "img" and "src" not in safe:
            self._output.append(escape(safe.get("alt", ""), quote=False))
            return
        self._output.append(f"<{tag}{''.join(_attribute_text(tag, safe))}>")
        if tag not in _VOID:
            self._open_tags.append(tag)
        if attributes.endswith("/"):
            self._end(tag)

    def _end(self, tag: str) -> None:
        """Close an element, and those inside it that were left open."""
        if tag in self._open_tags:
            while (closing := self._open_tags.pop()) != tag:
                self._output.append(f"</{closing}>")
            self._output.append(f"</{tag}>")


def _attribute_text(tag: str, safe: Mapping[str, str]) -> Iterator[str]:
    for name, value in safe.items():
        yield f' {name}="{escape(value)}"'
    if tag == "a" and not safe.get("href", "#").startswith("#"):
        yield from (f' {name}="{value}"' for name, value in LINK_ATTRIBUTES.items())


def _safe_attributes(tag: str, attributes: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(attributes):
        name, value = match[1].lower(), _unescape(match[2] or match[3] or match[4] or "")
        if name == "style":
            yield "data-style", _style(value)
        elif name == "id":
            yield "id", anchor(value)
        elif name == "href" and tag == "a" and (address := link_url(value)) is not None:
            yield "href", f"#{anchor(address[1:])}" if address.startswith("#") else address
        elif name in ("src", "poster"):
            if (address := _source_url(tag, value)) is not None:
                yield name, address
        elif (name in _ATTRIBUTES or name.startswith("aria-label")) and not _UNSAFE_VALUE.search(value):
            yield name, value


def _unescape(text: str) -> str:
    return unescape(_LONG_REFERENCE.sub("\ufffd", text))


def _source_url(tag: str, url: str) -> str | None:
    """Return the address of the page's picture, video or sound, or None."""
    if tag not in ("img", "audio", "video", "source"):
        return None
    return picture_url(url)


def _style(css: str) -> str:
    """Return the declarations that cannot move an element or load anything."""
    declarations = (part.partition(":") for part in css.split(";"))
    pairs = [(name.strip().lower(), value.strip()) for name, _, value in declarations]
    return "; ".join(f"{name}: {value}" for name, value in pairs if _PROPERTY.fullmatch(name) and _is_safe(name, value))


def _is_safe(name: str, value: str) -> bool:
    return (
        name not in _FORBIDDEN_PROPERTIES
        and _SAFE_VALUE.fullmatch(value) is not None
        and not _UNSAFE_VALUE.search(value)
    )
