"""Login: checks passwords and recognises logged-in users."""

import hashlib
import hmac
import inspect
import logging
import secrets
from asyncio import to_thread
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

from minidemo.auth.base import BaseLoginStore, BaseThrottle
from minidemo.auth.logins import LoginStore
from minidemo.auth.throttle import LoginThrottle
from minidemo.errors import ConfigurationError, Defect
from minidemo.utils.failures import Failure, attempt, propagates

Auth: TypeAlias = tuple[str, str] | Sequence[tuple[str, str]] | Callable[[str, str], Any]
"""A (name, password) pair, a list of pairs, or a function.

The function may be async. It gets name and password, and returns True for valid ones; 1 and other values are refused.
"""
MAX_LENGTH = 256
"""Characters of a name."""

logger = logging.getLogger("minidemo")


class Login:
    """Logs users in, and recognises them by a random token.

    Args:
        auth: The names and passwords, or the author's function.
        logins: The store of logged-in users, in memory by default.
        throttle: The limit of failed attempts, in memory by default.
    """

    def __init__(
        self, auth: Auth, *, logins: BaseLoginStore | None = None, throttle: BaseThrottle | None = None
    ) -> None:
        self._check = _check_of(auth)
        self._logins: BaseLoginStore = LoginStore() if logins is None else logins
        self._throttle: BaseThrottle = LoginThrottle() if throttle is None else throttle

    async def log_in(self, name: str, password: str, address: str) -> str | None:
        """Return a token, or None for a wrong password; may raise `TooManyGuesses`."""
        if not 0 < len(name) <= MAX_LENGTH:
            return None
        attempt = await self._throttle.attempt(address, name)
        if not await self._is_valid(name, password):
            return None
        await self._throttle.succeed(attempt)
        token = secrets.token_urlsafe(32)
        await self._logins.add(_token_hash(token), name)
        return token

    async def user(self, token: str | None) -> str | None:
        """Return the user of a token, or None."""
        return await self._logins.user(_token_hash(token)) if token else None

    async def log_out(self, token: str | None) -> None:
        """Delete a token."""
        if token:
            await self._logins.remove(_token_hash(token))

    def continue_from(self, earlier: "Login") -> None:
        """Take over the logged-in users, if the passwords are the same."""
        if self._check.is_like(earlier._check):
            self._logins = earlier._logins

    async def _is_valid(self, name: str, password: str) -> bool:
        try:
            return await self._check(name, password)
        except BaseException as error:
            if propagates(error):
                raise
            logger.exception("auth failed")
            raise Defect from None


def _check_of(auth: Auth) -> "_PasswordList | _AuthFunction":
    if callable(auth):
        return _AuthFunction(auth)
    pairs = [auth] if isinstance(auth, tuple) and all(isinstance(part, str) for part in auth) else auth
    if not isinstance(pairs, list | tuple) or not pairs:
        raise ConfigurationError(f"auth is {_type_name(auth)}; {_EXPECTED}.")
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(p, str) and p for p in pair):
            raise ConfigurationError(f"auth holds {_type_name(pair)}; {_EXPECTED}.")
    return _PasswordList([(name, password) for name, password in pairs])


_EXPECTED = 'expected a pair ("name", "password"), a list of such pairs, or a function of name and password'


def _type_name(value: object) -> str:
    """Return the type of a value, without passwords for the log."""
    size = f" of {len(value)}" if isinstance(value, list | tuple | dict) else ""
    return f"a {type(value).__name__}{size}"


class _PasswordList:
    """Compares names and passwords in constant time."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._key = secrets.token_bytes(32)
        self._plain_pairs = frozenset(pairs)
        self._pairs = [(self._digest(name), self._digest(password)) for name, password in pairs]

    async def __call__(self, name: str, password: str) -> bool:
        digests = self._digest(name), self._digest(password)
        is_valid = False
        for pair in self._pairs:
            is_valid |= hmac.compare_digest(pair[0], digests[0]) & hmac.compare_digest(pair[1], digests[1])
        return is_valid

    def is_like(self, other: object) -> bool:
        """Return True for the same names and passwords."""
        return isinstance(other, _PasswordList) and other._plain_pairs == self._plain_pairs

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256")


class _AuthFunction:
    """Calls the author's function; only True is valid."""

    def __init__(self, function: Callable[[str, str], Any]) -> None:
        self._function = function
        call = getattr(function, "__call__", function)  # noqa: B004 - callable objects may be async
        self._is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)

    def is_like(self, other: object) -> bool:
        """Return True for any function: reloading makes a new one."""
        return isinstance(other, _AuthFunction)

    async def __call__(self, name: str, password: str) -> bool:
        call = partial(attempt, self._function, name, password)
        result = call() if self._is_async else await to_thread(call)
        if isinstance(result, Failure):
            raise result.error
        if inspect.isawaitable(result):
            result = await result
        if type(result).__name__ in ("bool", "bool_"):  # NumPy's, too
            return bool(result)
        if result:
            logger.warning("auth returned a %s; only True lets somebody in.", type(result).__name__)
        return False


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
