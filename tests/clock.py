"""A clock that a test moves."""


class Clock:
    """Tells the time that a test has set, in seconds."""

    now: float = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now
