"""Which exceptions are an author's, and which end the program or the task."""

import asyncio

import pytest

from minidemo.auth.login import Login
from minidemo.utils.failures import Failure, attempt
from tests.exceptions import EXCEPTIONS, fail


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_but_ctrl_c_is_a_failure(name: str) -> None:
    if name == "interrupt":
        with pytest.raises(KeyboardInterrupt):
            attempt(fail, name)
    else:
        assert isinstance(attempt(fail, name), Failure)


def test_the_cancellation_of_a_task_is_no_failure_of_what_it_calls() -> None:
    async def cancel() -> None:
        asked = asyncio.Event()

        async def check(name: str, password: str) -> None:
            asked.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(Login(check).log_in("ann", "a secret", "here"))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
