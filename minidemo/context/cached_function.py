"""Cached functions: results kept in memory, by the content of the arguments."""

import copy
import inspect
from collections.abc import Callable, Mapping
from contextlib import aclosing, closing
from functools import partial, wraps
from typing import Any, TypeAlias, TypedDict, TypeVar, Unpack, overload

from minidemo.context.caching import Cache
from minidemo.errors import ConfigurationError
from minidemo.utils.lru import LRU

Function: TypeAlias = Callable[..., Any]
F = TypeVar("F", bound=Callable[..., Any])
MAX_FUNCTIONS = 1_024
"""Number of functions whose results are kept."""
_CACHED: LRU[tuple[Any, ...], Function] = LRU(MAX_FUNCTIONS)
"""The cached functions, so that `cache(fn)` is the same one in each call."""


class CacheOptions(TypedDict, total=False):
    """The options of `cache`; see there."""

    key: Callable[[dict[str, Any]], Any] | None
    max_size: int
    max_memory: str | int | None
    per_session: bool


@overload
def cache(fn: F, **options: Unpack[CacheOptions]) -> F: ...
@overload
def cache(**options: Unpack[CacheOptions]) -> Callable[[F], F]: ...
def cache(
    fn: Any = None,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
) -> Any:
    """Keep the results of a function in memory: `@cache`, `@cache(max_size=9)`, or `cache(fn)(x)`.

    Equal arguments get the same result without a call, and a generator yields the same values again. The function may
    be async. Do not change a result: the next call gets the same object.

    Args:
        fn: The function.
        key: Takes the arguments by name, and returns the part that counts. By default all count.
        max_size: Largest number of results; 0: no limit. 128 by default.
        max_memory: Largest size of all results, in bytes or such as "512mb". By default there is no limit.
        per_session: Whether each page load has its own results. False by default.
    """
    if fn is None:
        return partial(cache, key=key, max_size=max_size, max_memory=max_memory, per_session=per_session)
    if not callable(fn):
        raise ConfigurationError(f"cache got {fn!r:.60}; expected a function: cache(fn)(x), not cache(fn(x)).")
    results = Cache(max_size=max_size, max_memory=max_memory, per_session=per_session)
    options = (fn, key, max_size, max_memory, per_session)
    return _CACHED.setdefault(options, lambda: _cached(fn, key, results))


def _cached(fn: Function, key: Function | None, results: Cache) -> Function:
    """Return a function of the same kind that asks its cache first."""
    signature = inspect.signature(fn)

    def key_of(positional: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        bound = signature.bind(*positional, **named)
        bound.apply_defaults()
        arguments = {name: value for name, value in bound.arguments.items() if not isinstance(value, Cache)}
        return arguments if key is None else key(arguments)

    kinds = (
        (inspect.isgeneratorfunction, _generator),
        (inspect.isasyncgenfunction, _async_generator),
        (inspect.iscoroutinefunction, _coroutine),
        (callable, _plain),
    )
    make = next(make for is_kind, make in kinds if is_kind(fn))
    cached: Any = wraps(fn)(make(fn, key_of, results))
    cached.cache = results
    return cached  # type: ignore[no-any-return]


def _plain(fn: Function, key_of: Function, results: Cache) -> Function:
    def call(*positional: Any, **named: Any) -> Any:
        key = key_of(positional, named)
        known = results.get(key)
        if known is None:
            known = {"result": fn(*positional, **named)}
            results.set(key, **known)
        return known["result"]

    return call


def _coroutine(fn: Function, key_of: Function, results: Cache) -> Function:
    async def call(*positional: Any, **named: Any) -> Any:
        key = key_of(positional, named)
        known = results.get(key)
        if known is None:
            known = {"result": await fn(*positional, **named)}
            results.set(key, **known)
        return known["result"]

    return call


def _generator(fn: Function, key_of: Function, results: Cache) -> Function:
    def call(*positional: Any, **named: Any) -> Any:
        key = key_of(positional, named)
        known = results.get(key)
        if known is not None:
            yield from known["results"]
            return
        values = []
        with closing(fn(*positional, **named)) as generator:
            for value in generator:
                values.append(copy.deepcopy(value))  # the function may change it later
                yield value
        results.set(key, results=values)

    return call


def _async_generator(fn: Function, key_of: Function, results: Cache) -> Function:
    async def call(*positional: Any, **named: Any) -> Any:
        key = key_of(positional, named)
        known = results.get(key)
        if known is not None:
            for value in known["results"]:
                yield value
            return
        values = []
        async with aclosing(fn(*positional, **named)) as generator:
            async for value in generator:
                values.append(copy.deepcopy(value))
                yield value
        results.set(key, results=values)

    return call
