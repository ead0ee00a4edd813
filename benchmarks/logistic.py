"""Two small regressions by Newton's method: which of a group is right, and whether one thing is true."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
# The objective, its gradient and the negative of its second derivative, at some weights.
_Objective = Callable[[Matrix], tuple[float, Matrix, Matrix]]

_STEPS = 50
_PRECISION = 1e-4


def fit_choice(groups: Sequence[tuple[Matrix, Mask]], *, ridge: float = 1.0) -> Matrix:
    """Weights under which the right rows of each group win; a group is (rows, features), (rows,)."""

    def objective(weights: Matrix) -> tuple[float, Matrix, Matrix]:
        value, gradient, curvature = _penalty(weights, ridge)
        for rows, right in groups:
            shares = np.exp(rows @ weights - (rows @ weights).max())
            all_, good = shares / shares.sum(), np.where(right, shares, 0) / shares[right].sum()
            mean = all_ @ rows
            value += float(np.log(shares[right].sum() / shares.sum()))
            gradient += good @ rows - mean
            curvature += (rows * all_[:, None]).T @ rows - np.outer(mean, mean)
        return value, gradient, curvature

    return _climb(objective, groups[0][0].shape[1])


def fit_logistic(rows: Matrix, truth: Mask, counts: Matrix, *, ridge: float = 1.0) -> Matrix:
    """Weights of the logistic regression of `truth` on `rows`, each row counting `counts` times."""

    def objective(weights: Matrix) -> tuple[float, Matrix, Matrix]:
        value, gradient, curvature = _penalty(weights, ridge)
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        value += float(counts @ np.log(np.clip(np.where(truth, chance, 1 - chance), 1e-12, 1)))
        gradient += rows.T @ (counts * (truth - chance))
        curvature += (rows * (counts * chance * (1 - chance))[:, None]).T @ rows
        return value, gradient, curvature

    return _climb(objective, rows.shape[1])


def _penalty(weights: Matrix, ridge: float) -> tuple[float, Matrix, Matrix]:
    return -ridge / 2 * float(weights @ weights), -ridge * weights, ridge * np.eye(len(weights))


def _climb(objective: _Objective, size: int) -> Matrix:
    weights = np.zeros(size)
    value, gradient, curvature = objective(weights)
    for _ in range(_STEPS):
        step = np.linalg.solve(curvature, gradient)
        while objective(weights + step)[0] < value and np.abs(step).max() > _PRECISION:
            step /= 2
        weights = weights + step
        before = value
        value, gradient, curvature = objective(weights)
        if value - before < _PRECISION:
            break
    return weights
