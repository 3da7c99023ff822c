"""Owner: the page load and the user that a file or a run belongs to."""

from typing import NamedTuple


class Owner(NamedTuple):
    """Whose a file or a run is: a page load's, by its session, and a user's, where the demo has a login."""

    session: str | None = None
    username: str | None = None

    @property
    def key(self) -> str | None:
        """What names a page load of a user, and no other's, whatever session that claims to be."""
        return self.session if self.username is None or self.session is None else f"{self.session}/{self.username}"
