"""Job: one call under way, with any number of followers."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from secrets import token_urlsafe
from typing import Any

from minidemo.components.base import Held
from minidemo.content.copies import Copies
from minidemo.content.media import files_of
from minidemo.content.tree import iter_tree
from minidemo.context.alerts import Cancelled, Message, Step
from minidemo.context.request import Request
from minidemo.context.session import Session
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.backlog import Backlog
from minidemo.errors import VisitorError
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run
from minidemo.stores.typed_texts import TypedTexts

GRACE = 5.0
"""Seconds without followers until a job stops; pages reload within them."""
MAX_MESSAGES = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CallContext:
    """Session, username and request of a caller.

    `client` is the user or the address that the call counts for. `example` is the number of the clicked example, whose
    values no visitor sent.
    """

    session: str | None = None
    username: str | None = None
    request: Request | None = None
    example: int | None = None
    client: str = ""

    @property
    def owner(self) -> Owner:
        """The owner of the call and its files."""
        return Owner(self.session, self.username, self.client)


class Job:
    """One running call, which ends in a Run or a refusal.

    The function's thread reports to it. Followers are woken in the event loop, each at its own pace: a slow follower
    skips intermediate states, so nothing piles up. The job stops `grace` seconds after its last follower left.
    """

    queue_position: tuple[int, float | None] | None = None
    """Number of calls ahead, and expected wait in seconds."""
    has_started = False
    outputs: tuple[Held, ...] | None = None
    """The latest outputs of the function."""
    backlog: Backlog | None = None
    """All outputs, for a follower that must not skip any."""
    steps: Sequence[Step] = ()
    run: Run | None = None
    refusal: VisitorError | None = None
    stopped = False
    duration = 0.0
    """Seconds that the function took."""
    failure: BaseException | None = None
    """The error of a `batched` call, set before `batch_done`."""
    batched = False
    """True once another call's batch includes this one."""

    def __init__(
        self,
        endpoint: Endpoint,
        inputs: tuple[Held, ...],
        context: CallContext,
        *,
        session: Session | None = None,
        copies: Copies | None = None,
        grace: float = GRACE,
    ) -> None:
        self.id = token_urlsafe(16)
        self.endpoint = endpoint
        self.inputs = inputs
        self.context = context
        self.session = session
        self.copies = copies or Copies()
        """The files that the function gets."""
        self._grace = grace
        self.messages: list[Message] = []
        self.validated = asyncio.Event()
        """Set after the author's validator, whatever its result."""
        self.batch_done = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._followers: set[asyncio.Event] = set()
        self._notified = False
        self._task: asyncio.Task[Any] | None = None
        self._timeout: asyncio.TimerHandle | None = None

    @property
    def done(self) -> bool:
        """True once the job has a run or a refusal."""
        return self.run is not None or self.refusal is not None

    @property
    def visitor(self) -> str | None:
        """The page load that the function runs for, if any."""
        return self.context.owner.key

    @cached_property
    def typed_texts(self) -> TypedTexts:
        """Texts that the visitor sent; a function that returns one as a path would show any file."""
        pairs, request = zip(self.endpoint.inputs, self.inputs, strict=True), self.context.request or Request()
        values = [value for component, value in pairs if component.visitor_writes]
        names = (media.name for value in self.inputs for media in files_of(value))
        return TypedTexts(
            chain(names, iter_tree([*values, request.query_params, request.cookies, request.headers], str))
        )

    def values(self) -> list[Any]:
        """Return a value for each input, or raise `InputError`."""
        with self.copies.collecting():
            return codec.decode(self.endpoint, self.inputs, self.session)

    def arguments(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the function's positional and named arguments, or raise `InputError`."""
        return codec.arrange(self.endpoint, self.values(), self.context.request)

    def check_valid(self) -> None:
        """Raise `InputError` for a value that the author's validator refuses."""
        codec.validate(self.endpoint, *self.arguments())

    def wait(self, position: int, eta: float | None) -> None:
        """Record the queue position."""
        self.queue_position = position, eta
        self._notify()

    def begin(self) -> None:
        """Record that the call has left the queue."""
        self.has_started = True
        self._notify()

    def show(self, outputs: tuple[Held, ...]) -> None:
        """Record the function's outputs."""
        self.outputs = outputs
        if self.backlog is not None:
            self.backlog.add(outputs)
        self._notify()

    def progress(self, steps: Sequence[Step]) -> None:
        """Record the function's progress; raise `Cancelled` in it after a stop."""
        self.check()
        self.steps = steps
        self._notify()

    def send(self, message: Message) -> None:
        """Record a message to the visitor."""
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(message)
            self._notify()

    def end(self, result: Run | VisitorError) -> None:
        """Record the result."""
        if isinstance(result, Run):
            self.run = result
        else:
            self.refusal = result
        self.validated.set()
        if self._timeout is not None:
            self._timeout.cancel()
        self._wake()

    def check(self) -> None:
        """Raise `Cancelled` after a stop."""
        if self.stopped:
            raise Cancelled

    def stop(self) -> None:
        """Leave the queue, or end the function as soon as possible."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let `stop` interrupt the awaits of the block with `Cancelled`."""
        self.check()
        self._task = task = asyncio.current_task()
        try:
            yield
        except asyncio.CancelledError:
            if task is None or not self.stopped:
                raise
            task.uncancel()
            raise Cancelled from None
        finally:
            self._task = None

    async def changes(self, heartbeat: float | None = None) -> AsyncIterator[bool]:
        """Yield True now and after each change, until the job is done.

        Yield False after `heartbeat` seconds without a change.
        """
        wakeup = asyncio.Event()
        self.follow(wakeup)
        try:
            done, changed = False, True
            while not done:
                wakeup.clear()
                done = self.done
                yield changed
                changed = done or await _wait_for(wakeup, heartbeat)
        finally:
            self.leave(wakeup)

    async def wait_done(self, seconds: float) -> bool:
        """Wait at most `seconds` for the end; return True if it came."""
        wakeup = asyncio.Event()
        self.follow(wakeup)
        try:
            async with asyncio.timeout(seconds):
                while not self.done:
                    wakeup.clear()
                    await wakeup.wait()
        except TimeoutError:
            pass
        finally:
            self.leave(wakeup)
        return self.done

    def follow(self, wakeup: asyncio.Event) -> None:
        """Set an event after each change."""
        self._followers.add(wakeup)

    def leave(self, wakeup: asyncio.Event) -> None:
        """Remove a follower; the job stops some time after the last."""
        self._followers.discard(wakeup)
        if not self._followers:
            self.cancel_after(self._grace)

    def cancel_after(self, seconds: float) -> None:
        """Stop the job after `seconds` without followers; replaces the last timeout."""
        if self._timeout is not None:
            self._timeout.cancel()
        if not self.done:
            self._timeout = self._loop.call_later(seconds, self._cancel_unfollowed)

    def _cancel_unfollowed(self) -> None:
        if not self._followers and not self.done:
            self.stop()

    def _notify(self) -> None:
        """Wake the followers, from any thread."""
        if not self._notified and self._followers:
            self._notified = True
            with suppress(RuntimeError):  # the server was stopped, while the function goes on
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._notified = False
        for follower in self._followers:
            follower.set()


async def _wait_for(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait for an event; return False after `seconds` without it."""
    try:
        return await asyncio.wait_for(event.wait(), seconds) if seconds else await event.wait()
    except TimeoutError:
        return False
