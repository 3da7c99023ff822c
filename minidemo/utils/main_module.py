"""The script of the program, which worker processes import again."""

import sys
from types import FrameType


def is_imported_by_worker() -> bool:
    """Return True while a process of `multiprocessing` imports the script that started it.

    It imports the script as `__mp_main__`. A process that was started to serve a demo is not concerned.
    """
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == "__mp_main__":
            return True
        frame = frame.f_back
    return False
