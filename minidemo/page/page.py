"""Page: a layout, its components, and the endpoints that they serve."""

from collections import Counter
from collections.abc import Iterator, Sequence

from minidemo.components.base import Component, Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError, NotFound, OutputError, did_you_mean
from minidemo.layout.containers import Tab
from minidemo.layout.node import Node
from minidemo.page.appearance import Appearance
from minidemo.page.examples import Examples
from minidemo.schemas.page import EndpointConfig, FieldConfig, FlagConfig, LiveConfig
from minidemo.stores.cleanup import Keeping


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
        keeping: Keeping | None = None,
    ) -> None:
        self.layout = layout
        self.queue_size: int | None = None
        """Waiting calls of an endpoint; None for any number."""
        self.usual_limit: int | None = 1
        """Concurrent calls of an endpoint without a limit; None for any number."""
        self.endpoints = {endpoint.name: endpoint for endpoint in endpoints}
        self.title = title
        self.description = description
        self.article = article
        self.fill_width = fill_width
        self.appearance = appearance or Appearance()
        self.keeping = keeping or Keeping()
        self.ids = dict(_ids(layout))
        self.examples = {str(node.endpoint): node for node in self.ids if isinstance(node, Examples)}
        if len(set(self.ids.values())) < len(self.ids):
            raise ConfigurationError("Two components have the same elem_id. Give each its own.")
        self._initial = {component: self._static_value(component) for component in self.components}
        for component in self.components:
            self._check_references(component)
        for endpoint in endpoints:
            self._check_endpoint(endpoint)

    @property
    def components(self) -> list[Component]:
        """The components on the page, in reading order."""
        return [node for node in self.ids if isinstance(node, Component)]

    def initial(self, component: Component) -> Held:
        """Return the value that a fresh page shows."""
        return component.initial() if callable(component.value) else self._initial[component]

    def endpoint(self, name: str | None) -> Endpoint:
        """Return an endpoint by name, the first for None.

        Raises `NotFound` for unknown names.
        """
        endpoint = next(iter(self.endpoints.values())) if name is None else self.endpoints.get(name)
        if endpoint is None:
            raise NotFound(f"There is no endpoint {name!r:.60}. {did_you_mean(str(name), self.endpoints)}")
        return endpoint

    def config(self) -> list[EndpointConfig]:
        """Return the browser's configuration of the endpoints."""
        return [
            EndpointConfig(
                name=endpoint.name,
                inputs=self._fields(endpoint.inputs, endpoint.input_names),
                outputs=self._fields(endpoint.outputs, endpoint.output_names),
                flag=self._flag(endpoint),
                stoppable=endpoint.stoppable,
                progress=endpoint.progress,
                required=sorted(endpoint.required),
                live=LiveConfig(every=live.every, limit=live.limit) if (live := endpoint.live) else None,
            )
            for endpoint in self.endpoints.values()
        ]

    def _flag(self, endpoint: Endpoint) -> FlagConfig | None:
        policy = endpoint.flagging
        if policy.mode == "never":
            return None
        return FlagConfig(
            mode=policy.mode,
            options=list(policy.options),
            comment=self.ids.get(endpoint.note) if endpoint.note else None,
            corrections=[self.ids.get(field) if field else None for field in endpoint.corrections],
        )

    def _fields(self, components: Sequence[Component], names: Sequence[str]) -> list[FieldConfig]:
        pairs = zip(components, names, strict=True)
        return [FieldConfig(id=self.ids[component], name=name) for component, name in pairs]

    @staticmethod
    def _static_value(component: Component) -> Held:
        if callable(component.value):
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
