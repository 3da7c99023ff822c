"""Changes make one value of another, and of a text that grows they hold what was added."""

import copy
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from minidemo.content.json_diff import MAX_DEPTH, Change, changes

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = st.recursive(LEAVES, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=2), v, max_size=4))


def made(value: Any, edits: list[Change]) -> Any:
    """Make changes to a copy of a value, as the page does."""
    root = [copy.deepcopy(value)]
    for what, path, told in edits:
        place: Any = root
        *way, key = [0, *path]
        for step in way:
            place = place[step]
        if what == "append":
            place[key] += told
        elif what == "delete":
            del place[key]
        elif what == "add" and isinstance(place, list):
            place.insert(int(key), told)
        else:
            place[key] = told
    return root[0]


def nested(value: Any, depth: int) -> Any:
    """Return a value below so many lists and objects."""
    for i in range(depth):
        value = {"a": value} if i % 2 else ["b", value]
    return value


@given(JSON, JSON)
@example(nested([1, 2], 50), nested([1, True], 50))
@example(nested("a", 50), nested("ab", 50))
@example({"same": [1, 2], "old": 0}, {"same": [1], "new": 0})
@example([1], [1, 2])
def test_the_changes_make_the_second_of_the_first(old: Any, new: Any) -> None:
    got = made(old, list(changes(old, new)))
    assert (got, str(type(got))) == (new, str(type(new)))


@given(JSON)
def test_nothing_changes_where_nothing_is_new(value: Any) -> None:
    assert list(changes(value, copy.deepcopy(value))) == []


def test_of_a_text_that_grows_only_the_new_part_is_told() -> None:
    old = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "I "}]
    new = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "I am"}]
    assert list(changes(old, new)) == [("append", [1, "content"], "am")]
    assert made(old, list(changes(old, new))) == new


def test_numbers_of_another_type_are_others() -> None:
    assert list(changes(1, True)) == [("replace", [], True)]
    assert list(changes([1], [1.0])) == [("replace", [0], 1.0)]


def test_no_value_has_changes_many_times_its_size() -> None:
    """Below many levels each of a thousand changes would name them all."""
    old, new = (nested([i] * 1_000, 150) for i in (0, 1))
    (edit,) = changes(old, new)
    assert len(edit[1]) == MAX_DEPTH
    assert made(old, [edit]) == new
    assert not list(changes(new, copy.deepcopy(new)))
