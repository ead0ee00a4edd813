"""Where a text turns to another subject: its passages cut into runs that are each as alike as can be."""

import math

import numpy as np
from numpy.typing import NDArray

# A longer text is cut at every second passage, or third, …: the work grows with the square of their number.
_MOST_PASSAGES = 400


def segments(vectors: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """The run, counted from 0, that each passage belongs to; `vectors` is (passages, dimensions), in order.

    Of all ways to cut into `most` runs (or as many as there are passages), the one with the least scatter of
    the vectors about the middle of their run.
    """
    step = math.ceil(len(vectors) / _MOST_PASSAGES)
    runs = _cut(vectors[::step].astype(np.float64), most)
    return np.repeat(runs, step)[: len(vectors)]


def _cut(vectors: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """The run that each passage belongs to, by dynamic programming over all places to cut."""
    count = len(vectors)
    scatter = _scatter(vectors)
    least, cuts = scatter[0], []
    for _ in range(min(most, count) - 1):
        totals = least[:, None] + scatter
        cuts.append(totals.argmin(axis=0))
        least = totals.min(axis=0)
    ends = [count]
    for cut in reversed(cuts):
        ends.append(int(cut[ends[-1]]))
    return np.searchsorted(np.array(sorted(ends)), np.arange(count), side="right")


def _scatter(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scatter of the run from passage i up to j, at [i, j]; infinite where that is no run."""
    sums = np.vstack([np.zeros(vectors.shape[1]), vectors.cumsum(axis=0)])
    squares = np.concatenate([[0.0], (vectors**2).sum(axis=1).cumsum()])
    products = sums @ sums.T
    norms = products.diagonal()
    places = np.arange(len(sums))
    lengths = places[None, :] - places[:, None]
    of_sums = norms[None, :] + norms[:, None] - 2 * products
    scatter = squares[None, :] - squares[:, None] - of_sums / np.maximum(lengths, 1)
    return np.where(lengths > 0, scatter, np.inf)
