"""A component of one's own: a rating in stars. Its template, stars.html, and its style sheet lie beside this file."""

from pathlib import Path
from typing import Any

import minidemo as gr


class Stars(gr.Component):
    """One to five stars."""

    folder = Path(__file__).parent
    widget = "stars"
    visitor_writes = False

    def preprocess(self, value: Any) -> int | None:
        """Check that there are one to five."""
        if value not in (None, 1, 2, 3, 4, 5):
            raise gr.InputError(f"{self.title} must be 1 to 5 stars.")
        return value and int(value)

    def read_from_flag(self, cell: Any) -> int | None:
        """Read the number of stars."""
        return int(cell) if cell else None


def review(stars: int | None, comment: str) -> str:
    """Print a review."""
    return f"{'★' * (stars or 0)} {comment}"


demo = gr.Interface(review, [Stars(label="Service"), "text"], "text", title="Review")

if __name__ == "__main__":
    demo.launch()
