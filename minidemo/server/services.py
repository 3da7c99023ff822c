"""Services: the stores and objects that the handlers of one app share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from fastapi import Request

from minidemo.auth.login import Login
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.flagger import Flagger
from minidemo.engine.runner import Listener, Runner
from minidemo.engine.workers import Workers
from minidemo.examples import downloads, precompute
from minidemo.examples.outputs import ExampleOutputs
from minidemo.page.page import Page
from minidemo.server.middleware import security
from minidemo.server.rendering.renderer import Renderer
from minidemo.server.rendering.static import StaticFiles, component_files
from minidemo.server.settings import Settings, Watched
from minidemo.stores.base import BaseFileStore, BaseLinkStore, BaseRunStore, BaseSessionStore
from minidemo.stores.cleanup import Sweeper
from minidemo.stores.files import FileStore
from minidemo.stores.links import ShareLinks
from minidemo.stores.runs import RunStore
from minidemo.stores.sessions import SessionStore
from minidemo.stores.stream_history import StreamHistory
from minidemo.utils import terminal
from minidemo.utils.addresses import network
from minidemo.utils.client_budget import ClientBudget
from minidemo.utils.main_module import is_imported_by_worker

USER = "minidemo.user"
"""Key of the logged-in user in the scope of a request."""
MAX_BODIES = 2**29
"""Bytes of all bodies of JSON that arrive at the same time; a client may send half of them."""
MAX_FILES_PER_VALUE = 10
"""Files of the largest size that one value may name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Sizes of request bodies, in bytes."""

    file: int = 100 * 2**20
    json: int = 16 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Stores:
    """The stores of one app, in memory by default; see `minidemo.stores.base`."""

    runs: BaseRunStore = field(default_factory=RunStore)
    files: BaseFileStore = field(default_factory=FileStore)
    sessions: BaseSessionStore = field(default_factory=SessionStore)
    links: BaseLinkStore = field(default_factory=ShareLinks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Services:
    """A page and the objects that serve it."""

    page: Page
    files: BaseFileStore
    runs: BaseRunStore
    runner: Runner
    flagger: Flagger
    static: StaticFiles
    renderer: Renderer
    example_outputs: ExampleOutputs
    sweeper: Sweeper
    limits: Limits
    policy: str
    """Content-Security-Policy of the page."""
    frames: tuple[str, ...]
    """Sites that can show the demo in a frame."""
    watched: Watched | None
    login: Login | None
    message: str | None
    """Markdown on the login page."""
    mcp: bool
    """True serves the endpoints as MCP tools."""
    links: BaseLinkStore
    bodies: ClientBudget = field(default_factory=partial(ClientBudget, MAX_BODIES, per_client=MAX_BODIES // 2))
    """The memory for bodies under way."""


def build(page: Page, settings: Settings, *, stores: Stores | None, watched: Watched | None) -> Services:
    """Return the services of a page, after caching the outputs of its eager examples."""
    stores = stores or _stores(settings)
    runs, files = stores.runs, stores.files
    files.allow(settings.allowed, but=settings.blocked)
    files.limit_downloads(settings.allowed_urls, max_size=settings.file_limit)
    downloads.fetch(page, files)
    appearance = page.appearance.overridden_by(settings.appearance)
    static = StaticFiles(
        component_paths=component_files(page.components), icon=settings.favicon_path, generated_files=appearance.files
    )
    limits = Limits(file=settings.file_limit)
    announce = terminal.say if settings.announces_flags else None
    flagger = Flagger(runs, files, endpoint_of=page.endpoint, announce=announce)
    example_outputs = ExampleOutputs(page, files.copy_files)
    streams = StreamHistory(runs, files, endpoint_of=page.endpoint, keep=flagger.can_undo)
    services = Services(
        page=page,
        files=files,
        runs=runs,
        links=stores.links,
        runner=_runner(page, settings, stores, listeners=_listeners(page, flagger, example_outputs, streams)),
        flagger=flagger,
        static=static,
        example_outputs=example_outputs,
        sweeper=Sweeper(runs, files, retention=page.retention, keep=flagger.can_undo),
        renderer=Renderer(
            page, files=files, static=static, max_file_size=limits.file, head=appearance.head, watched=watched
        ),
        limits=limits,
        policy=security.policy(settings.allowed_frames, appearance.head.sources() if appearance.head else {}),
        frames=tuple(settings.allowed_frames),
        watched=watched,
        login=settings.login,
        message=settings.auth_message,
        mcp=settings.mcp_server,
    )
    if not is_imported_by_worker():
        precompute.fill(example_outputs, page.examples.values(), files, quiet=settings.quiet)
    return services


def _stores(settings: Settings) -> Stores:
    return Stores(
        sessions=SessionStore(settings.state_session_capacity),
        files=FileStore(max_value_bytes=MAX_FILES_PER_VALUE * settings.file_limit),
    )


def _runner(page: Page, settings: Settings, stores: Stores, *, listeners: dict[str, list[Listener]]) -> Runner:
    return Runner(
        runs=stores.runs,
        files=stores.files,
        sessions=stores.sessions,
        workers=Workers(settings.max_threads),
        show_error=settings.show_error,
        max_size=page.queue.max_size,
        default_limit=page.queue.default_limit,
        listeners=listeners,
    )


def _listeners(
    page: Page, flagger: Flagger, example_outputs: ExampleOutputs, streams: StreamHistory
) -> dict[str, list[Listener]]:
    """Return the listeners to the runs of each endpoint; most endpoints have none."""

    def of(endpoint: Endpoint) -> Iterator[Listener]:
        examples = page.examples.get(endpoint.name)
        if endpoint.flagging.mode == "auto":
            yield flagger.flag_automatically
        if examples is not None and examples.mode:
            yield example_outputs.keep
        if endpoint.streams:
            yield streams.add

    return {name: listeners for name, endpoint in page.endpoints.items() if (listeners := [*of(endpoint)])}


def client_of(request: Request) -> str:
    """Return the user or the address that the files and calls of a request count for."""
    if user := user_of(request):
        return f"user {user}"
    client = request.client
    return network(client.host if client else "")


def services_of(request: Request) -> Services:
    """Return the services of the app that a request is for."""
    services: Services = request.app.state.minidemo
    return services


def user_of(request: Request) -> str | None:
    """Return the name of the logged-in user, or None."""
    name: str | None = request.scope.get(USER)
    return name
