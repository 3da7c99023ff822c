"""How much work something is, told without a clock on the wall."""

import gc
import math
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

T = TypeVar("T")


def effort(call: Callable[[], object]) -> float:
    """Return the seconds of CPU that a call takes in this thread; a busy machine does not change them much.

    Garbage is not collected meanwhile, as that takes the longer the more of others' objects there are.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        started = time.thread_time()
        call()
        return time.thread_time() - started
    finally:
        if collects:
            gc.enable()


def grows_linearly(work: Callable[[T], object], make: Callable[[int], T], size: int) -> bool:
    """Tell whether twice the size takes less than three times the effort, or less than a few loops of Python over it.

    The least effort of up to thirty tries counts; if that says no, the effort of all thirty together: a processor that
    is shared may have been fast for one small size only.
    """
    small, large = make(size), make(2 * size)
    less = more = math.inf
    all_less = all_more = 0.0
    for _ in range(30):
        this_less, this_more = effort(partial(work, small)), effort(partial(work, large))
        less, more = min(less, this_less), min(more, this_more)
        all_less, all_more = all_less + this_less, all_more + this_more
        if more < 3 * less or more < 20 * effort(partial(sum, range(2 * size))):
            return True
    return all_more < 3 * all_less
