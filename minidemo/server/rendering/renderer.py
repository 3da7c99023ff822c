"""Rendering: a page as HTML."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pydantic_core import to_json

from minidemo.components.base import Component, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, OutputError
from minidemo.i18n import LANGUAGES, Language, Translations, current_language, translate
from minidemo.layout.node import Node
from minidemo.page.examples import Examples
from minidemo.page.page import Page
from minidemo.schemas.page import PageConfig
from minidemo.server.rendering.script_words import vocabulary
from minidemo.server.rendering.static import StaticFiles
from minidemo.server.settings import Watched
from minidemo.stores.files import FileStore
from minidemo.utils.paths import TEMPLATES

if TYPE_CHECKING:
    from minidemo.page.head_tags import HeadTags

_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Renderer:
    """Renders one page, anew for each visitor: an initial value may be a callable.

    `templates` is the folder of the templates.
    """

    def __init__(
        self,
        page: Page,
        *,
        files: FileStore,
        static: StaticFiles,
        max_file_size: int,
        head: "HeadTags | None" = None,
        watched: Watched | None = None,
        templates: Path = TEMPLATES,
    ) -> None:
        self._page = page
        self._files = files
        folders = dict.fromkeys(component.folder for component in page.components if component.folder)
        self._environment = Environment(
            loader=FileSystemLoader([templates, *folders]),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=_compiled(templates),
        )
        self._environment.filters["markdown"] = _markdown
        icon = static.url(static.icon) if static.icon else None
        self._environment.globals.update(
            static=static.url, t=Translations(), current_language=current_language, icon=icon, made=static.made
        )
        streams = any(endpoint.streams for endpoint in page.endpoints.values())
        scripts = static.widgets(page.components, ".js") + (["widgets/stream.js"] if streams else [])
        own = sorted({node.script for node in page.ids if node.script} | ({"reload"} if watched else set()))
        later = [f"{name}.js" for name in own]
        self._keys = vocabulary(LANGUAGES["en"].texts, [*scripts, *later], static.read)
        version = watched.version if watched else None
        self._config = PageConfig(endpoints=page.config(), max_file_size=max_file_size, words={}, version=version)
        self._fixed = {
            "title": page.title,
            "description": _markdown(page.description),
            "article": _markdown(page.article),
            "layout": page.layout,
            "fill_width": page.fill_width,
            "render": self._node,
            "head": Markup(head.html) if head else None,  # the author's own tags
            "scripts": scripts,
            "later": later,
            "live": any(endpoint.live for endpoint in page.endpoints.values()),
            "styles": [*static.widgets(page.components, ".css"), *(f"{name}.css" for name in own)],
        }
        self._configs: dict[str, Markup] = {}
        self._held = {c: self._settled(c) for c in page.components if not callable(c.value)}
        self._outputs = {c for e in page.endpoints.values() for c in e.outputs if c not in e.inputs}
        self._corrections = {c for e in page.endpoints.values() for c in e.corrections if c}

    def page(self, scheme: str = "", *, user: str | None = None, leaves: bool = False) -> str:
        """Return the whole page in the language that is spoken; `scheme` is `light` or `dark`, or nothing.

        It is for a `user` who is logged in, and `leaves` by logging out.
        """
        context = self._fixed | {"config": self._config_in(current_language()), "scheme": scheme}
        return self._environment.get_template("demo.html").render(context, user=user, leaves=leaves)

    def value(self, component: Component, value: Any) -> Markup:
        """Return the HTML of a value as it is on the wire, of a component that renders its values."""
        template = self._environment.get_template(component.value_template)
        return Markup(template.render(node=component, value=value, id=self._page.ids[component]))  # autoescaped

    def values(self, components: Sequence[Component], data: Mapping[int, Any]) -> dict[int, str]:
        """Return the HTML of those values, by the places of their components, that are shown as HTML."""
        return {i: str(self.value(components[i], value)) for i, value in data.items() if components[i].renders}

    def held(self, component: Component) -> Held:
        """Return the value that a fresh page shows, with files that it finds."""
        return self._held[component] if component in self._held else self._files.adopt(self._page.initial(component))

    def part(self, examples: Examples, number: int) -> str:
        """Return the HTML of a page of examples."""
        template = self._environment.get_template("layout/examples_part.html")
        shown = {"node": examples, "id": self._page.ids[examples], "part": examples.part(number)}
        return template.render(shown, address=self._address)

    def api(self, url: str, scheme: str = "", *, mcp: bool = False) -> str:
        """Return the page about the API of the page at `url`, which agents reach, too, with `mcp`."""
        from minidemo.server.reference.describe import clients_of, describe  # noqa: PLC0415  # few demos need it

        shown = [endpoint for endpoint in self._page.endpoints.values() if endpoint.visibility == "public"]
        described = [describe(endpoint, url) for endpoint in shown]
        template = self._environment.get_template("api.html")
        agents = clients_of(self._page.title, url) if mcp else None
        return template.render(title=self._page.title, endpoints=described, agents=agents, scheme=scheme)

    def error(self, status: int, message: str, *, home: str, scheme: str = "") -> str:
        """Return the page of an error; `home` is the relative address of the demo."""
        title = self._page.title
        return self._environment.get_template("error.html").render(
            status=status, title=title, message=message, home=home, scheme=scheme
        )

    def login(self, *, message: str | None, **more: str) -> str:
        """Return the page to log in, on which a message of the author's stands."""
        template = self._environment.get_template("login.html")
        return template.render(title=self._page.title, message=_markdown(message), **more)

    def _node(self, node: Node) -> Markup:
        ids = self._page.ids
        context: dict[str, Any] = {
            "node": node,
            "id": ids[node],
            "ids": ids,
            "render": self._node,
            "address": self._address,
        }
        if isinstance(node, Component):
            value = self._files.publish(self.held(node), None)
            interactive = node not in self._outputs if node.interactive is None else node.interactive
            context |= {"value": value, "value_json": to_json(value).decode(), "interactive": interactive}
            context["caption"] = self._caption(node)
            context["html"] = self.value(node, value) if node.renders else None
        return Markup(self._environment.get_template(node.template).render(context))  # autoescaped

    def _config_in(self, language: Language) -> Markup:
        """Return what the scripts of the page are told, with the words that they say."""
        if language.tag not in self._configs:
            words = {key: language.texts[key] for key in self._keys}
            self._configs[language.tag] = _script(self._config.model_copy(update={"words": words}))
        return self._configs[language.tag]

    def _address(self, media: Media) -> str:
        """Return where a browser finds a file of the page's own."""
        return f"file/{self._files.publish(media, None)['path']}"

    def _caption(self, component: Component) -> str:
        """Return what stands above a component; a message says its label alone."""
        words = current_language().texts["flag_should_be"] if component in self._corrections else "{label}"
        return words.replace("{label}", translate(component.label or ""))

    def _settled(self, component: Component) -> Held:
        """Return an initial value that is the same for all, once and for all."""
        try:
            return self._files.adopt(self._page.initial(component))
        except OutputError as error:
            raise ConfigurationError(f"The initial value of {component.title} cannot be shown. {error}") from error


def _script(config: PageConfig) -> Markup:
    return Markup(config.model_dump_json().translate(_SCRIPT_ESCAPES))  # escaped just now


def _compiled(templates: Path) -> FileSystemBytecodeCache | None:
    """Keep compiled templates beside the templates, as Python keeps compiled modules, and where it may."""
    folder = templates / "__pycache__"
    if sys.dont_write_bytecode or not os.access(templates, os.W_OK):
        return None
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _markdown(text: str | None) -> Markup | None:
    if text is None:
        return None
    from minidemo.content import markdown  # noqa: PLC0415  # few demos need it

    return Markup(markdown.render(text))  # raw HTML is off: the renderer made the rest
