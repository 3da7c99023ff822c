"""The outputs of examples that are made before a demo is served."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable

from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.errors import ConfigurationError, VisitorError
from minidemo.examples.outputs import Shelf
from minidemo.page.examples import Examples
from minidemo.stores.base import BaseFileStore
from minidemo.stores.runs import RunStore


def fill(shelf: Shelf, examples: Iterable[Examples], files: BaseFileStore, *, quiet: bool = False) -> None:
    """Make the outputs that are not kept yet, one after the other; raise `ConfigurationError` for one that fails."""
    tell = _hush if quiet else _tell
    for each in examples:
        missing = [index for index in range(len(each.rows)) if each.mode == "eager" and not shelf.get(each, index)]
        if missing:
            started = time.monotonic()
            work = _make(shelf, each, missing, files, tell)
            try:
                Workers(limit=1).submit(asyncio.run, work).result()  # the loop of this thread may be running
            except ConfigurationError:
                tell("An example failed.\n")
                raise
            tell(f"Cached {len(missing)} examples in {time.monotonic() - started:.1f} s.\n")


async def _make(
    shelf: Shelf, examples: Examples, missing: list[int], files: BaseFileStore, tell: Callable[[str], None]
) -> None:
    runner = Runner(runs=RunStore(), files=files, workers=Workers())
    for done, index in enumerate(missing, 1):
        tell(f"Caching example {done} of {len(missing)} …")
        data = [files.publish(value, None) for value in shelf.inputs(examples, index).values()]
        try:
            run = await runner.run(runner.job(shelf.endpoint(examples), data))
        except VisitorError as error:
            raise _failure(shelf, examples, index, error.message) from error
        if run.error is not None:
            raise _failure(shelf, examples, index, run.error)
        shelf.put(examples, index, run)


def _failure(shelf: Shelf, examples: Examples, index: int, error: str) -> ConfigurationError:
    where = f"{shelf.endpoint(examples).title}: {examples.rows[index].place}"
    return ConfigurationError(
        f"{where} cannot be cached, as the function failed. {error} "
        'Mend it, take the example out, or let outputs be made when a visitor asks for them: cache_mode="lazy".'
    )


def _tell(words: str) -> None:
    """Show how far it is; in a terminal, in one line."""
    line = f"\r\x1b[K{words}" if sys.stderr.isatty() else f"{words.rstrip()}\n"
    print(line, end="", file=sys.stderr, flush=True)


def _hush(words: str) -> None:
    """Say nothing."""
