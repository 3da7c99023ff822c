"""Reloading: an application that is put in another's place while it is served."""

from secrets import token_hex
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.auth.login import Login
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
        self._news = ChangesResponse(version="", error=None)

    def serve(self, page: Page, settings: Settings) -> None:
        """Serve a page from now on."""
        version = token_hex(4)
        watched = Watched(version=version, news=lambda: self._news)
        stores = Stores(files=self._files, sessions=SessionStore(settings.state_session_capacity))
        app = assemble(page, settings, stores=stores, watched=watched)
        if settings.login and self._login:
            settings.login.continue_from(self._login)
        self._app, self._login = app, settings.login
        self._news = ChangesResponse(version=version, error=None)

    def fail(self, error: str) -> None:
        """Go on with the page that there is, and say on it what is wrong with the script."""
        self._news = ChangesResponse(version=self._news.version, error=error)

    @property
    def error(self) -> str:
        """What is wrong with the script, if anything is."""
        return self._news.error or ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request to the newest application."""
        await cast("ASGIApp", self._app)(scope, receive, send)  # there is one before anybody asks
