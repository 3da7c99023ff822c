"""Two tools on one page, whose inputs and outputs are those that the types of the functions ask for."""

from datetime import datetime
from typing import Annotated, Literal

import minidemo as gr

Unit = Literal["days", "weeks", "hours"]
HOURS: dict[Unit, float] = {"days": 24, "weeks": 7 * 24, "hours": 1}


def convert(amount: float, unit: Unit = "days", into: Unit = "hours") -> float:
    """Convert a duration."""
    return amount * HOURS[unit] / HOURS[into]


def until(moment: datetime, unit: Unit = "days", digits: Annotated[int, gr.Slider(0, 6, step=1)] = 1) -> float:
    """Tell how long it is until a moment."""
    seconds = (moment - datetime.now(moment.tzinfo)).total_seconds()
    return round(seconds / 3600 / HOURS[unit], digits)


demo = gr.TabbedInterface(
    [gr.Interface(convert, title="Convert"), gr.Interface(until, title="How long until")],
    title="Durations",
)

if __name__ == "__main__":
    demo.launch()
