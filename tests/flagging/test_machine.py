"""Whatever is done to a folder of flags, in whatever order, it holds what it should."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.flagging.machine import Folder

pytestmark = pytest.mark.slow


def test_nothing_that_is_done_to_a_folder_breaks_it() -> None:
    often = settings(stateful_step_count=30, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Folder, settings=often)
