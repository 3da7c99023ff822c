"""The shapes of what clients send; what else they send is ignored."""

from typing import Any

from pydantic import ConfigDict, Field, RootModel

from minidemo.schemas.base import Shape

SESSION = r"^[A-Za-z0-9_-]{1,64}$"
"""How clients may call their sessions: Python's take a UUID, those of JavaScript a dozen signs or fewer."""


class Call(Shape):
    """One call of a named endpoint: a value for each of its inputs, in order."""

    data: list[Any] = Field(default_factory=list)
    session_hash: str | None = Field(default=None, pattern=SESSION)


class Join(Call):
    """One call, by the number of the endpoint; what comes of it is told in the stream of the session."""

    fn_index: int
    session_hash: str = Field(pattern=SESSION)


class Named(RootModel[dict[str, Any]]):
    """One call of a named endpoint: values by the names of its inputs."""

    model_config = ConfigDict(defer_build=True)


class Stream(Shape):
    """Whose stream it is."""

    session_hash: str = Field(pattern=SESSION)


class Cancel(Shape):
    """The call to stop, and whose it is."""

    event_id: str
    session_hash: str = Field(pattern=SESSION)


class Reset(Shape):
    """The call that is over for its client."""

    event_id: str
