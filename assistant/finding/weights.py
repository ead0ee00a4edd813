"""The weights by which chunks are ranked; `benchmarks/fit_confidence.py` writes `weights.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature by its name."""
    table = tomllib.loads((files("assistant.finding") / "weights.toml").read_text("utf-8"))
    return {name: float(value) for name, value in table["ranking"].items()}


def weighted(features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The weighted sum of columns of features, one number a row."""
    known = weights()
    total: NDArray[np.float64] = sum(
        (known[name] * column for name, column in features.items()), start=np.zeros(())
    )
    return total
