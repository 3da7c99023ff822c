"""A table of 100,000 rows and 10 columns on minidemo: `python dataframe_minidemo.py PORT`."""

import sys

import numpy
import pandas

import minidemo as gr

ROWS = 100_000


def table() -> pandas.DataFrame:
    """Return integers, floats, text, dates, and true or false."""
    random = numpy.random.default_rng(0)
    columns: dict[str, object] = {f"int{i}": random.integers(0, 1000, ROWS) for i in range(3)}
    columns |= {f"float{i}": random.random(ROWS) for i in range(3)}
    columns |= {f"text{i}": [f"row {row} of {i}" for row in range(ROWS)] for i in range(2)}
    columns |= {"day": pandas.date_range("1800-01-01", periods=ROWS), "even": random.integers(0, 2, ROWS) == 0}
    return pandas.DataFrame(columns)


demo = gr.Interface(table, None, gr.Dataframe(), flagging_mode="never")

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]))
