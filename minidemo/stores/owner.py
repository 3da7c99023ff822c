"""Owner: page load and user of a file or run."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Owner:
    """Session of a page load and, with a login, the username.

    Files and runs count for the `client`, a user or an address, since visitors can make up any number of sessions.
    """

    session: str | None = None
    username: str | None = None
    client: str = field(default="", compare=False)

    @property
    def key(self) -> str | None:
        """The session and user, so that users cannot claim other sessions."""
        return self.session if self.username is None or self.session is None else f"{self.session}/{self.username}"
