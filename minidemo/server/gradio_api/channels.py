"""Channels: the event stream of a client's session, which reports all its calls."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from minidemo.engine.job import Job
from minidemo.server.gradio_api.framing import data
from minidemo.server.gradio_api.messages import EventWriter, Publish
from minidemo.stores.owner import Owner
from minidemo.utils.lru import LRU

SETTLE_DELAY = 0.05
"""Seconds after the end of a stream in which the client may still take it for open."""
HANG_UP_TIMEOUT = 3.0
"""Seconds to wait for a client to hang up; its requests wait for five."""
BURST_PERIOD = 5.0
"""Seconds for which a client counts as one that makes several calls at once."""
BURST_IDLE = 0.2
"""Seconds for which the idle stream of such a client stays open; its threads soon call again."""
UNREAD_TIMEOUT = 30.0
"""Seconds after which a call ends if its client has not opened the stream."""
HEARTBEAT_INTERVAL = 15.0
"""Seconds between heartbeats."""
CANCEL_TIMEOUT = 2.0
"""Seconds after which a stopped call ends for a client that does not confirm it."""
RESET_DELAY = 0.2
"""Seconds after the confirmation; before, a Python client takes the end for a result."""
MAX_CANCELLED = 1_000
MAX_UNREAD = 100
MAX_CHANNELS = 10_000
TRIES = 100
HEARTBEAT = data({"msg": "heartbeat", "event_id": None})
CLOSE = data({"msg": "close_stream", "event_id": None})


class ClientProfile(NamedTuple):
    """Timing that a client needs, in seconds.

    Args:
        delay: Wait before the first event of a call.
        burst_delay: The same while the client makes several calls at once.
        idle_timeout: How long a stream without pending calls stays open; opening one is a client's largest cost.
        max_idle: Limit of the idle time of a client that makes one call after the other: twice
            its last pause between two calls.
        hangs_up: Whether the client hangs up when it notices the end of a stream.
    """

    delay: float
    burst_delay: float
    idle_timeout: float
    max_idle: float = 0.0
    hangs_up: bool = False


class Channel:
    """The calls of one session that are pending, and the stream that tells of them.

    With `leaves` the client leaves the stream by itself when it knows of no call that is pending. It knows of a call by
    the answer to its request, so that it must know of the next before it is told the end of the last: see `_may_end`.
    """

    def __init__(
        self,
        *,
        leaves: bool,
        host: str | None = None,
        interval: float = HEARTBEAT_INTERVAL,
        settle_delay: float = SETTLE_DELAY,
    ) -> None:
        self.host = host
        self._settle_delay = settle_delay
        self._leaves = leaves
        self._interval = interval
        self._writers: dict[str, EventWriter] = {}
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._over = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._streams = 0
        self._open = False
        self._profile = ClientProfile(0.0, 0.0, 0.0)
        self._pause = self._burst_until = 0.0
        self._idle_since = -math.inf

    @property
    def idle(self) -> bool:
        """Whether nobody listens, and nobody would hear anything that is not over."""
        return not self._open and all(writer.job.done for writer in self._writers.values())

    async def add(self, job: Job, profile: ClientProfile) -> None:
        """Tell of a job from now on; return when the client may hear that it is accepted."""
        now = self._loop.time()
        if self._writers:
            self._burst_until = now + BURST_PERIOD
        else:
            self._pause = now - self._idle_since
        delay = profile.burst_delay if now < self._burst_until else profile.delay
        self._writers[job.id] = EventWriter(job, ready=now + delay)
        if self._open:
            job.follow(self._woken)
            self._woken.set()
        else:
            self._forget_unseen()
            job.cancel_after(UNREAD_TIMEOUT)
        await self.settle()

    def end_if_idle(self) -> bool:
        """End the stream if it only rests, and tell whether it does."""
        is_idle = self._open and not self._writers
        if is_idle:
            self._close()
            self._woken.set()
        return is_idle

    async def settle(self) -> None:
        """Wait until the client must have noticed the end of its stream: until then, it takes it for open."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANG_UP_TIMEOUT):
                await self._settled.wait()

    def end_later(self, event: str, delay: float) -> None:
        """Let a call be over for the client in so many seconds, or before, if that was said already."""
        writer = self._writers.get(event)
        if writer is not None:
            at = self._loop.time() + delay
            writer.ends_at = at if writer.ends_at is None else min(at, writer.ends_at)
            self._woken.set()

    async def stream(self, publish: Publish, profile: ClientProfile) -> AsyncIterator[bytes]:
        """Yield the messages of all calls, until none has been pending for a moment; the latest stream gets them."""
        number = self._open_stream(profile)
        try:
            while number == self._streams:
                self._woken.clear()
                events = b"".join(self._pending(publish))
                if self._open and self._is_idle():
                    self._close()
                if not self._open:
                    yield events + CLOSE
                    await asyncio.sleep(HANG_UP_TIMEOUT if profile.hangs_up else 0)
                    return
                if events:
                    yield events
                    await asyncio.sleep(0)  # a fast function holds up no other request
                elif not await self._wait():
                    yield HEARTBEAT
            await self._over.wait()
            yield CLOSE
        finally:
            if number == self._streams:
                self._hung_up()

    def _forget_unseen(self) -> None:
        """Forget a call that is over, and that nobody has asked for, if there are many."""
        over = (event for event, writer in self._writers.items() if writer.job.done)
        if len(self._writers) > MAX_UNREAD and (event := next(over, None)) is not None:
            del self._writers[event]

    def _open_stream(self, profile: ClientProfile) -> int:
        self._profile = profile
        self._streams += 1
        self._open = True
        self._over.clear()
        self._settled.set()
        self._idle_since = self._loop.time()
        for writer in self._writers.values():
            writer.job.follow(self._woken)
        self._woken.set()  # for the stream before this one
        return self._streams

    def _close(self) -> None:
        """Note that the client, once it has noticed, will have no stream."""
        self._open = False
        self._over.set()
        self._settled = asyncio.Event()
        if not self._profile.hangs_up:
            self._settle_soon()

    def _hung_up(self) -> None:
        """Note that the client has noticed, or has left by itself."""
        if self._open:
            self._close()
            for writer in self._writers.values():
                writer.job.leave(self._woken)
        if self._profile.hangs_up:
            self._settle_soon()

    def _settle_soon(self) -> None:
        is_burst = self._loop.time() < self._burst_until
        self._loop.call_later(BURST_IDLE if is_burst else self._settle_delay, self._settled.set)

    def _is_idle(self) -> bool:
        return not self._writers and self._loop.time() >= self._idle_until()

    def _idle_until(self) -> float:
        again = 2 * self._pause if 2 * self._pause <= self._profile.max_idle else 0.0
        burst = BURST_IDLE if self._loop.time() < self._burst_until else 0.0
        return self._idle_since + max(self._profile.idle_timeout, again, burst)

    def _pending(self, publish: Publish) -> Iterator[bytes]:
        now = self._loop.time()
        for event, writer in [*self._writers.items()]:
            if now < writer.ready:
                continue
            yield from map(data, writer.pending(publish))
            if writer.is_over(now) and self._may_end(writer, now):
                del self._writers[event]
                writer.job.leave(self._woken)
                self._idle_since = now
                yield data(writer.last(publish))

    def _may_end(self, writer: EventWriter, now: float) -> bool:
        """Tell whether a client that leaves by itself knows of another call by now, if there is one."""
        others = [other for other in self._writers.values() if other is not writer]
        return not self._leaves or not others or any(other.ready <= now for other in others)

    async def _wait(self) -> bool:
        """Wait for news, and return False if there was nothing to say for long."""
        now = self._loop.time()
        times = [t for writer in self._writers.values() for t in (writer.ready, writer.ends_at) if t and t > now]
        times += [] if self._writers else [self._idle_until()]
        until = min([*times, now + self._interval])
        timer = self._loop.call_at(until, self._woken.set)
        try:
            await self._woken.wait()
        finally:
            timer.cancel()
        return self._loop.time() < now + self._interval


class Channels:
    """The channels of an application, by whose they are: where there are `most`, those go that are not in use."""

    def __init__(self, most: int = MAX_CHANNELS) -> None:
        self._most = most
        self._channels: OrderedDict[Owner, Channel] = OrderedDict()
        self._cancelled: LRU[str, Channel] = LRU(MAX_CANCELLED)

    def get(self, owner: Owner, *, leaves: bool, host: str | None = None) -> Channel:
        """Return the channel of a session, a new one if there is none yet, for a client at a host."""
        if owner not in self._channels:
            self._make_room()
            self._channels[owner] = Channel(leaves=leaves, host=host)
        self._channels.move_to_end(owner)
        return self._channels[owner]

    async def end_idle_streams(self, owner: Owner, host: str | None) -> None:
        """End the streams that rest at a host before a session is new there.

        A client that gives itself another session takes the stream that it has for that of the new one.
        """
        if owner not in self._channels:
            ended = [channel for channel in self._channels.values() if channel.host == host and channel.end_if_idle()]
            for channel in ended:
                await channel.settle()

    def cancel(self, owner: Owner, event: str) -> None:
        """Let a call of a session be over for its client, which is expected to say that it has noticed."""
        if owner in self._channels:
            self._channels[owner].end_later(event, CANCEL_TIMEOUT)
            self._cancelled.put(event, self._channels[owner])

    def reset(self, event: str) -> None:
        """Take note that a client has noticed that a call is over: it drops what is told of it from now on."""
        channel = self._cancelled.pop(event)
        if channel is not None:
            channel.end_later(event, RESET_DELAY)

    def _make_room(self) -> None:
        """Forget one of those that were not used for longest, and that nobody listens to, if there are many."""
        if len(self._channels) < self._most:
            return
        for owner in [*islice(self._channels, TRIES)]:
            if self._channels[owner].idle:
                del self._channels[owner]
                return
            self._channels.move_to_end(owner)
