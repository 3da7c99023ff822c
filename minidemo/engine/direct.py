"""Direct: calls of an endpoint by the author's program, without a server."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minidemo.components.base import Component, Held
from minidemo.content import temporary
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.caller import Caller
from minidemo.engine.job import CallContext, Job
from minidemo.engine.workers import Workers
from minidemo.stores.files import FileStore

_WORKERS = Workers()
_PLAIN = (str, int, float, bool, list, dict)


def call(endpoint: Endpoint, values: Sequence[Any]) -> Any:
    """Call an endpoint and return its output or outputs.

    A generator returns its last value. Files are paths. Values such as pictures and tables can also be passed as a
    function would return them. Exceptions of the function are raised.
    """
    values = codec.fill(endpoint, values)
    # In another thread: a notebook runs an event loop in this one.
    data = _WORKERS.submit(lambda: asyncio.run(_call(endpoint, values))).result()
    return data[0] if len(data) == 1 else data or None


async def _call(endpoint: Endpoint, values: Sequence[Any]) -> list[Any]:
    files = FileStore(allowed_paths=[Path(Path.cwd().anchor)])  # the program may return any readable file
    inputs = tuple(
        _stored_value(component, value, files) for component, value in zip(endpoint.inputs, values, strict=True)
    )
    job = Job(endpoint, inputs, CallContext())
    caller = Caller(files, _WORKERS)
    caller.join_batch(job)
    failure = await caller.check(job)
    if failure is None:
        failure = await caller.call(job)
    if failure is not None:
        raise failure
    pairs = zip(endpoint.outputs, job.outputs or [None] * len(endpoint.outputs), strict=True)
    return [map_tree(value, Media, _copy) for output, value in pairs if not output.stays]


def _stored_value(component: Component, value: Any, files: FileStore) -> Held:
    """Return a value as the page would send it."""
    if value is None or (isinstance(value, _PLAIN) and not component.takes_files):
        return value
    return files.copy_files(component.postprocess(value))


def _copy(media: Media) -> str:
    """Return the path of a copy of a file, deleted at exit."""
    path = temporary.new_folder() / media.name
    path.write_bytes(media.read())
    return str(path)
