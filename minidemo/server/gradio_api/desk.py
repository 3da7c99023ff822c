"""Desk: what an application has to remember for its clients, from when the first one comes."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from minidemo.engine.runner import Runner
from minidemo.server.gradio_api.channels import Channels
from minidemo.server.gradio_api.unread import Unread
from minidemo.server.services import Services


@dataclass(frozen=True, slots=True)
class Desk:
    """The streams of clients, and the results that nobody has read yet."""

    channels: Channels = field(default_factory=Channels)
    unread: Unread = field(default_factory=Unread)


_DESKS: WeakKeyDictionary[Runner, Desk] = WeakKeyDictionary()


def desk_of(shared: Services) -> Desk:
    """Return the desk of an application."""
    if shared.runner not in _DESKS:
        _DESKS[shared.runner] = desk = Desk()
        shared.runner.listen(desk.unread.note)
    return _DESKS[shared.runner]
