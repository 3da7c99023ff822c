"""Execution of a function: limits, batches, executor and validator."""

import inspect
import pickle
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Literal

from minidemo.endpoints.signature import name_of
from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_count
from minidemo.utils.renewing_executor import RenewingExecutor


@dataclass(frozen=True, kw_only=True, slots=True)
class Execution:
    """The arguments of an `Interface` that concern calls; see there."""

    concurrency_limit: int | Literal["default"] | None = "default"
    time_limit: float | None = None
    batch: bool = False
    max_batch_size: int = 4
    executor: Executor | None = None
    validator: Callable[..., Any] | None = None

    def limit(self) -> int | None:
        """Return the number of concurrent calls, None for any number."""
        return 1 if self.concurrency_limit == "default" else self.concurrency_limit

    def batch_size(self, fn: Callable[..., Any]) -> int | None:
        """Return the largest batch, or None for single calls.

        Raises `ConfigurationError` if the function cannot take batches.
        """
        if not self.batch:
            return None
        if not is_count(self.max_batch_size):
            raise ConfigurationError(f"max_batch_size is {self.max_batch_size!r}; expected a number from 1.")
        if _is_generator(fn) or inspect.iscoroutinefunction(fn) or self.executor is not None:
            raise ConfigurationError("batch=True needs a plain function: no async one, no generator, no executor.")
        return self.max_batch_size

    def checked_executor(self, fn: Callable[..., Any]) -> Executor | None:
        """Return the executor of a function, or None.

        Raises `ConfigurationError` if the executor cannot run the function.
        """
        if self.executor is None:
            return None
        if not isinstance(self.executor, Executor):
            raise ConfigurationError(
                f"executor is {self.executor!r:.80}; expected a concurrent.futures.Executor, such as "
                "ProcessPoolExecutor(4), or distributed.Client(…).get_executor()."
            )
        if _is_generator(fn) or inspect.iscoroutinefunction(fn):
            raise ConfigurationError("executor= needs a plain function: no async one, and no generator.")
        if isinstance(self.executor, futures.ProcessPoolExecutor):
            _check_pickle(fn)
        return RenewingExecutor(self.executor)

    def checked_validator(self) -> Callable[..., Any] | None:
        """Return the validator, or raise `ConfigurationError`."""
        if self.validator is not None and not callable(self.validator):
            raise ConfigurationError(f"validator is {self.validator!r:.80}; expected a function.")
        return self.validator


def _is_generator(fn: Callable[..., Any]) -> bool:
    kinds = (inspect.isgeneratorfunction, inspect.isasyncgenfunction)
    return any(kind(each) for kind in kinds for each in (fn, type(fn).__call__))


def _check_pickle(fn: Callable[..., Any]) -> None:
    try:
        pickle.dumps(fn)
    except Exception as error:
        raise ConfigurationError(
            f'Interface "{name_of(fn)}": the function cannot be sent to another process ({error}). '
            "Define it at the top of a module, with def."
        ) from error
