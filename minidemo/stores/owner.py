"""Owner: page load and user of a file or run."""

from typing import NamedTuple


class Owner(NamedTuple):
    """Session of a page load and, with a login, the username."""

    session: str | None = None
    username: str | None = None

    @property
    def key(self) -> str | None:
        """The session and user, so that users cannot claim other sessions."""
        return self.session if self.username is None or self.session is None else f"{self.session}/{self.username}"
