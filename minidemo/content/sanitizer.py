"""Markup: HTML that an author or a function made, tamed to what can harm neither the page nor who looks at it."""

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import urlsplit

LINK = {"target": "_blank", "rel": "noopener nofollow"}
"""How a link leads away from the page: into a tab of its own, with nothing said of where it comes from."""


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
_WITH_CONTENT = _words(
    """applet frameset iframe math noembed noframes noscript object plaintext script select style template
    textarea title xmp"""
)
"""What goes with all that is in it; of other tags that are not kept, the text stays."""
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
_DEEPEST = 200
_PROPERTY = re.compile(r"-?[a-z][a-z-]*")
_PLAIN = re.compile(r"[^\\<>@{}]+")
_HARMFUL = re.compile(r"url\s*\(|image-set|expression|src\s*\(", re.IGNORECASE)
_UNWANTED = frozenset(["position", "z-index", "behavior", "content", "pointer-events"])
_PREFIX = "user-content-"


def tame(html: str) -> str:
    """Return the HTML without what could run, load from elsewhere, lead the page away or take the place of its parts.

    Known elements and attributes are kept, of other elements the text. Links open in a tab of their own; pictures,
    sound and videos are those of the page, or lie in the text. Ids get a prefix. Styles go into `data-style`, from
    where the page's script sets them: its policy forbids style attributes.
    """
    return _Tamer().tame(html)


def anchor(name: str) -> str:
    """Return the id of an element inside a value, which is none of the page's own."""
    return name if name.startswith(_PREFIX) else _PREFIX + name


def link(url: str) -> str | None:
    """Return an address that a link may lead to, or None."""
    plain = re.sub(r"[\x00-\x20\x7f]+", "", url)
    try:
        scheme = urlsplit(plain).scheme
    except ValueError:
        return None
    return plain if scheme in ("", "http", "https", "mailto", "tel") else None


def picture(url: str) -> str | None:
    """Return the address of a picture of the page's own, or of one that lies in the address, or None."""
    plain = re.sub(r"[\x00-\x20\x7f]+", "", url)
    return plain if re.match(r"(\./)?file/(?!.*\.\.)|data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", plain) else None


class _Tamer:
    """Writes HTML anew, tag by tag; what was opened is closed, and what was not opened is not.

    Reading takes time in proportion to the length, whatever the text: a tag or comment that does not end is one to the
    end.
    """

    def __init__(self) -> None:
        self._made: list[str] = []
        self._open: list[str] = []

    def tame(self, html: str) -> str:
        """Return what is kept, with all of it closed."""
        here = 0
        while found := _TOKEN.search(html, here):
            self._write(html[here : found.start()])
            here = found.end()
            tag = (found["tag"] or "").lower()
            if found["end"]:
                self._end(tag)
            elif tag in _WITH_CONTENT:
                closed = re.compile(f"</{tag}", re.IGNORECASE).search(html, here)
                here = closed.start() if closed else len(html)
            elif tag in _TAGS and len(self._open) < _DEEPEST:
                self._start(tag, found["attributes"])
        self._write(html[here:])
        return "".join([*self._made, *(f"</{tag}>" for tag in reversed(self._open))])

    def _write(self, text: str) -> None:
        self._made.append(escape(unescape(text), quote=False))

    def _start(self, tag: str, attributes: str) -> None:
        self._made.append(f"<{tag}{''.join(_written(tag, attributes))}>")
        if tag not in _VOID:
            self._open.append(tag)
        if attributes.endswith("/"):
            self._end(tag)

    def _end(self, tag: str) -> None:
        """Close an element, and those inside it that were left open."""
        if tag in self._open:
            while (closed := self._open.pop()) != tag:
                self._made.append(f"</{closed}>")
            self._made.append(f"</{tag}>")


def _written(tag: str, attributes: str) -> Iterator[str]:
    kept = dict(_kept(tag, attributes))
    for name, value in kept.items():
        yield f' {name}="{escape(value)}"'
    if tag == "a" and not kept.get("href", "#").startswith("#"):
        yield from (f' {name}="{value}"' for name, value in LINK.items())


def _kept(tag: str, attributes: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(attributes):
        name, value = found[1].lower(), unescape(found[2] or found[3] or found[4] or "")
        if name == "style":
            yield "data-style", _style(value)
        elif name == "id":
            yield "id", anchor(value)
        elif name == "href" and tag == "a" and (address := link(value)) is not None:
            yield "href", f"#{anchor(address[1:])}" if address.startswith("#") else address
        elif name in ("src", "poster"):
            if (address := _source(tag, value)) is not None:
                yield name, address
        elif (name in _ATTRIBUTES or name.startswith("aria-label")) and not _HARMFUL.search(value):
            yield name, value


def _source(tag: str, url: str) -> str | None:
    """Return the address of a picture, a video or a sound, or None for one that is not the page's own."""
    if tag not in ("img", "audio", "video", "source"):
        return None
    return picture(url)


def _style(css: str) -> str:
    """Return the declarations that only concern looks, within the place of the value."""
    halves = (part.partition(":") for part in css.split(";"))
    pairs = [(name.strip().lower(), value.strip()) for name, _, value in halves]
    return "; ".join(
        f"{name}: {value}" for name, value in pairs if _PROPERTY.fullmatch(name) and _is_plain(name, value)
    )


def _is_plain(name: str, value: str) -> bool:
    return name not in _UNWANTED and _PLAIN.fullmatch(value) is not None and not _HARMFUL.search(value)
