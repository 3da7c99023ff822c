"""What the handlers of one app share, and how they get at it."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from minidemo.auth.login import Login
from minidemo.engine.flagger import Flagger
from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.examples import precompute
from minidemo.examples.outputs import ExampleOutputs
from minidemo.page.page import Page
from minidemo.server.middleware import security
from minidemo.server.rendering.renderer import Renderer
from minidemo.server.rendering.static import StaticFiles, own_files
from minidemo.server.settings import Settings, Watched
from minidemo.stores.cleanup import Sweeper
from minidemo.stores.files import FileStore
from minidemo.stores.links import Links
from minidemo.stores.runs import RunStore
from minidemo.stores.sessions import Sessions
from minidemo.stores.stream_history import Streams

USER = "minidemo.user"
"""Where the scope of a request holds the name of who is logged in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How large a body may be, in bytes."""

    file: int = 100 * 2**20
    json: int = 16 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Services:
    """A page, with all that serves it."""

    page: Page
    files: FileStore
    runs: RunStore
    runner: Runner
    flagger: Flagger
    static: StaticFiles
    renderer: Renderer
    example_outputs: ExampleOutputs
    sweeper: Sweeper
    limits: Limits
    policy: str
    """What the page itself may load and run."""
    frames: tuple[str, ...]
    """The sites whose pages may show the demo in a frame."""
    watched: Watched | None
    login: Login | None
    message: str | None
    """What the page to log in says, in Markdown."""
    mcp: bool
    """Whether agents find the endpoints as tools."""
    links: Links = field(default_factory=Links)


def build(page: Page, settings: Settings, files: FileStore | None = None, *, runs: RunStore | None = None) -> Services:
    """Return the services of a page, once the outputs of its examples are there that are made before.

    `files` and `runs` are those that there are already.
    """
    runs = runs or RunStore()
    files = files or FileStore()
    files.allow(settings.allowed, but=settings.blocked)
    appearance = page.appearance.overridden_by(settings.appearance)
    static = StaticFiles(own=own_files(page.components), icon=settings.favicon_path, made=appearance.files)
    limits = Limits(file=settings.file_limit)
    flagger = Flagger(runs, files)
    example_outputs = ExampleOutputs(page, files.adopt)
    after = [flagger.flag_automatically, example_outputs.keep, Streams(runs, files, spared=flagger.can_undo).note]
    services = Services(
        page=page,
        files=files,
        runs=runs,
        runner=_runner(page, settings, runs=runs, files=files, after=after),
        flagger=flagger,
        static=static,
        example_outputs=example_outputs,
        sweeper=Sweeper(runs, files, keeping=page.keeping, spared=flagger.can_undo),
        renderer=Renderer(
            page, files=files, static=static, max_file_size=limits.file, head=appearance.head, watched=settings.watched
        ),
        limits=limits,
        policy=security.policy(settings.allowed_frames, appearance.head.sources() if appearance.head else {}),
        frames=tuple(settings.allowed_frames),
        watched=settings.watched,
        login=settings.login,
        message=settings.auth_message,
        mcp=settings.mcp_server,
    )
    precompute.fill(example_outputs, page.examples.values(), files, quiet=settings.quiet)
    return services


def _runner(page: Page, settings: Settings, **more: Any) -> Runner:
    return Runner(
        workers=Workers(settings.max_threads),
        show_error=settings.show_error,
        max_size=page.queue_size,
        usual_limit=page.usual_limit,
        sessions=Sessions(settings.state_session_capacity),
        **more,
    )


async def _of(request: Request) -> Services:
    # Not a plain function, which FastAPI would run in a thread: a detour as long as all the rest.
    services: Services = request.app.state.minidemo
    services.sweeper.wake()
    return services


async def _user(request: Request) -> str | None:
    name: str | None = request.scope.get(USER)
    return name


Shared = Annotated[Services, Depends(_of)]
User = Annotated[str | None, Depends(_user)]
