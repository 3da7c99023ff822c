"""Lending: what a visitor made, shown to another who has a link to it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe

from minidemo.components.base import Component, Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run


class Links:
    """Knows which call a link leads to.

    A link is not the id of the run, which its visitor alone has: with that one could stop the call, take back its flag,
    or read what is private. The latest `max_links` are kept.
    """

    def __init__(self, *, max_links: int = 10_000) -> None:
        self._max_links = max_links
        self._links: OrderedDict[str, str] = OrderedDict()
        self._runs: dict[str, str] = {}

    def to(self, run: str) -> str:
        """Return the link to a run, the same whenever it is asked for; the oldest links make room."""
        if run not in self._links:
            self._links[run] = token_urlsafe(16)
            self._runs[self._links[run]] = run
        while len(self._links) > self._max_links:
            del self._runs[self._links.popitem(last=False)[1]]
        return self._links[run]

    def run(self, link: str) -> str:
        """Return the id of the run that a link leads to, or nothing for a link that there is not."""
        return self._runs.get(link, "")


@dataclass(frozen=True, slots=True)
class Lent:
    """A call as another visitor sees it: without what is private, and with files that are theirs to use as well."""

    endpoint: Endpoint
    inputs: tuple[Held, ...]
    owner: Owner

    @classmethod
    def of(cls, endpoint: Endpoint, inputs: Sequence[Held], owner: Owner) -> "Lent":
        """Return a call of an endpoint on inputs for another owner."""
        return cls(endpoint, tuple(map_tree(_shown(endpoint.inputs, inputs), Media, Media.copy_for_visitor)), owner)

    def outputs(self, outputs: Sequence[Held]) -> tuple[Held, ...]:
        """Return those outputs that others may see."""
        return tuple(_shown(self.endpoint.outputs, outputs))

    def run(self, run: Run) -> Run:
        """Return what became of the call as a run of the other visitor: to flag, or to go on from."""
        outputs = map_tree(self.outputs(run.outputs), Media, Media.copy_for_visitor)
        return replace(
            run,
            id=token_urlsafe(16),
            inputs=self.inputs,
            outputs=tuple(outputs),
            session=self.owner.session,
            username=self.owner.username,
        )


def _shown(components: Sequence[Component], values: Sequence[Held]) -> list[Held]:
    """Return a value for each component, but None for what is private; a call that failed has no outputs."""
    pairs = zip(components, values, strict=False)
    return [None if component.private else value for component, value in pairs]
