"""ClientProfile: the timing that a version of Gradio's clients needs."""

from typing import NamedTuple


class ClientProfile(NamedTuple):
    """Timing that a client needs, in seconds.

    Args:
        delay: Wait before the first event of a call.
        burst_delay: The same while the client makes several calls at once.
        idle_timeout: How long a stream without pending calls stays open; opening one is a client's largest cost.
        max_idle: Limit of the idle time of a client that makes one call after the other: twice
            its last pause between two calls.
        hangs_up: Whether the client hangs up when it notices the end of a stream.
    """

    delay: float
    burst_delay: float
    idle_timeout: float
    max_idle: float = 0.0
    hangs_up: bool = False
