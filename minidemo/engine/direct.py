"""Direct: calls of an endpoint by the program that built it, without a server."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from minidemo.components.base import Component, Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.caller import Caller
from minidemo.engine.job import Job, Visit
from minidemo.engine.workers import Workers
from minidemo.stores.files import FileStore

_WORKERS = Workers()
_PLAIN = (str, int, float, bool, list, dict)


def call(endpoint: Endpoint, values: Sequence[Any]) -> Any:
    """Return what the API would answer to a value for each input: one value, a list of several, None for none.

    Of a function that yields results it is the last. Files are paths, on both sides; pictures, tables and the like are
    also taken as a function would return them. What the function raises is raised.
    """
    values = codec.fill(endpoint, values)
    # In a thread of its own, for there may be an event loop in this one, as in a notebook.
    data = _WORKERS.submit(lambda: asyncio.run(_call(endpoint, values))).result()
    return data[0] if len(data) == 1 else data or None


async def _call(endpoint: Endpoint, values: Sequence[Any]) -> list[Any]:
    files = FileStore(allowed_paths=[Path(Path.cwd().anchor)])  # the author's program may show what it can read
    inputs = tuple(_held(component, value, files) for component, value in zip(endpoint.inputs, values, strict=True))
    job = Job(endpoint, inputs, Visit())
    caller = Caller(files, _WORKERS)
    caller.expect(job)
    failure = await caller.check(job) or await caller.call(job)
    if failure is not None:
        raise failure
    pairs = zip(endpoint.outputs, job.outputs or [None] * len(endpoint.outputs), strict=True)
    return [map_tree(value, Media, _copy) for output, value in pairs if not output.stays]


def _held(component: Component, value: Any, files: FileStore) -> Held:
    """Return a value as it would come from the page."""
    if value is None or (isinstance(value, _PLAIN) and not component.takes_files):
        return value
    return files.adopt(component.postprocess(value))


def _copy(media: Media) -> str:
    """Return the path of a copy of a file."""
    path = Path(tempfile.mkdtemp(dir=_folder()), media.name)
    path.write_bytes(media.read())
    return str(path)


@cache
def _folder() -> Path:
    """Return where the copies lie until the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="minidemo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
