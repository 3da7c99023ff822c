"""Channels: a session's event stream about all its calls."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from itertools import islice

from minidemo.engine.job import Job
from minidemo.server.gradio_api.client_profile import ClientProfile
from minidemo.server.gradio_api.framing import data
from minidemo.server.gradio_api.messages import EventWriter, Publish
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run, weigh
from minidemo.utils.lru import LRU

SETTLE_DELAY = 0.05
"""Seconds for which clients can take an ended stream for open."""
HANG_UP_TIMEOUT = 3.0
"""Seconds to wait until a client hangs up; its requests wait five."""
BURST_PERIOD = 5.0
"""Seconds in which more calls are likely after concurrent ones."""
BURST_IDLE = 0.2
"""Seconds for which an idle stream stays open after concurrent calls."""
UNREAD_TIMEOUT = 30.0
"""Seconds until a call ends if the client opens no stream."""
HEARTBEAT_INTERVAL = 15.0
"""Seconds between heartbeats."""
CANCEL_TIMEOUT = 2.0
"""Seconds until a stopped call ends without the client's confirmation."""
RESET_DELAY = 0.2
"""Seconds after the confirmation; Python clients take earlier ends for results."""
MAX_CANCELLED = 1_000
MAX_UNREAD = 100
MAX_CHANNELS = 10_000
MAX_RESULTS = 10_000
MAX_BYTES = 256 * 2**20
"""Bytes of finished calls whose results were not read."""
MAX_TRIES = 100
HEARTBEAT = data({"msg": "heartbeat", "event_id": None})
CLOSE = data({"msg": "close_stream", "event_id": None})


class Channel:
    """The pending calls of one session and their event stream.

    With `client_closes`, the client closes the stream when it knows of no pending call. The response to its request
    tells it of a call, so it must get the next call's response before the last call ends: see `_may_end`.
    """

    def __init__(
        self,
        *,
        client_closes: bool,
        host: str | None = None,
        interval: float = HEARTBEAT_INTERVAL,
        settle_delay: float = SETTLE_DELAY,
    ) -> None:
        self.host = host
        self._settle_delay = settle_delay
        self._client_closes = client_closes
        self._interval = interval
        self._writers: dict[str, EventWriter] = {}
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._stream_end = asyncio.Event()
        self._settled_event = asyncio.Event()
        self._settled_event.set()
        self._streams = 0
        self._open = False
        self._profile = ClientProfile(0.0, 0.0, 0.0)
        self._pause = self._burst_until = 0.0
        self._idle_since = -math.inf

    @property
    def idle(self) -> bool:
        """True without an open stream and pending calls."""
        return not self._open and all(writer.job.done for writer in self._writers.values())

    async def add(self, job: Job, profile: ClientProfile) -> None:
        """Add a job; return when the client can get the response."""
        now = self._loop.time()
        if self._writers:
            self._burst_until = now + BURST_PERIOD
        else:
            self._pause = now - self._idle_since
        delay = profile.burst_delay if now < self._burst_until else profile.delay
        self._writers[job.id] = EventWriter(job, ready=now + delay)
        if self._open:
            job.follow(self._wake)
            self._wake.set()
        else:
            self._forget_unseen()
            job.cancel_after(UNREAD_TIMEOUT)
        await self.settle()

    def end_if_idle(self) -> bool:
        """End the stream if it is idle, and return True if so."""
        is_idle = self._open and not self._writers
        if is_idle:
            self._close()
            self._wake.set()
        return is_idle

    async def settle(self) -> None:
        """Wait until the client must have noticed the end of its stream."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANG_UP_TIMEOUT):
                await self._settled_event.wait()

    def end_later(self, event: str, delay: float) -> None:
        """End a call for the client after at most `delay` seconds."""
        writer = self._writers.get(event)
        if writer is not None:
            at = self._loop.time() + delay
            writer.ends_at = at if writer.ends_at is None else min(at, writer.ends_at)
            self._wake.set()

    async def stream(self, publish: Publish, profile: ClientProfile) -> AsyncIterator[bytes]:
        """Yield the messages of all calls until the channel is idle.

        Only the latest stream gets messages.
        """
        number = self._open_stream(profile)
        try:
            while number == self._streams:
                self._wake.clear()
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
            await self._stream_end.wait()
            yield CLOSE
        finally:
            if number == self._streams:
                self._on_hang_up()

    def forget(self, event: str) -> None:
        """Forget a finished unread call."""
        if event in self._writers and self._writers[event].job.done:
            del self._writers[event]

    def __contains__(self, event: str) -> bool:
        """Tell whether a call is unread."""
        return event in self._writers

    def _forget_unseen(self) -> None:
        """Forget a finished unread call if there are many."""
        finished = (event for event, writer in self._writers.items() if writer.job.done)
        if len(self._writers) > MAX_UNREAD and (event := next(finished, None)) is not None:
            del self._writers[event]

    def _open_stream(self, profile: ClientProfile) -> int:
        self._profile = profile
        self._streams += 1
        self._open = True
        self._stream_end.clear()
        self._settled_event.set()
        self._idle_since = self._loop.time()
        for writer in self._writers.values():
            writer.job.follow(self._wake)
        self._wake.set()  # ends the previous stream
        return self._streams

    def _close(self) -> None:
        """Note that the stream ends, and that the client will notice."""
        self._open = False
        self._stream_end.set()
        self._settled_event = asyncio.Event()
        if not self._profile.hangs_up:
            self._settle_soon()

    def _on_hang_up(self) -> None:
        """Note that the client has noticed the end, or has hung up."""
        if self._open:
            self._close()
            for writer in self._writers.values():
                writer.job.leave(self._wake)
        if self._profile.hangs_up:
            self._settle_soon()

    def _settle_soon(self) -> None:
        is_burst = self._loop.time() < self._burst_until
        self._loop.call_later(BURST_IDLE if is_burst else self._settle_delay, self._settled_event.set)

    def _is_idle(self) -> bool:
        return not self._writers and self._loop.time() >= self._idle_until()

    def _idle_until(self) -> float:
        pause = 2 * self._pause if 2 * self._pause <= self._profile.max_idle else 0.0
        burst = BURST_IDLE if self._loop.time() < self._burst_until else 0.0
        return self._idle_since + max(self._profile.idle_timeout, pause, burst)

    def _pending(self, publish: Publish) -> Iterator[bytes]:
        now = self._loop.time()
        for event, writer in [*self._writers.items()]:
            if now < writer.ready:
                continue
            yield from map(data, writer.pending(publish))
            if writer.is_over(now) and self._may_end(writer, now):
                del self._writers[event]
                writer.job.leave(self._wake)
                self._idle_since = now
                yield data(writer.last(publish))

    def _may_end(self, writer: EventWriter, now: float) -> bool:
        """Tell whether a client that closes streams knows of another pending call."""
        others = [other for other in self._writers.values() if other is not writer]
        return not self._client_closes or not others or any(other.ready <= now for other in others)

    async def _wait(self) -> bool:
        """Wait for events; return False after a heartbeat interval without any."""
        now = self._loop.time()
        times = [t for writer in self._writers.values() for t in (writer.ready, writer.ends_at) if t and t > now]
        times += [] if self._writers else [self._idle_until()]
        until = min([*times, now + self._interval])
        timer = self._loop.call_at(until, self._wake.set)
        try:
            await self._wake.wait()
        finally:
            timer.cancel()
        return self._loop.time() < now + self._interval


class Channels:
    """The channels of an application by owner, idle ones within `capacity`.

    The results of finished calls that were not read yet take at most `max_bytes`.
    """

    def __init__(self, capacity: int = MAX_CHANNELS, *, max_bytes: int = MAX_BYTES) -> None:
        self._capacity = capacity
        self._unread: LRU[str, Channel] = LRU(
            MAX_RESULTS, max_weight=max_bytes, on_remove=lambda event, channel: channel.forget(event)
        )
        self._channels: OrderedDict[Owner, Channel] = OrderedDict()
        self._cancelled: LRU[str, Channel] = LRU(MAX_CANCELLED)

    def get(self, owner: Owner, *, client_closes: bool, host: str | None = None) -> Channel:
        """Return the channel of a session, and create it if missing."""
        if owner not in self._channels:
            self._make_room()
            self._channels[owner] = Channel(client_closes=client_closes, host=host)
        self._channels.move_to_end(owner)
        return self._channels[owner]

    async def end_idle_streams(self, owner: Owner, host: str | None) -> None:
        """End a host's idle streams before a new session begins there.

        A client that changes its session takes its open stream for the new session's.
        """
        if owner not in self._channels:
            idle_channels = [
                channel for channel in self._channels.values() if channel.host == host and channel.end_if_idle()
            ]
            for channel in idle_channels:
                await channel.settle()

    def cancel(self, owner: Owner, event: str) -> None:
        """End a call for its client, which should confirm it."""
        if owner in self._channels:
            self._channels[owner].end_later(event, CANCEL_TIMEOUT)
            self._cancelled.put(event, self._channels[owner])

    def reset(self, event: str) -> None:
        """Note that a client has noticed the end, and ignores further messages."""
        channel = self._cancelled.pop(event)
        if channel is not None:
            channel.end_later(event, RESET_DELAY)

    async def note(self, run: Run) -> None:
        """Note the size of a finished call; results of the client with the most make room."""
        channel = self._channels.get(run.owner)
        if channel is not None and run.id in channel:
            size = weigh((run.inputs, run.outputs))
            self._unread.put(run.id, channel, weight=size, share=run.client, cost=size)

    def _make_room(self) -> None:
        """Forget the least recently used idle channel if there are many."""
        if len(self._channels) < self._capacity:
            return
        for owner in [*islice(self._channels, MAX_TRIES)]:
            if self._channels[owner].idle:
                del self._channels[owner]
                return
            self._channels.move_to_end(owner)
