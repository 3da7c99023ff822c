"""Channels: the stream of a client's session, in which it is told of all its calls."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from minidemo.engine.job import Job
from minidemo.server.gradio_api.framing import data
from minidemo.server.gradio_api.messages import Publish, Teller
from minidemo.stores.owner import Owner
from minidemo.utils.lru import LRU

SETTLING = 0.05
"""For how many seconds after the end of a stream no call is accepted: until then, the client may take it for open."""
HANGING_UP = 3.0
"""For how many seconds to wait for one that shows by hanging up that it has noticed: its requests wait for five."""
CROWD = 5.0
"""For how many seconds a client counts as one that makes several calls at once."""
AT_EASE = 0.2
"""For how many seconds the stream of such a client rests, and settles: opened and closed at each lull, it would be in
the way of one of its threads before long."""
UNSEEN = 30.0
"""For how many seconds a call goes on whose client has not opened the stream."""
BEAT = 15.0
UNNOTICED = 2.0
"""How many seconds after it was stopped a call is over for a client that does not say that it has noticed."""
NOTICED = 0.2
"""How many seconds after it has said so. Before, one of Python's would take the end for a result."""
MAX_PARTING = 1_000
MAX_UNSEEN = 100
MAX_CHANNELS = 10_000
TRIES = 100
HEARTBEAT = data({"msg": "heartbeat", "event_id": None})
CLOSE = data({"msg": "close_stream", "event_id": None})


class Manner(NamedTuple):
    """How a client listens.

    It must not be told anything of a call for so many seconds of `patience` after this was accepted, or for those of
    `crowded` if it makes several at once. For the seconds of `rest` a stream stays open in which nothing is pending, so
    that the next call finds it: to open one is what costs clients most. It `lingers` for so many seconds at the most
    where calls come one after the other: twice as long as the client last took between two of them. One that `hangs_up`
    does so when it has noticed the end of a stream.
    """

    patience: float
    crowded: float
    rest: float
    lingers: float = 0.0
    hangs_up: bool = False


class Channel:
    """The calls of one session that are pending, and the stream that tells of them.

    With `leaves` the client leaves the stream by itself when it knows of no call that is pending. It knows of a call by
    the answer to its request, so that it must know of the next before it is told the end of the last: see `_may_end`.
    """

    def __init__(self, *, leaves: bool, host: str | None = None, beat: float = BEAT) -> None:
        self.host = host
        self._leaves = leaves
        self._beat = beat
        self._tellers: dict[str, Teller] = {}
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._over = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._streams = 0
        self._open = False
        self._manner = Manner(0.0, 0.0, 0.0)
        self._pause = self._crowded_until = 0.0
        self._since = -math.inf

    @property
    def idle(self) -> bool:
        """Whether nobody listens, and nobody would hear anything that is not over."""
        return not self._open and all(teller.job.done for teller in self._tellers.values())

    async def add(self, job: Job, manner: Manner) -> None:
        """Tell of a job from now on; return when the client may hear that it is accepted."""
        now = self._loop.time()
        if self._tellers:
            self._crowded_until = now + CROWD
        else:
            self._pause = now - self._since
        patience = manner.crowded if now < self._crowded_until else manner.patience
        self._tellers[job.id] = Teller(job, ready=now + patience)
        if self._open:
            job.follow(self._woken)
            self._woken.set()
        else:
            self._forget_unseen()
            job.cancel_after(UNSEEN)
        await self.settle()

    def rise(self) -> bool:
        """End the stream if it only rests, and tell whether it does."""
        rests = self._open and not self._tellers
        if rests:
            self._close()
            self._woken.set()
        return rests

    async def settle(self) -> None:
        """Wait until the client must have noticed the end of its stream: until then, it takes it for open."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANGING_UP):
                await self._settled.wait()

    def part(self, event: str, delay: float) -> None:
        """Let a call be over for the client in so many seconds, or before, if that was said already."""
        teller = self._tellers.get(event)
        if teller is not None:
            at = self._loop.time() + delay
            teller.parts_at = at if teller.parts_at is None else min(at, teller.parts_at)
            self._woken.set()

    async def stream(self, publish: Publish, manner: Manner) -> AsyncIterator[bytes]:
        """Yield the messages of all calls, until none has been pending for a moment; the latest stream gets them."""
        number = self._open_stream(manner)
        try:
            while number == self._streams:
                self._woken.clear()
                told = b"".join(self._news(publish))
                if self._open and self._is_idle():
                    self._close()
                if not self._open:
                    yield told + CLOSE
                    await asyncio.sleep(HANGING_UP if manner.hangs_up else 0)
                    return
                if told:
                    yield told
                elif not await self._wait():
                    yield HEARTBEAT
            await self._over.wait()
            yield CLOSE
        finally:
            if number == self._streams:
                self._hung_up()

    def _forget_unseen(self) -> None:
        """Forget a call that is over, and that nobody has asked for, if there are many."""
        over = (event for event, teller in self._tellers.items() if teller.job.done)
        if len(self._tellers) > MAX_UNSEEN and (event := next(over, None)) is not None:
            del self._tellers[event]

    def _open_stream(self, manner: Manner) -> int:
        self._manner = manner
        self._streams += 1
        self._open = True
        self._over.clear()
        self._settled.set()
        self._since = self._loop.time()
        for teller in self._tellers.values():
            teller.job.follow(self._woken)
        self._woken.set()  # for the stream before this one
        return self._streams

    def _close(self) -> None:
        """Note that the client, once it has noticed, will have no stream."""
        self._open = False
        self._over.set()
        self._settled = asyncio.Event()
        if not self._manner.hangs_up:
            self._settle_soon()

    def _hung_up(self) -> None:
        """Note that the client has noticed, or has left by itself."""
        if self._open:
            self._close()
            for teller in self._tellers.values():
                teller.job.leave(self._woken)
        if self._manner.hangs_up:
            self._settle_soon()

    def _settle_soon(self) -> None:
        crowded = self._loop.time() < self._crowded_until
        self._loop.call_later(AT_EASE if crowded else SETTLING, self._settled.set)

    def _is_idle(self) -> bool:
        return not self._tellers and self._loop.time() >= self._rests_until()

    def _rests_until(self) -> float:
        again = 2 * self._pause if 2 * self._pause <= self._manner.lingers else 0.0
        crowded = AT_EASE if self._loop.time() < self._crowded_until else 0.0
        return self._since + max(self._manner.rest, again, crowded)

    def _news(self, publish: Publish) -> Iterator[bytes]:
        now = self._loop.time()
        for event, teller in [*self._tellers.items()]:
            if now < teller.ready:
                continue
            yield from map(data, teller.news(publish))
            if teller.is_over(now) and self._may_end(teller, now):
                del self._tellers[event]
                teller.job.leave(self._woken)
                self._since = now
                yield data(teller.last(publish))

    def _may_end(self, teller: Teller, now: float) -> bool:
        """Tell whether a client that leaves by itself knows of another call by now, if there is one."""
        others = [other for other in self._tellers.values() if other is not teller]
        return not self._leaves or not others or any(other.ready <= now for other in others)

    async def _wait(self) -> bool:
        """Wait for news, and return False if there was nothing to say for long."""
        now = self._loop.time()
        times = [t for teller in self._tellers.values() for t in (teller.ready, teller.parts_at) if t and t > now]
        times += [] if self._tellers else [self._rests_until()]
        until = min([*times, now + self._beat])
        timer = self._loop.call_at(until, self._woken.set)
        try:
            await self._woken.wait()
        finally:
            timer.cancel()
        return self._loop.time() < now + self._beat


class Channels:
    """The channels of an application, by whose they are: where there are `most`, those go that are not in use."""

    def __init__(self, most: int = MAX_CHANNELS) -> None:
        self._most = most
        self._channels: OrderedDict[Owner, Channel] = OrderedDict()
        self._parting: LRU[str, Channel] = LRU(MAX_PARTING)

    def of(self, owner: Owner, *, leaves: bool, host: str | None = None) -> Channel:
        """Return the channel of a session, a new one if there is none yet, for a client at a host."""
        if owner not in self._channels:
            self._make_room()
            self._channels[owner] = Channel(leaves=leaves, host=host)
        self._channels.move_to_end(owner)
        return self._channels[owner]

    async def make_way(self, owner: Owner, host: str | None) -> None:
        """End the streams that rest at a host before a session is new there.

        A client that gives itself another session takes the stream that it has for that of the new one.
        """
        if owner not in self._channels:
            risen = [channel for channel in self._channels.values() if channel.host == host and channel.rise()]
            for channel in risen:
                await channel.settle()

    def cancel(self, owner: Owner, event: str) -> None:
        """Let a call of a session be over for its client, which is expected to say that it has noticed."""
        if owner in self._channels:
            self._channels[owner].part(event, UNNOTICED)
            self._parting.put(event, self._channels[owner])

    def reset(self, event: str) -> None:
        """Take note that a client has noticed that a call is over: it drops what is told of it from now on."""
        channel = self._parting.pop(event)
        if channel is not None:
            channel.part(event, NOTICED)

    def _make_room(self) -> None:
        """Forget one of those that were not used for longest, and that nobody listens to, if there are many."""
        if len(self._channels) < self._most:
            return
        for owner in [*islice(self._channels, TRIES)]:
            if self._channels[owner].idle:
                del self._channels[owner]
                return
            self._channels.move_to_end(owner)
