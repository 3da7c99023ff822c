"""State of Gradio's clients in one application."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from minidemo.engine.runner import Runner
from minidemo.server.gradio_api.channels import Channels
from minidemo.server.gradio_api.pending_results import PendingResults
from minidemo.server.services import Services


@dataclass(frozen=True, slots=True)
class GradioState:
    """The streams and unread results of clients."""

    channels: Channels = field(default_factory=Channels)
    pending_results: PendingResults = field(default_factory=PendingResults)


_STATES: WeakKeyDictionary[Runner, GradioState] = WeakKeyDictionary()


def state_of(services: Services) -> GradioState:
    """Return the state of an application, created for its first client."""
    if services.runner not in _STATES:
        _STATES[services.runner] = state = GradioState()
        services.runner.listen(state.pending_results.note)
        services.runner.listen(state.channels.note)
    return _STATES[services.runner]
