"""What a function has given is kept until it is read, within bounds."""

from minidemo.engine.backlog import MAX_BYTES, MAX_OUTPUTS, Backlog


def test_outputs_are_read_in_their_order() -> None:
    backlog = Backlog()
    for i in range(3):
        backlog.add((i,))
    assert [backlog.next() for _ in range(4)] == [(0,), (1,), (2,), None]


def test_the_oldest_make_room() -> None:
    backlog = Backlog()
    for i in range(MAX_OUTPUTS + 5):
        backlog.add((i,))
    assert backlog.next() == (5,)
    for mark in "abc":
        backlog.add((mark * (MAX_BYTES // 2),))
    first = backlog.next()
    assert first is not None
    assert first[0][0] == "c"
    assert backlog.next() is None
