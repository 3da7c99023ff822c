"""Trees of JSON are walked by two functions: one that replaces nodes, and one that finds them."""

from typing import Any

import pytest

from minidemo.content.tree import iter_tree, map_tree

TREE = {"a": [1, 2.5, ("b", None)], "c": {"d": 3.5, "e": "f"}}


def test_nodes_of_one_kind_are_replaced_in_a_copy() -> None:
    assert map_tree(TREE, float, str) == {"a": [1, "2.5", ["b", None]], "c": {"d": "3.5", "e": "f"}}
    assert TREE["a"] == [1, 2.5, ("b", None)]


def test_keys_are_replaced_where_that_is_asked_for() -> None:
    assert map_tree({"a": {"b": "c"}}, str, str.upper, key=str.upper) == {"A": {"B": "C"}}
    assert map_tree({"a": {"b": "c"}}, str, str.upper) == {"a": {"b": "C"}}


def test_a_replaced_node_is_not_visited_further() -> None:
    assert map_tree([{"a": {"a": 1}}], dict, lambda node: sorted(node)) == [["a"]]


@pytest.mark.parametrize(
    ("kind", "found"),
    [(str, ["a", "b", "c", "d", "e", "f"]), (float, [2.5, 3.5]), (dict, [TREE]), (bytes, [])],
)
def test_nodes_of_one_kind_are_found_in_order(kind: type[Any], found: list[Any]) -> None:
    assert list(iter_tree(TREE, kind)) == found
