"""Renders a page as HTML."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from minidemo.components.base import Component, Held
from minidemo.content import markdown
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, OutputError
from minidemo.i18n import LANGUAGES, Language, current_language, translate
from minidemo.layout.node import Node
from minidemo.page.examples import Examples
from minidemo.page.page import Page
from minidemo.schemas.page import PageConfig
from minidemo.server import reference
from minidemo.server.rendering.page_config import endpoint_config
from minidemo.server.rendering.script_words import vocabulary
from minidemo.server.rendering.static import StaticFiles
from minidemo.server.settings import Watched
from minidemo.server.wire import responses
from minidemo.stores.base import BaseFileStore
from minidemo.utils.paths import TEMPLATES

if TYPE_CHECKING:
    from minidemo.page.head_tags import HeadTags

_HEADING = re.compile(r"<(/?)h([1-6])\b")
_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Renderer:
    """Renders one page, with the values of callables for each visitor.

    Args:
        page: The page.
        files: The store of the page's files.
        static: The static files.
        max_file_size: Limit of an upload, in bytes.
        head: The author's tags for the head.
        watched: The version of a demo that reloads.
        templates: Folder of the templates.
    """

    def __init__(
        self,
        page: Page,
        *,
        files: BaseFileStore,
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
            bytecode_cache=_bytecode_cache(templates),
        )
        self._environment.filters["markdown"] = _prose
        icon = static.url(static.icon) if static.icon else None
        self._environment.globals.update(static=static.url, icon=icon, generated_files=static.generated_files)
        streams = any(endpoint.streams for endpoint in page.endpoints.values())
        scripts = static.widgets(page.components, ".js") + (["widgets/stream.js"] if streams else [])
        node_scripts = sorted({node.script for node in page.ids if node.script} | ({"reload"} if watched else set()))
        late_scripts = [f"{name}.js" for name in node_scripts]
        self._keys = vocabulary(LANGUAGES["en"].texts, [*scripts, *late_scripts], static.read)
        version = watched.version if watched else None
        endpoints = [endpoint_config(page, endpoint) for endpoint in page.endpoints.values()]
        self._config = PageConfig(endpoints=endpoints, max_file_size=max_file_size, words={}, version=version)
        self._context = {
            "title": page.title,
            "description": _prose(page.description),
            "article": _prose(page.article),
            "layout": page.layout,
            "fill_width": page.fill_width,
            "head": Markup(head.html) if head else None,  # the author's own tags
            "scripts": scripts,
            "late_scripts": late_scripts,
            "live": any(endpoint.live for endpoint in page.endpoints.values()),
            "requires": any(endpoint.needed for endpoint in page.endpoints.values()),
            "styles": [*static.widgets(page.components, ".css"), *(f"{name}.css" for name in node_scripts)],
        }
        self._configs: dict[str, Markup] = {}
        self._initial_values = {c: self._fixed_value(c) for c in page.components if not callable(c.value)}
        self._outputs = {c for e in page.endpoints.values() for c in e.outputs if c not in e.inputs}
        self._required = {c for e in page.endpoints.values() for c in e.needed}
        self._corrections = {c for e in page.endpoints.values() for c in e.corrections if c}

    def page(self, scheme: str = "", *, user: str | None = None, can_log_out: bool = False) -> str:
        """Return the page in the visitor's language.

        Args:
            scheme: `light`, `dark` or an empty string.
            user: Name of the logged-in user.
            can_log_out: True shows the logout button.
        """
        language = current_language()
        context = self._context | self._texts(language) | {"config": self._config_in(language), "scheme": scheme}
        return self._html("demo.html", context, user=user, can_log_out=can_log_out)

    def values(self, components: Sequence[Component], data: Mapping[int, Any]) -> dict[int, str]:
        """Return the HTML of rendered values, by their component's index."""
        texts = self._texts(current_language())
        return {i: str(self._value(texts, components[i], value)) for i, value in data.items() if components[i].renders}

    def initial_value(self, component: Component) -> Held:
        """Return a component's value on a fresh page, with stored files."""
        if component in self._initial_values:
            return self._initial_values[component]
        return self._page.initial(component, self._files.copy_files)

    def examples_page(self, examples: Examples, number: int) -> str:
        """Return the HTML of one page of examples."""
        context = {"node": examples, "id": self._page.ids[examples], "part": examples.part(number)}
        return self._html("layout/examples_part.html", self._texts(current_language()) | context, address=self._address)

    def api(self, url: str, scheme: str = "", *, mcp: bool = False) -> str:
        """Return the API page of the demo at `url`."""
        endpoints = [endpoint for endpoint in self._page.endpoints.values() if endpoint.visibility == "public"]
        descriptions = [reference.describe.describe(endpoint, url) for endpoint in endpoints]
        agents = reference.describe.clients_of(self._page.title, url) if mcp else None
        texts = self._texts(current_language())
        title = self._page.title
        return self._html("api.html", texts, title=title, endpoints=descriptions, agents=agents, scheme=scheme)

    def error(self, status: int, message: str, *, home: str, scheme: str = "") -> str:
        """Return the error page; `home` is the demo's relative path."""
        title, texts = self._page.title, self._texts(current_language())
        return self._html("error.html", texts, status=status, title=title, message=message, home=home, scheme=scheme)

    def login(self, *, message: str | None, **more: str) -> str:
        """Return the login page, with the author's message."""
        texts = self._texts(current_language())
        return self._html("login.html", texts, title=self._page.title, message=_markdown(message), **more)

    def logout(self, *, home: str, scheme: str) -> str:
        """Return the page with the button to log out."""
        texts = self._texts(current_language())
        return self._html("logout.html", texts, title=self._page.title, home=home, scheme=scheme)

    def _html(self, template: str, context: Mapping[str, Any], **more: Any) -> str:
        """Return HTML for a response, which has no place for lone surrogates."""
        return responses.without_surrogates(self._environment.get_template(template).render(context, **more))

    def _texts(self, language: Language) -> dict[str, Any]:
        """Return the template variables of a language."""
        return {"t": language.namespace, "language": language, "render": partial(self._node, language)}

    def _value(self, texts: Mapping[str, Any], component: Component, value: Any) -> Markup:
        """Return the HTML of a wire value of a rendering component."""
        template = self._environment.get_template(component.value_template)
        return Markup(template.render(texts, node=component, value=value, id=self._page.ids[component]))  # autoescaped

    def _node(self, language: Language, node: Node) -> Markup:
        ids = self._page.ids
        texts = self._texts(language)
        context = texts | {"node": node, "id": ids[node], "ids": ids, "address": self._address}
        if isinstance(node, Component):
            value = self._files.publish(self.initial_value(node), None)
            interactive = node not in self._outputs if node.interactive is None else node.interactive
            context |= {"value": value, "value_json": responses.encode(value).decode(), "interactive": interactive}
            context["required"] = node in self._required
            context["caption"] = self._caption(language, node)
            context["html"] = self._value(texts, node, value) if node.renders else None
        return Markup(self._environment.get_template(node.template).render(context))  # autoescaped

    def _config_in(self, language: Language) -> Markup:
        """Return the configuration of the scripts, with their words."""
        if language.tag not in self._configs:
            words = {key: language.texts[key] for key in self._keys}
            self._configs[language.tag] = _script(self._config.model_copy(update={"words": words}))
        return self._configs[language.tag]

    def _address(self, media: Media) -> str:
        """Return the path of a file of the page."""
        return f"file/{self._files.publish(media, None)['path']}"

    def _caption(self, language: Language, component: Component) -> str:
        """Return the text above a component; messages use the label alone."""
        words = language.texts["flag_should_be"] if component in self._corrections else "{label}"
        return words.replace("{label}", translate(component.label or ""))

    def _fixed_value(self, component: Component) -> Held:
        """Return an initial value that is the same for all visitors."""
        try:
            return self._files.copy_files(self._page.initial(component))
        except OutputError as error:
            raise ConfigurationError(f"The initial value of {component.title} cannot be shown. {error}") from error


def _script(config: PageConfig) -> Markup:
    return Markup(responses.encode(config).decode().translate(_SCRIPT_ESCAPES))  # escaped just now


def _bytecode_cache(templates: Path) -> FileSystemBytecodeCache | None:
    """Return a cache of compiled templates beside them, if writable."""
    folder = templates / "__pycache__"
    if sys.dont_write_bytecode or not os.access(templates, os.W_OK):
        return None
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _prose(text: str | None) -> Markup | None:
    """Return the HTML of the author's Markdown, with its headings below the page's title."""
    if text is None:
        return None
    html = markdown.render(text, html=True)  # sanitized
    return Markup(_HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + 1, 6)}", html))


def _markdown(text: str | None) -> Markup | None:
    return None if text is None else Markup(markdown.render(text))  # raw HTML is shown as text
