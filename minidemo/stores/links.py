"""Links: runs that a visitor shares with others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe

from minidemo.components.base import Component, Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run
from minidemo.utils.lru import LRU


class ShareLinks:
    """Stores the latest links to runs, at most `max_links`.

    A link is not the run's id, which allows its visitor to stop the call, undo its flag and read private values.
    """

    def __init__(self, *, max_links: int = 10_000) -> None:
        self._runs = runs = dict[str, str]()
        self._links: LRU[str, str] = LRU(max_links, on_remove=lambda _, link: runs.pop(link))

    def link_to(self, run: str, client: str = "") -> str:
        """Return a client's link to a run id; always the same one."""
        link = self._links.get(run)
        if link is None:
            link = token_urlsafe(16)
            self._runs[link] = run
            self._links.put(run, link, share=client)
        return link

    async def run_id(self, link: str) -> str:
        """Return the run id of a link, or an empty text."""
        return self._runs.get(link, "")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A call without private values, for another owner."""

    endpoint: Endpoint
    inputs: tuple[Held, ...]
    owner: Owner

    @classmethod
    def of(cls, endpoint: Endpoint, inputs: Sequence[Held], owner: Owner) -> "SharedRun":
        """Return the call of an endpoint with inputs for another owner."""
        return cls(endpoint, tuple(map_tree(_public(endpoint.inputs, inputs), Media, Media.copy_for_visitor)), owner)

    def outputs(self, outputs: Sequence[Held]) -> tuple[Held, ...]:
        """Return outputs with None in place of private ones."""
        return tuple(_public(self.endpoint.outputs, outputs))

    def run(self, run: Run) -> Run:
        """Return a copy of the run for the new owner."""
        outputs = map_tree(self.outputs(run.outputs), Media, Media.copy_for_visitor)
        return replace(
            run,
            id=token_urlsafe(16),
            inputs=self.inputs,
            outputs=tuple(outputs),
            session=self.owner.session,
            username=self.owner.username,
            client=self.owner.client,
            copied=0,
        )


def _public(components: Sequence[Component], values: Sequence[Held]) -> list[Held]:
    """Return the values with None for private components."""
    pairs = zip(components, values, strict=False)
    return [None if component.private else value for component, value in pairs]
