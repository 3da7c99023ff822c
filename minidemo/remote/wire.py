"""Models of Gradio's protocol, without the fields that we ignore."""

from typing import Any

from pydantic import BaseModel, Field


class ComponentConfig(BaseModel):
    """A component of the remote page."""

    id: int
    type: str
    props: dict[str, Any] = Field(default_factory=dict)
    skip_api: bool | None = None


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
    parameter_default: Any = None
    type: Any = None


class EndpointInfo(BaseModel):
    """An endpoint in `/info`."""

    description: str | None = None
    parameters: list[Parameter] = Field(default_factory=list)
    returns: list[Parameter] = Field(default_factory=list)


class Info(BaseModel):
    """The response of `/info`."""

    named_endpoints: dict[str, EndpointInfo]
