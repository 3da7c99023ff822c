"""The containers in which functions return several values."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

CONTAINERS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "deque": deque,
    "keys of a dictionary": lambda items: dict.fromkeys(items).keys(),
    "values of a dictionary": lambda items: dict(enumerate(items)).values(),
    "set": set,
    "frozenset": frozenset,
    "NumPy array": np.array,
    "NumPy array of objects": lambda items: np.array(items, dtype=object),
    "pandas Series": pd.Series,
    "pandas Index": pd.Index,
    "pandas Categorical": pd.Categorical,
    "pandas array": pd.array,
    "pandas Series of categories": lambda items: pd.Series(pd.Categorical(items)),
    "polars Series": pl.Series,
}
