"""The weights of ranking, evidence and confidence; `benchmarks/fit_weights.py` writes `weights.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Stage = Literal["ranking", "evidence", "confidence"]


@cache
def weights(stage: Stage) -> Mapping[str, float]:
    """The weight of each feature of a stage by its name."""
    table = tomllib.loads((files("assistant.finding") / "weights.toml").read_text("utf-8"))
    return {name: float(value) for name, value in table[stage].items()}


def weighted(stage: Stage, features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The weighted sum of columns of features, one number a row."""
    known = weights(stage)
    total: NDArray[np.float64] = sum(
        (known[name] * column for name, column in features.items()), start=np.zeros(())
    )
    return total
