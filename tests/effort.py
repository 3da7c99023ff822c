"""How much work something is, told without a clock on the wall."""

import time
from collections.abc import Callable


def effort(call: Callable[[], object]) -> float:
    """Return the seconds of CPU that a call takes in this thread; a busy machine does not change them much."""
    started = time.thread_time()
    call()
    return time.thread_time() - started
