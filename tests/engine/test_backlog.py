"""What a function has given is kept until it is read, within bounds."""

from minidemo.engine.backlog import MAX_BYTES, MAX_OUTPUTS, Backlog


def test_outputs_are_read_in_their_order() -> None:
    backlog = Backlog()
    for i in range(3):
        backlog.add((i,))
    assert backlog.take() == [(0,), (1,), (2,)]
    assert backlog.take() == []


def test_the_oldest_make_room() -> None:
    backlog = Backlog()
    for i in range(MAX_OUTPUTS + 5):
        backlog.add((i,))
    assert backlog.take()[0] == (5,)
    for mark in "abc":
        backlog.add((mark * (MAX_BYTES // 2),))
    assert [str(text)[0] for (text,) in backlog.take()] == ["c"]
