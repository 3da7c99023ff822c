"""Protocols of the stores that a login needs."""

from typing import NamedTuple, Protocol


class Attempt(NamedTuple):
    """A login attempt, at a time in seconds."""

    address: str
    name: str
    time: float


class BaseLoginStore(Protocol):
    """Stores logged-in users by the hash of their token.

    Write `add`, `user` and `remove`. All are awaited before the response is sent. `user` is called for each request,
    and postpones the expiry of the login. A store that several servers share may cache its answer for some seconds.
    Tokens are never passed in clear text.
    """

    async def add(self, token: bytes, name: str) -> None:
        """Store the user of a hashed token."""

    async def user(self, token: bytes) -> str | None:
        """Return the user of a hashed token, or None."""

    async def remove(self, token: bytes) -> None:
        """Delete a hashed token, if it is stored."""


class BaseThrottle(Protocol):
    """Limits failed login attempts per address and per name.

    Write `attempt` and `succeed`. Count each attempt as failed before the password is checked: concurrent attempts
    must not pass together.
    """

    async def attempt(self, address: str, name: str) -> Attempt:
        """Count a failed attempt, or raise `TooManyGuesses` without counting it."""

    async def succeed(self, attempt: Attempt) -> None:
        """Uncount an attempt with the right password."""
