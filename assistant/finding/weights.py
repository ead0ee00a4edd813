"""The weights of the search, and of the confidence; `benchmarks/fit_confidence.py` writes `weights.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Table = Literal["ranking", "order", "choice", "read", "unread"]
"""What weights are for: the order of what a search proposes, the order of what was read, which sentence of a passage
is quoted, and the confidence of the first passage, read or not."""


@cache
def weights(table: Table) -> Mapping[str, float]:
    """The weight of each feature by its name."""
    tables = tomllib.loads((files("assistant.finding") / "weights.toml").read_text("utf-8"))
    return {name: float(value) for name, value in tables[table].items()}


def weighted(table: Table, features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The weighted sum of the columns of features, one number a row."""
    known = weights(table)
    total: NDArray[np.float64] = sum(
        (known[name] * column for name, column in features.items()), start=np.zeros(())
    )
    return total
