"""Results of functions that may be async."""

import inspect
from collections.abc import Awaitable
from concurrent import futures
from typing import Any


def finished(value: Any) -> Any:
    """Return a value, or the result of an awaitable, in any thread."""
    if not inspect.isawaitable(value):
        return value
    import asyncio  # noqa: PLC0415  # takes 20 ms, which only async functions need

    with futures.ThreadPoolExecutor(1) as pool:  # this thread may run an event loop
        return pool.submit(asyncio.run, _result(value)).result()


async def _result(value: Awaitable[Any]) -> Any:
    return await value
