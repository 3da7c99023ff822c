"""The login throttle: no flood removes a counter, and none grows for ever."""

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minidemo.auth.login import Login
from minidemo.auth.throttle import PER_ADDRESS, PER_NAME, WINDOW, LoginThrottle
from minidemo.errors import TooManyGuesses
from tests.clock import Clock

GUESSES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans()))


class Door:
    """A login with a clock, which counts attempts until it refuses to look at the password."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.throttle = LoginThrottle(self.clock)
        self.login = Login(lambda name, password: password == "right", throttle=self.throttle)

    def enter(self, name: str, password: str = "wrong", address: str = "192.0.2.1") -> bool:
        return asyncio.run(self.login.log_in(name, password, address)) is not None

    def allows(self, name: str, address: str) -> bool:
        try:
            self.enter(name, address=address)
        except TooManyGuesses:
            return False
        return True


def test_other_names_push_no_counter_out() -> None:
    door = Door()

    async def guess() -> None:
        for i in range(PER_NAME):
            await door.throttle.attempt(f"192.0.2.{i}", "ann")
        for i in range(20_000):
            await door.throttle.attempt(f"address {i}", f"name {i}")
        with pytest.raises(TooManyGuesses):
            await door.throttle.attempt("198.51.100.1", "ann")

    asyncio.run(guess())


def test_counters_end_with_their_window() -> None:
    door = Door()
    for i in range(50):
        door.enter(f"name {i}", address=f"address {i}")
    assert len(door.throttle) == 100
    door.clock.now += WINDOW
    door.enter("ann")
    assert len(door.throttle) == 2


@given(GUESSES)
@example([(0, "a", "x", False)] * 3 + [(0, "b", "y", True)])
def test_a_counter_counts_the_failures_of_its_window(guesses: list[tuple[int, str, str, bool]]) -> None:
    async def play() -> None:
        clock = Clock()
        throttle, failures = LoginThrottle(clock), [("", "", -WINDOW)]
        for pause, address, name, right in guesses * 5:
            clock.now += pause
            recent = [(a, n) for a, n, time in failures if clock.now - time < WINDOW]
            full = sum(a == address for a, _ in recent) >= PER_ADDRESS or sum(n == name for _, n in recent) >= PER_NAME
            seconds = 0.0
            try:
                attempt = await throttle.attempt(address, name)
            except TooManyGuesses as error:
                seconds = error.seconds
            assert (0 < seconds <= WINDOW) == full
            if right and not full:
                await throttle.succeed(attempt)
            elif not full:
                failures.append((address, name, clock.now))
        clock.now += WINDOW
        await throttle.succeed(await throttle.attempt("last", "last"))
        assert len(throttle) == 0

    asyncio.run(play())


def test_an_attempt_that_has_expired_is_not_uncounted_again() -> None:
    async def play() -> None:
        clock = Clock()
        throttle = LoginThrottle(clock)
        slow = await throttle.attempt("here", "ann")
        clock.now += WINDOW
        await throttle.attempt("elsewhere", "bob")
        await throttle.succeed(slow)
        assert len(throttle) == 2

    asyncio.run(play())


@pytest.mark.parametrize(
    ("addresses", "other"),
    [
        ([f"2001:db8::{i:x}" for i in range(PER_ADDRESS)], "2001:db8:0:1::"),
        ([f"fe80::{i:x}%eth0" for i in range(PER_ADDRESS)], "fe81::%eth0"),
        (["192.0.2.7", "::ffff:192.0.2.7"] * (PER_ADDRESS // 2), "::ffff:192.0.2.8"),
    ],
)
def test_one_network_is_one_visitor(addresses: list[str], other: str) -> None:
    door = Door()
    assert all(door.allows(f"name {i}", address) for i, address in enumerate(addresses))
    assert not door.allows("ann", addresses[0])
    assert door.allows("ann", other)


def test_ways_to_write_a_name_are_one_name() -> None:
    door = Door()
    names = ["ann", "Ann", " ANN ", "\uff21nn"]
    assert all(door.allows(names[i % 4], f"address {i}") for i in range(PER_NAME))
    assert not door.allows("aNN", "another address")


@pytest.mark.parametrize("name", ["", "x" * 257, "x" * 8000])
def test_a_name_that_nobody_has_is_neither_checked_nor_kept(name: str) -> None:
    door = Door()
    assert not any(door.enter(name, "right") for _ in range(PER_ADDRESS + 1))
    assert len(door.throttle) == 0
    assert door.enter("ann", "right")
