"""Whatever is done to a folder of flags, in whatever order, it holds what it should.

The same steps are taken each time, unless MINIDEMO_STEPS says how many to draw.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.flagging.machine import Folder

LENGTH = 30
"""How many steps are taken with one folder."""
STEPS = int(os.environ.get("MINIDEMO_STEPS", "600"))


def test_nothing_that_is_done_to_a_folder_breaks_it() -> None:
    run_state_machine_as_test(
        Folder,
        settings=settings(
            max_examples=STEPS // LENGTH,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            derandomize="MINIDEMO_STEPS" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
