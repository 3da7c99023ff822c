"""The bounded dictionary drops the entries that were not used for longest."""

from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from minidemo.utils.lru import LRU
from tests.effort import grows_linearly


def test_the_oldest_entry_is_dropped_above_the_number() -> None:
    cache = LRU[str, int](2)
    for key in "abc":
        cache.put(key, ord(key))
    assert cache.items() == [("b", 98), ("c", 99)]
    assert cache.oldest() == ("b", 98)
    assert (len(cache), "a" in cache, "b" in cache, cache.get("a"), cache.get("b")) == (2, False, True, None, 98)


def test_use_keeps_an_entry_and_get_does_not() -> None:
    cache = LRU[str, int](2)
    for key in "ab":
        cache.put(key, 0)
    assert (cache.get("a"), cache.use("b"), cache.use("a"), cache.use("x")) == (0, 0, 0, None)
    cache.put("c", 0)
    assert [key for key, _ in cache.items()] == ["a", "c"]


def test_a_default_is_made_once() -> None:
    cache = LRU[str, list[int]](2)
    first = cache.setdefault("a", list)
    cache.setdefault("b", list)
    assert cache.setdefault("a", list) is first
    cache.setdefault("c", list)
    assert [key for key, _ in cache.items()] == ["a", "c"]


def test_weights_are_limited_but_the_newest_entry_stays() -> None:
    cache = LRU[str, str](max_weight=10)
    cache.put("a", "", weight=5)
    cache.put("b", "", weight=5)
    assert len(cache) == 2
    cache.put("c", "", weight=100)
    assert [key for key, _ in cache.items()] == ["c"]
    cache.put("c", "", weight=1)
    for key in "abd":
        cache.put(key, "", weight=3)
    assert [key for key, _ in cache.items()] == ["c", "a", "b", "d"], "a replaced value weighs nothing any more"


def test_every_removal_is_reported_without_the_lock() -> None:
    removed: list[tuple[str, int]] = []
    cache = LRU[str, int](2, on_remove=lambda key, value: removed.append((key, value + 0 * len(cache.items()))))
    for i, key in enumerate("abc"):
        cache.put(key, i)
    cache.put("b", 9)
    assert (cache.pop("b"), cache.pop("b")) == (9, None)
    cache.put("a", 4)
    assert cache.pop("a", report=False) == 4
    cache.pop_oldest()
    assert removed == [("a", 0), ("b", 1), ("b", 9), ("c", 2)]
    assert len(cache) == 0


def test_the_largest_share_drops_its_own_oldest_entry() -> None:
    cache = LRU[str, int](4)
    for key in ("other 1", "many 1", "many 2", "many 3"):
        cache.put(key, 0, share=key.split()[0])
    cache.use("many 1")
    cache.put("many 4", 0, share="many")
    assert [key for key, _ in cache.items()] == ["other 1", "many 3", "many 1", "many 4"]
    cache.setdefault("third 1", int, share="third")
    assert [key for key, _ in cache.items()] == ["other 1", "many 1", "many 4", "third 1"]
    cache.pop_oldest()
    assert [key for key, _ in cache.items()] == ["other 1", "many 4", "third 1"]


def test_a_share_is_as_large_as_its_entries_cost() -> None:
    cache = LRU[str, int](3)
    cache.put("large", 0, share="a", cost=5)
    cache.put("small 1", 0, share="b")
    cache.put("small 2", 0, share="b")
    cache.put("small 3", 0, share="b")
    assert "large" not in cache


def test_entries_without_cost_are_dropped_as_well() -> None:
    cache = LRU[int, None](2)
    for number in range(5):
        cache.put(number, None, share=number % 2, cost=0)
    assert [number for number, _ in cache.items()] == [3, 4]


def test_the_newest_entry_stays_however_much_it_costs() -> None:
    cache = LRU[str, int](2)
    for key in "ab":
        cache.put(key, 0, share="many")
    cache.put("new", 0, share="one", cost=100)
    assert [key for key, _ in cache.items()] == ["b", "new"]


SHARES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.booleans()), max_size=40)


@given(SHARES)
def test_the_share_that_costs_most_is_found_whatever_came_before(steps: list[tuple[str, int, bool]]) -> None:
    removed: list[int] = []
    cache = LRU[int, tuple[str, int]](on_remove=lambda key, _: removed.append(key))
    for number, (share, cost, is_removal) in enumerate(steps):
        if is_removal and len(cache) > 1:
            costs = {name: sum(cost for _, (owner, cost) in cache.items() if owner == name) for name in "abc"}
            before = dict(cache.items())
            cache.pop_oldest()
            newest = [*before][-1]
            owner = before[removed[-1]][0]
            largest = {name for name, cost in costs.items() if cost == max(costs.values())}
            assert owner in largest or before[newest][0] in largest
        cache.put(number, (share, cost), share=share, cost=cost)


def test_to_drop_one_of_many_shares_takes_no_look_at_each() -> None:
    def fill(shares: list[Hashable]) -> None:
        cache = LRU[Hashable, None](len(shares) // 2)
        for share in shares:
            cache.put(share, None, share=share)

    assert grows_linearly(fill, lambda size: [*range(size)], 1_500)
