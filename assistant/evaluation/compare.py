"""Two runs over the same questions: how much better, and whether that could be luck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import EvaluationError
from assistant.evaluation.figures import Figures, columns, figures
from assistant.evaluation.outcome import Outcome

_RESAMPLES = 1000
_SEED = 20260116


@dataclass(frozen=True, slots=True)
class Difference:
    """This run's figure less the other's, with a paired bootstrap interval of 95 %."""

    group: str
    name: str
    this: float
    other: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {
            "this": self.this,
            "other": self.other,
            "difference": self.this - self.other,
            "low": self.low,
            "high": self.high,
        }


def compare(these: Sequence[Outcome], others: Sequence[Outcome]) -> list[Difference]:
    """Every figure that both runs have, over the questions that both asked.

    Raises EvaluationError if they have no question in common.
    """
    by_id = {outcome.id: outcome for outcome in others}
    shared = [outcome for outcome in these if outcome.id in by_id]
    if not shared:
        raise EvaluationError("The two runs have no question in common: compare runs over the same folder.")
    ours, theirs = columns(shared), columns([by_id[outcome.id] for outcome in shared])
    random = np.random.default_rng(_SEED)
    everything = np.ones(len(shared))
    draws = random.multinomial(len(shared), everything / len(shared), _RESAMPLES).astype(np.float64)
    resampled = [(figures(ours, draw), figures(theirs, draw)) for draw in draws]
    return list(_differences(figures(ours), figures(theirs), resampled))


def _differences(
    ours: Figures, theirs: Figures, resampled: Sequence[tuple[Figures, Figures]]
) -> Iterator[Difference]:
    for group, named in ours.items():
        for name, this in named.items():
            other = theirs[group][name]
            if this is None or other is None:
                continue
            pairs = [(a[group][name], b[group][name]) for a, b in resampled]
            gaps = [a - b for a, b in pairs if a is not None and b is not None]
            low, high = np.percentile(gaps, (2.5, 97.5))
            yield Difference(group, name, this, other, float(low), float(high))
