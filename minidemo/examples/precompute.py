"""The outputs of examples that are made before a demo is served."""

import asyncio
import time
from collections.abc import Callable, Iterable

from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.errors import ConfigurationError, VisitorError
from minidemo.examples.outputs import ExampleOutputs
from minidemo.page.examples import Examples
from minidemo.stores.base import BaseFileStore
from minidemo.stores.runs import RunStore
from minidemo.utils import terminal


def fill(outputs: ExampleOutputs, examples: Iterable[Examples], files: BaseFileStore, *, quiet: bool = False) -> None:
    """Make the outputs that are not kept yet, one after the other; raise `ConfigurationError` for one that fails."""
    report = _ignore if quiet else terminal.report
    for each in examples:
        missing = [index for index in range(len(each.rows)) if each.mode == "eager" and not outputs.get(each, index)]
        if missing:
            started = time.monotonic()
            work = _precompute(outputs, each, missing, files, report)
            try:
                Workers(limit=1).submit(asyncio.run, work).result()  # the loop of this thread may be running
            except ConfigurationError:
                report("An example failed.\n")
                raise
            report(f"Cached {len(missing)} examples in {time.monotonic() - started:.1f} s.\n")


async def _precompute(
    outputs: ExampleOutputs, examples: Examples, missing: list[int], files: BaseFileStore, report: Callable[[str], None]
) -> None:
    runner = Runner(runs=RunStore(), files=files, workers=Workers())
    for number, index in enumerate(missing, 1):
        report(f"Caching example {number} of {len(missing)} …")
        data = [files.publish(value, None) for value in outputs.inputs(examples, index).values()]
        try:
            run = await runner.run(runner.job(outputs.endpoint(examples), data))
        except VisitorError as error:
            raise _failure(outputs, examples, index, error.message) from error
        if run.error is not None:
            raise _failure(outputs, examples, index, run.error)
        outputs.put(examples, index, run)


def _failure(outputs: ExampleOutputs, examples: Examples, index: int, error: str) -> ConfigurationError:
    where = f"{outputs.endpoint(examples).title}: {examples.rows[index].place}"
    return ConfigurationError(
        f"{where} cannot be cached, as the function failed. {error} "
        'Mend it, take the example out, or let outputs be made when a visitor asks for them: cache_mode="lazy".'
    )


def _ignore(text: str) -> None:
    """Say nothing."""
