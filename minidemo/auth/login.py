"""Login: who may use a demo, and who is logged in."""

import hashlib
import hmac
import inspect
import logging
import secrets
import time
from asyncio import to_thread
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from minidemo.auth.throttle import Guesses
from minidemo.errors import ConfigurationError, Defect

Auth: TypeAlias = tuple[str, str] | Sequence[tuple[str, str]] | Callable[[str, str], Any]
"""A (name, password) pair, several, or a function of both that returns True for those who may come in; also async."""
IDLE = 7 * 24 * 3600.0
"""For how many seconds somebody stays logged in who does nothing."""
MAX_LOGINS = 10_000
MAX_LENGTH = 256
"""How many characters a name may have."""

logger = logging.getLogger("minidemo")


class Login:
    """Lets people in by name and password, and knows them again by a token that cannot be guessed."""

    def __init__(self, auth: Auth, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._check = _check_of(auth)
        self._clock = clock
        self._guesses = Guesses(clock)
        self._logins: OrderedDict[bytes, tuple[str, float]] = OrderedDict()

    async def enter(self, name: str, password: str, address: str) -> str | None:
        """Return a token for who may come in, else None; raise `TooManyGuesses` for who has to wait."""
        guess = self._guesses.begin(address, name)
        if not name or len(name) > MAX_LENGTH or not await self._allows(name, password):
            return None
        self._guesses.forgive(guess)
        token = secrets.token_urlsafe(32)
        self._logins[_digest(token)] = name, self._clock()
        while len(self._logins) > MAX_LOGINS:
            self._logins.popitem(last=False)
        return token

    def user(self, token: str | None) -> str | None:
        """Return the name of who has a token, if it is one, and not too old."""
        key = _digest(token or "")
        name, seen = self._logins.get(key, (None, 0.0))
        if name is None:
            return None
        if self._clock() - seen > IDLE:
            del self._logins[key]
            return None
        self._logins[key] = name, self._clock()
        self._logins.move_to_end(key)
        return name

    def leave(self, token: str | None) -> None:
        """Forget a token."""
        self._logins.pop(_digest(token or ""), None)

    def continue_from(self, earlier: "Login") -> None:
        """Know those who were logged in before, if they would be let in in the same way."""
        if self._check.is_like(earlier._check):
            self._logins = earlier._logins

    async def _allows(self, name: str, password: str) -> bool:
        try:
            return await self._check(name, password)
        except Exception:
            logger.exception("auth failed")
            raise Defect from None


def _check_of(auth: Auth) -> "_Compares | _Asks":
    if callable(auth):
        return _Asks(auth)
    pairs = [auth] if isinstance(auth, tuple) and all(isinstance(part, str) for part in auth) else auth
    if not isinstance(pairs, list | tuple) or not pairs:
        raise ConfigurationError(f"auth is {_hidden(auth)}; {_EXPECTED}.")
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(p, str) and p for p in pair):
            raise ConfigurationError(f"auth holds {_hidden(pair)}; {_EXPECTED}.")
    return _Compares([(name, password) for name, password in pairs])


_EXPECTED = 'expected a pair ("name", "password"), a list of such pairs, or a function of name and password'


def _hidden(value: object) -> str:
    """Say of what type a value is: a password must not get into a log."""
    size = f" of {len(value)}" if isinstance(value, list | tuple | dict) else ""
    return f"a {type(value).__name__}{size}"


class _Compares:
    """Compares with names and passwords, in a time that tells nothing of either."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._key = secrets.token_bytes(32)
        self._given = frozenset(pairs)
        self._pairs = [(self._mark(name), self._mark(password)) for name, password in pairs]

    async def __call__(self, name: str, password: str) -> bool:
        given = self._mark(name), self._mark(password)
        found = False
        for pair in self._pairs:
            found |= hmac.compare_digest(pair[0], given[0]) & hmac.compare_digest(pair[1], given[1])
        return found

    def is_like(self, other: object) -> bool:
        """Tell whether another lets in the same people."""
        return isinstance(other, _Compares) and other._given == self._given

    def _mark(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256")


class _Asks:
    """Asks the author's function, off the event loop unless it is async; nothing but True lets anybody in."""

    def __init__(self, function: Callable[[str, str], Any]) -> None:
        self._function = function
        call = getattr(function, "__call__", function)  # noqa: B004 - an object may be called by an async method
        self._is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)

    def is_like(self, other: object) -> bool:
        """Tell whether another asks a function as well, which an edit of the script makes anew."""
        return isinstance(other, _Asks)

    async def __call__(self, name: str, password: str) -> bool:
        found = self._function(name, password) if self._is_async else await to_thread(self._function, name, password)
        if inspect.isawaitable(found):
            found = await found
        if found in (True,):
            return True
        if found:
            logger.warning("auth returned a %s; only True lets somebody in.", type(found).__name__)
        return False


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
