"""The configuration that a page's scripts read."""

from collections.abc import Sequence

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.page.page import Page
from minidemo.schemas.page import EndpointConfig, FieldConfig, FlagConfig, LiveConfig


def endpoint_config(page: Page, endpoint: Endpoint) -> EndpointConfig:
    """Return the configuration of one endpoint of a page."""
    return EndpointConfig(
        name=endpoint.name,
        inputs=_fields(page, endpoint.inputs, endpoint.input_names),
        outputs=_fields(page, endpoint.outputs, endpoint.output_names),
        flag=_flag(page, endpoint),
        stoppable=endpoint.stoppable,
        progress=endpoint.progress,
        required=sorted(endpoint.required),
        live=LiveConfig(every=live.every, limit=live.limit) if (live := endpoint.live) else None,
    )


def _flag(page: Page, endpoint: Endpoint) -> FlagConfig | None:
    policy = endpoint.flagging
    if policy.mode == "never":
        return None
    return FlagConfig(
        mode=policy.mode,
        options=list(policy.options),
        comment=page.ids.get(endpoint.note) if endpoint.note else None,
        corrections=[page.ids.get(field) if field else None for field in endpoint.corrections],
    )


def _fields(page: Page, components: Sequence[Component], names: Sequence[str]) -> list[FieldConfig]:
    pairs = zip(components, names, strict=True)
    return [FieldConfig(id=page.ids[component], name=name) for component, name in pairs]
