"""The garbage collector, paused while modules are loaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector in a `with` block that loads modules.

    Modules keep what they create, so that collecting in between finds nothing, and takes a tenth of the start-up. The
    new objects become old at once, or the next collection would look at all of them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # or objects that the author froze would thaw
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()
