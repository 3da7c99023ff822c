"""Models of Gradio's protocol, without the fields that we ignore."""

from typing import Any

from pydantic import BaseModel, Field, model_validator

from minidemo.remote.incoming import Incoming, IncomingValue


class ComponentConfig(BaseModel):
    """A component of the remote page; `props` has no value."""

    id: int
    type: str
    props: dict[str, Any] = Field(default_factory=dict)
    value: Incoming = IncomingValue()
    skip_api: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _take_value_out(cls, data: Any) -> Any:
        props = data.get("props") if isinstance(data, dict) else None
        if not isinstance(props, dict):
            return data
        others = {name: prop for name, prop in props.items() if name != "value"}
        return {**data, "props": others, "value": props.get("value")}


class Dependency(BaseModel):
    """A function of the remote page, with its components' ids."""

    id: int | None = None
    api_name: str | bool | None = None
    inputs: list[int]
    outputs: list[int]
    api_visibility: str = "public"
    types: dict[str, Any] = Field(default_factory=dict)


class Config(BaseModel):
    """The response of `/config`."""

    version: str
    protocol: str
    api_prefix: str | None = None
    mode: str | None = None
    title: str | None = None
    description: str | None = None
    article: str | None = None
    max_file_size: int | None = None
    components: list[ComponentConfig]
    dependencies: list[Dependency]


class Parameter(BaseModel):
    """An input or output in `/info`."""

    label: str | None = None
    parameter_name: str | None = None
    parameter_default: Incoming = IncomingValue()
    type: Any = None


class EndpointInfo(BaseModel):
    """An endpoint in `/info`."""

    description: str | None = None
    parameters: list[Parameter] = Field(default_factory=list)
    returns: list[Parameter] = Field(default_factory=list)


class Info(BaseModel):
    """The response of `/info`."""

    named_endpoints: dict[str, EndpointInfo]
