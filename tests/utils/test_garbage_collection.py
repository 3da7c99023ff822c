"""The garbage collector is paused while modules are loaded, and goes on as before."""

import gc
from collections.abc import Iterator

import pytest

from minidemo.utils.garbage_collection import collector_paused


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_it_is_paused_in_the_block_alone() -> None:
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ImportError), collector_paused():
        raise ImportError
    assert gc.isenabled()


def test_it_stays_off_where_the_author_switched_it_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_new_objects_are_old_after_it() -> None:
    gc.collect()
    with collector_paused():
        made = [[number] for number in range(1000)]
    assert gc.get_count()[0] < len(made)
    assert any(each is made for each in gc.get_objects(generation=2))


def test_what_the_author_froze_stays_frozen() -> None:
    kept = [object()]
    gc.freeze()
    with collector_paused():
        pass
    assert not any(each is kept for each in gc.get_objects()), "which finds no frozen objects"
