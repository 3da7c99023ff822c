"""The parts of Gradio's protocol that are read of a remote app; what else it says is passed over."""

from typing import Any

from pydantic import BaseModel, Field


class Part(BaseModel):
    """A component of the remote page."""

    id: int
    type: str
    props: dict[str, Any] = Field(default_factory=dict)
    skip_api: bool | None = None


class Dependency(BaseModel):
    """A function of the remote page, with the ids of what goes in and comes out."""

    id: int | None = None
    api_name: str | bool | None = None
    inputs: list[int]
    outputs: list[int]
    api_visibility: str = "public"
    types: dict[str, Any] = Field(default_factory=dict)


class Config(BaseModel):
    """What `/config` says."""

    version: str
    protocol: str
    api_prefix: str | None = None
    mode: str | None = None
    title: str | None = None
    description: str | None = None
    article: str | None = None
    max_file_size: int | None = None
    components: list[Part]
    dependencies: list[Dependency]


class Parameter(BaseModel):
    """An input, or an output, as `/info` describes it."""

    label: str | None = None
    parameter_name: str | None = None
    parameter_default: Any = None
    type: Any = None


class Described(BaseModel):
    """An endpoint, as `/info` describes it."""

    description: str | None = None
    parameters: list[Parameter] = Field(default_factory=list)
    returns: list[Parameter] = Field(default_factory=list)


class Info(BaseModel):
    """What `/info` says."""

    named_endpoints: dict[str, Described]
