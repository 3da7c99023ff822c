"""The outputs of a demo's examples, computed in advance or on demand."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any

from minidemo.components.base import Component, Held
from minidemo.content.media import Media, files_of
from minidemo.endpoints.endpoint import Endpoint
from minidemo.examples import serialize, settings
from minidemo.examples.cache import Cache, Outputs
from minidemo.examples.fingerprint import Fingerprint, fingerprint
from minidemo.page.examples import Examples
from minidemo.page.page import Page
from minidemo.stores.runs import Run

logger = logging.getLogger("minidemo")
_IGNORED_OPTIONS = frozenset(
    {
        *("value", "label", "info", "show_label", "container", "scale", "min_width", "visible", "children"),
        *("_argument_names", "_told"),
    }
)
"""Options of components that do not change values."""


class ExampleOutputs:
    """Returns and stores the values and outputs of a page's examples.

    `adopt` takes over the files of an initial value.
    """

    def __init__(self, page: Page, adopt: Callable[[Held], Held]) -> None:
        self._page = page
        self._adopt = adopt
        self._cache = Cache(settings.cache_directory())
        self._outputs: dict[tuple[str, int], Outputs] = {}
        self._keys: dict[tuple[str, int], str] = {}
        cached = [self.endpoint(each) for each in page.examples.values() if each.mode]
        self._initial = {
            component: self._initial_value(component) for endpoint in cached for component in endpoint.inputs
        }
        self._fingerprints = {endpoint.name: _fingerprint(endpoint) for endpoint in cached}
        self._kept = {endpoint.name for endpoint in cached if _is_kept(endpoint, self._fingerprints[endpoint.name])}

    def endpoint(self, examples: Examples) -> Endpoint:
        """Return the endpoint that examples belong to."""
        return self._page.endpoint(examples.endpoint)

    def values(self, examples: Examples, index: int) -> dict[int, Held]:
        """Return the values to fill in, by the positions of inputs.

        If outputs are cached, these are all values that the outputs depend on.
        """
        if not examples.mode:
            return dict(examples.rows[index].values)
        return {i: value for i, value in self.inputs(examples, index).items() if examples.inputs[i].seen}

    def inputs(self, examples: Examples, index: int) -> dict[int, Held]:
        """Return a value for each input: the example's, or the initial one."""
        values = examples.rows[index].values
        inputs = enumerate(examples.inputs)
        return {i: values[i] if i in values else self._default_value(component) for i, component in inputs}

    def get(self, examples: Examples, index: int) -> Outputs | None:
        """Return the cached outputs of an example; may read files."""
        place = str(examples.endpoint), index
        if place in self._outputs and all(
            media.path is None or media.path.is_file() for media in files_of(self._outputs[place])
        ):
            return self._outputs[place]
        outputs = self._cache.read(self._key(examples, index)) if examples.endpoint in self._kept else None
        if outputs is not None and len(outputs) == len(self.endpoint(examples).outputs):
            self._outputs[place] = outputs
            return outputs
        return None

    def put(self, examples: Examples, index: int, run: Run) -> None:
        """Store the outputs of a run without a visitor."""
        kept = examples.endpoint in self._kept
        outputs = self._cache.write(self._key(examples, index), run.outputs) if kept else run.outputs
        self._outputs[str(examples.endpoint), index] = outputs

    async def keep(self, run: Run) -> None:
        """Cache the outputs of a run of an example, unless it failed."""
        if run.example is not None and run.error is None:
            examples = self._page.examples[run.endpoint]
            await asyncio.to_thread(self.put, examples, run.example, run)

    def _default_value(self, component: Component) -> Held:
        return self._initial[component] if component in self._initial else self._initial_value(component)

    def _initial_value(self, component: Component) -> Held:
        return self._page.initial(component, self._adopt)

    def _key(self, examples: Examples, index: int) -> str:
        """Return the cache key of an example."""
        place = str(examples.endpoint), index
        if place not in self._keys:
            parts = [
                self._fingerprints[str(examples.endpoint)].digest,
                serialize.dump([*self.inputs(examples, index).values()], _media_digest),
            ]
            text = json.dumps(parts, default=repr)
            self._keys[place] = hashlib.sha256(text.encode()).hexdigest()[:40]
        return self._keys[place]


def _fingerprint(endpoint: Endpoint) -> Fingerprint:
    """Return the fingerprint of the function and its components."""
    components = [(type(each), _options(each)) for each in (*endpoint.inputs, *endpoint.outputs)]
    return fingerprint(endpoint.fn, endpoint.version, components)


def _is_kept(endpoint: Endpoint, seen: Fingerprint) -> bool:
    """Return whether outputs are kept on disk: changes must be seen, or told by the author's version."""
    if not seen.unseen or endpoint.version is not None:
        return True
    logger.warning(
        "%s: the outputs of the examples are made anew after each start, since changes cannot be seen in %s. "
        "To keep them, give the Interface a version, and change it with the function.",
        endpoint.title,
        ", ".join(seen.unseen),
    )
    return False


def _options(component: Component) -> dict[str, Any]:
    return {name: value for name, value in vars(component).items() if name not in _IGNORED_OPTIONS}


def _media_digest(media: Media) -> str:
    """Return the digest of a file's content."""
    if media.path is None:
        return hashlib.sha256(media.read()).hexdigest()
    with media.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
