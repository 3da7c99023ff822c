"""Reloading: an application that is put in another's place while it is served."""

from secrets import token_hex
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.auth.login import Login
from minidemo.i18n import Text, translate
from minidemo.page.page import Page
from minidemo.schemas.calls import ChangesResponse
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings, Watched
from minidemo.stores.files import FileStore
from minidemo.stores.sessions import SessionStore


class Reloading:
    """Serves the newest page that could be built; what was uploaded, and who is logged in, stays."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None
        self._files = FileStore()
        self._login: Login | None = None
        self._version = ""
        self._shows_errors = False
        self.error = ""
        """The traceback of the script, or an empty string."""

    def serve(self, page: Page, settings: Settings, *, shows_errors: bool) -> None:
        """Serve a page from now on.

        Args:
            page: The page.
            settings: The checked settings.
            shows_errors: Whether the page shows tracebacks. Otherwise it refers to the terminal.
        """
        version = token_hex(4)
        watched = Watched(version=version, news=self._news)
        stores = Stores(files=self._files, sessions=SessionStore(settings.state_session_capacity))
        app = assemble(page, settings, stores=stores, watched=watched)
        if settings.login and self._login:
            settings.login.continue_from(self._login)
        self._app, self._login = app, settings.login
        self._version, self._shows_errors, self.error = version, shows_errors, ""

    def fail(self, error: str) -> None:
        """Go on with the page that there is, and say on it what is wrong with the script."""
        self.error = error

    def _news(self) -> ChangesResponse:
        shown = self.error if self._shows_errors else translate(Text("see_terminal"))
        return ChangesResponse(version=self._version, error=shown if self.error else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request to the newest application."""
        await cast("ASGIApp", self._app)(scope, receive, send)  # there is one before anybody asks
