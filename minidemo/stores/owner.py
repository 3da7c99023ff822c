"""Owner: the page load and the user that own a file or a run."""

from typing import NamedTuple


class Owner(NamedTuple):
    """Session of a page load and, with a login, the username."""

    session: str | None = None
    username: str | None = None

    @property
    def key(self) -> str | None:
        """The session, qualified by the user, so that users cannot claim each other's."""
        return self.session if self.username is None or self.session is None else f"{self.session}/{self.username}"
