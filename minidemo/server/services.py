"""What the handlers of one app share, and how they get at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from minidemo.files import FileStore
from minidemo.flags import Flagger
from minidemo.page import Page
from minidemo.runner import Runner
from minidemo.runs import RunStore
from minidemo.server.render import Renderer
from minidemo.server.static import StaticFiles, own_files
from minidemo.workers import Workers


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
    limits: Limits


def build(page: Page, *, limits: Limits, show_error: bool, allowed_paths: Sequence[str | Path]) -> Services:
    """Return the services of a page."""
    runs = RunStore()
    files = FileStore(allowed_paths=allowed_paths)
    static = StaticFiles(own=own_files(page.components))
    flagger = Flagger(runs, files)
    runner = Runner(
        runs=runs,
        files=files,
        executor=Workers(),
        show_error=show_error,
        max_size=page.queue_size,
        after=flagger.flag_automatically,
    )
    return Services(
        page=page,
        files=files,
        runs=runs,
        runner=runner,
        flagger=flagger,
        static=static,
        renderer=Renderer(page, files=files, static=static, max_file_size=limits.file),
        limits=limits,
    )


async def _of(request: Request) -> Services:
    # Not a plain function, which FastAPI would run in a thread: a detour as long as all the rest.
    services: Services = request.app.state.minidemo
    return services


Shared = Annotated[Services, Depends(_of)]
