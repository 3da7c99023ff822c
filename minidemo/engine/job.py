"""Job: one call while it is under way, which many may follow, and which can be stopped."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from minidemo.components.base import Held
from minidemo.context.alerts import Message, Step, Stopped
from minidemo.context.request import Request
from minidemo.context.session import Session
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.backlog import Backlog
from minidemo.errors import VisitorError
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

GRACE = 5.0
"""For how many seconds a job goes on that nobody follows any longer: a page that is reloaded comes back."""
MAX_MESSAGES = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """Who calls: a page load by its session, a user by name, and what the server knows of the request.

    `example` is the number of the example that was clicked, whose values no visitor sent.
    """

    session: str | None = None
    username: str | None = None
    request: Request | None = None
    example: int | None = None

    @property
    def owner(self) -> Owner:
        """Whose the call and its files are."""
        return Owner(self.session, self.username)


class Job:
    """One call of an endpoint, from when it is asked for until it has become a Run, or was refused.

    The function's thread tells it what happens. Those who follow are woken in the event loop, each at its own pace: who
    is slow misses what was overtaken, and nothing piles up. It is stopped `grace` seconds after nobody follows it.
    """

    place: tuple[int, float | None] | None = None
    """How many are before it in the queue, and for how many seconds it may wait."""
    begun = False
    """Whether its turn has come."""
    outputs: tuple[Held, ...] | None = None
    """What the function gave last."""
    backlog: Backlog | None = None
    """Where all that the function gives is kept, for who wants to miss nothing."""
    steps: Sequence[Step] = ()
    run: Run | None = None
    refusal: VisitorError | None = None
    stopped = False
    seconds = 0.0
    """How long the function took."""
    failure: BaseException | None = None
    """What went wrong, where another call has `taken` this one along; `made` is set then."""
    taken = False

    def __init__(
        self,
        endpoint: Endpoint,
        inputs: tuple[Held, ...],
        visit: Visit,
        *,
        kept: Session | None = None,
        grace: float = GRACE,
    ) -> None:
        self.id = token_urlsafe(16)
        self.endpoint = endpoint
        self.inputs = inputs
        self.visit = visit
        self.kept = kept
        self._grace = grace
        self.messages: list[Message] = []
        self.checked = asyncio.Event()
        """Set once the author's validator has let it pass, or refused it."""
        self.made = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._followers: set[asyncio.Event] = set()
        self._rung = False
        self._task: asyncio.Task[Any] | None = None
        self._lapse: asyncio.TimerHandle | None = None

    @property
    def done(self) -> bool:
        """Whether it is over."""
        return self.run is not None or self.refusal is not None

    def arguments(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the function's arguments by place and by name, or raise `InputError`."""
        return codec.arguments(self.endpoint, self.inputs, request=self.visit.request, session=self.kept)

    def check_valid(self) -> None:
        """Raise `InputError` for a value that the author's validator refuses."""
        codec.validate(self.endpoint, self.inputs, request=self.visit.request, session=self.kept)

    def wait(self, position: int, eta: float | None) -> None:
        """Note where the call stands in the queue."""
        self.place = position, eta
        self._ring()

    def begin(self) -> None:
        """Note that its turn has come."""
        self.begun = True
        self._ring()

    def show(self, outputs: tuple[Held, ...]) -> None:
        """Note what the function gave."""
        self.outputs = outputs
        if self.backlog is not None:
            self.backlog.add(outputs)
        self._ring()

    def progress(self, steps: Sequence[Step]) -> None:
        """Note how far the function is; raise `Stopped` in it if it is to end."""
        self.check()
        self.steps = steps
        self._ring()

    def say(self, message: Message) -> None:
        """Note a message to the visitor."""
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(message)
            self._ring()

    def end(self, result: Run | VisitorError) -> None:
        """Note what became of the call."""
        if isinstance(result, Run):
            self.run = result
        else:
            self.refusal = result
        self.checked.set()
        if self._lapse is not None:
            self._lapse.cancel()
        self._wake()

    def check(self) -> None:
        """Raise `Stopped` if the call is to end."""
        if self.stopped:
            raise Stopped

    def stop(self) -> None:
        """Leave the queue, or end the function as soon as that can be done."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let `stop` interrupt what is awaited in the block; raise `Stopped` then."""
        self.check()
        self._task = task = asyncio.current_task()
        try:
            yield
        except asyncio.CancelledError:
            if task is None or not self.stopped:
                raise
            task.uncancel()
            raise Stopped from None
        finally:
            self._task = None

    async def changes(self, beat: float | None = None) -> AsyncIterator[bool]:
        """Yield at once, and whenever something has changed, until the job is over.

        It is True that is yielded, and False where nothing has changed for the seconds of a `beat`.
        """
        woken = asyncio.Event()
        self.follow(woken)
        try:
            done, news = False, True
            while not done:
                woken.clear()
                done = self.done
                yield news
                news = done or await _set(woken, beat)
        finally:
            self.leave(woken)

    async def soon(self, seconds: float) -> bool:
        """Wait until it is over, for so many seconds at most, and tell whether it is."""
        woken = asyncio.Event()
        self.follow(woken)
        try:
            async with asyncio.timeout(seconds):
                while not self.done:
                    woken.clear()
                    await woken.wait()
        except TimeoutError:
            pass
        finally:
            self.leave(woken)
        return self.done

    def follow(self, woken: asyncio.Event) -> None:
        """Set an event whenever something has changed."""
        self._followers.add(woken)

    def leave(self, woken: asyncio.Event) -> None:
        """Follow no longer; the job is stopped in a while if nobody else does."""
        self._followers.discard(woken)
        if not self._followers:
            self.lapse(self._grace)

    def lapse(self, seconds: float) -> None:
        """Stop the job after so many seconds, unless somebody follows it then, or it was given more time."""
        if self._lapse is not None:
            self._lapse.cancel()
        if not self.done:
            self._lapse = self._loop.call_later(seconds, self._abandon)

    def _abandon(self) -> None:
        if not self._followers and not self.done:
            self.stop()

    def _ring(self) -> None:
        """Wake the followers, from any thread."""
        if not self._rung and self._followers:
            self._rung = True
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._rung = False
        for follower in self._followers:
            follower.set()


async def _set(woken: asyncio.Event, beat: float | None) -> bool:
    """Wait for an event, and tell whether it came within the seconds of a beat."""
    try:
        return await asyncio.wait_for(woken.wait(), beat) if beat else await woken.wait()
    except TimeoutError:
        return False
