"""Clients take bytes for a while, each at most a share."""

from minidemo.utils.client_budget import ClientBudget


def test_bytes_are_taken_up_to_both_limits() -> None:
    budget = ClientBudget(10, per_client=6)
    assert [budget.take(4, "a"), budget.take(3, "a"), budget.take(2, "a")] == [True, False, True]
    assert [budget.take(5, "b"), budget.take(4, "b"), budget.take(1, "c")] == [False, True, False]
    assert budget.total == 10
    budget.give_back(2, "a")
    assert [budget.take(3, "c"), budget.take(2, "c"), budget.total] == [False, True, 10]
    for client, size in (("a", 4), ("b", 4), ("c", 2)):
        budget.give_back(size, client)
    assert budget.total == 0
    assert budget.take(6, "a")
