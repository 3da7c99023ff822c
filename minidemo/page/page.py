"""Page: a layout, its components, and the endpoints that they serve."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Self

from minidemo.components.base import Component, Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError, NotFound, OutputError, did_you_mean
from minidemo.layout.containers import Tab
from minidemo.layout.node import Node
from minidemo.page.appearance import Appearance
from minidemo.page.examples import Examples
from minidemo.page.value_function import check_value_function
from minidemo.stores.retention import RetentionPolicy
from minidemo.utils.failures import propagates

logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueLimits:
    """Limits for all queues of a page; None: no limit."""

    max_size: int | None = None
    """The largest number of waiting calls of each endpoint."""
    default_limit: int | None = 1
    """Concurrent calls of an endpoint without its own limit."""


class Page:
    """A page at one address. `description` and `article` are Markdown."""

    def __init__(
        self,
        layout: Node,
        *,
        endpoints: Sequence[Endpoint],
        title: str | None = None,
        description: str | None = None,
        article: str | None = None,
        fill_width: bool = False,
        appearance: Appearance | None = None,
        retention: RetentionPolicy | None = None,
    ) -> None:
        self.layout = layout
        self.queue = QueueLimits()
        self.endpoints = {endpoint.name: endpoint for endpoint in endpoints}
        self.title = title
        self.description = description
        self.article = article
        self.fill_width = fill_width
        self.appearance = appearance or Appearance()
        self.retention = retention or RetentionPolicy()
        self.ids = dict(_ids(layout))
        self.examples = {str(node.endpoint): node for node in self.ids if isinstance(node, Examples)}
        if len(set(self.ids.values())) < len(self.ids):
            raise ConfigurationError("Two components have the same elem_id. Give each its own.")
        self._initial = {component: self._static_value(component) for component in self.components}
        for component in self.components:
            self._check_references(component)
        for endpoint in endpoints:
            self._check_endpoint(endpoint)

    def with_queue(self, limits: QueueLimits) -> Self:
        """Return a copy of the page with other queue limits."""
        page = copy(self)
        page.queue = limits
        return page

    @property
    def components(self) -> list[Component]:
        """The components on the page, in reading order."""
        return [node for node in self.ids if isinstance(node, Component)]

    def initial(self, component: Component, adopt: Callable[[Held], Held] = lambda value: value) -> Held:
        """Return the value that a fresh page shows; None if its function fails.

        `adopt` takes over the files of the value.
        """
        if not callable(component.value):
            return adopt(self._initial[component])
        try:
            return adopt(component.initial())
        except BaseException as error:
            if propagates(error):
                raise
            logger.exception("%s has no initial value: its function failed", component.title)
            return None

    def endpoint(self, name: str | None) -> Endpoint:
        """Return an endpoint by name, the first for None.

        Raises `NotFound` for unknown names.
        """
        endpoint = next(iter(self.endpoints.values())) if name is None else self.endpoints.get(name)
        if endpoint is None:
            raise NotFound(f"There is no endpoint {name!r:.60}. {did_you_mean(str(name), self.endpoints)}")
        return endpoint

    @staticmethod
    def _static_value(component: Component) -> Held:
        if callable(component.value):
            check_value_function(component)
            return None
        try:
            return component.initial()
        except OutputError as error:
            raise ConfigurationError(f"The initial value does not fit. {error}") from error

    def _check_references(self, component: Component) -> None:
        for other in component.refers_to:
            if other not in self.ids:
                raise ConfigurationError(f"{component.title} names {other.title}, which is not on the page.")

    def _check_endpoint(self, endpoint: Endpoint) -> None:
        """Check an endpoint, and set up its flagging backend."""
        for component in endpoint.inputs:
            component.check_as_input()
        for component in (*endpoint.inputs, *endpoint.outputs):
            if component not in self.ids:
                raise ConfigurationError(f"{endpoint.title}: {component.title} is not on the page's layout.")
        if endpoint.flagging.mode != "never":
            endpoint.flagging.callback.setup(endpoint.columns, endpoint.flagging.directory)


def _ids(layout: Node) -> Iterator[tuple[Node, str]]:
    """Yield each node with its id; equal slugs get a number."""
    slugs = Counter[str]()
    for i, node in enumerate(layout.walk()):
        if isinstance(node, Tab):
            slugs[node.slug] += 1
            yield node, node.slug if slugs[node.slug] == 1 else f"{node.slug}.{slugs[node.slug]}"
        else:
            yield node, node.elem_id or f"n{i}"
