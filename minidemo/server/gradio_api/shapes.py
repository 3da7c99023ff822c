"""Shapes of requests, with unknown fields ignored."""

from typing import Any

from pydantic import ConfigDict, Field, RootModel

from minidemo.schemas.base import Shape

SESSION = r"^[A-Za-z0-9_-]{1,64}$"
"""Pattern of session ids: UUIDs in Python, shorter in JavaScript."""


class Call(Shape):
    """A call of a named endpoint with ordered values."""

    data: list[Any] = Field(default_factory=list)
    session_hash: str | None = Field(default=None, pattern=SESSION)


class Join(Call):
    """A call by the endpoint's number, with results in the session's stream."""

    fn_index: int
    session_hash: str = Field(pattern=SESSION)


class Named(RootModel[dict[str, Any]]):
    """A call of a named endpoint with values by input name."""

    model_config = ConfigDict(defer_build=True)


class Stream(Shape):
    """The session of a stream."""

    session_hash: str = Field(pattern=SESSION)


class Cancel(Shape):
    """The call to stop, and its session."""

    event_id: str
    session_hash: str = Field(pattern=SESSION)


class Reset(Shape):
    """The stopped call whose end the client has noticed."""

    event_id: str
