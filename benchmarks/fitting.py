"""Fits a stage's weights with folds held out, and prints how it does on them."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from logistic import Mask, Matrix, fit_choice, fit_logistic
from numpy.typing import NDArray

from assistant.evaluation.figures import auc
from assistant.settings import Settings

FOLDS = 5
# People mostly ask an archive what it is about: of the questions, this share is taken to be answerable.
_ANSWERABLE = 0.6
_TOPS = (1, 2, 5, 10)
_DRAWS = 1000
_REFUSED = Settings.model_fields["threshold"].default
_SURE = Settings.model_fields["sure_threshold"].default


@dataclass(frozen=True, slots=True)
class Group:
    """Things of which some are right: the chunks or the sentences found for one question."""

    fold: int
    names: tuple[str, ...]
    rows: Matrix
    right: Mask


@dataclass(frozen=True, slots=True)
class Case:
    """A question that the documents at hand answer or not. `kind` says which questions it belongs to."""

    kind: str
    fold: int
    features: dict[str, float]
    answerable: bool


def fold_of(document: str) -> int:
    """The fold of a document and of all questions on it."""
    return zlib.crc32(document.encode()) % FOLDS


def fit_groups(stage: str, groups: Sequence[Group]) -> dict[str, float]:
    """Weights that put what is right first; prints how often something right is at the top."""
    usable = [group for group in groups if group.right.any()]
    hits = np.zeros(len(_TOPS))
    for fold in range(FOLDS):
        weights = fit_choice([(group.rows, group.right) for group in usable if group.fold != fold])
        for group in usable:
            if group.fold == fold:
                order = group.right[np.argsort(-(group.rows @ weights), kind="stable")]
                hits += [order[:top].any() for top in _TOPS]
    shares = ", ".join(f"top {top} {hit / len(groups):.3f}" for top, hit in zip(_TOPS, hits, strict=True))
    print(f"{stage}, held out, {len(groups)} questions: {shares}", flush=True)
    weights = fit_choice([(group.rows, group.right) for group in usable])
    return dict(zip(groups[0].names, weights.tolist(), strict=True))


def fit_cases(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of the chance that the documents answer; prints, for each kind, how well it tells."""
    names = list(cases[0].features)
    rows = np.array([[case.features[name] for name in names] for case in cases])
    truth = np.array([case.answerable for case in cases])
    kinds = np.array([case.kind for case in cases])
    folds = np.array([case.fold for case in cases])
    counts = _balanced(kinds, truth)
    chance = np.zeros(len(cases))
    for fold in range(FOLDS):
        train, held = folds != fold, folds == fold
        weights = fit_logistic(rows[train], truth[train], counts[train])
        chance[held] = 1 / (1 + np.exp(-(rows[held] @ weights)))
    nearness = rows[:, [name.endswith("similarity") for name in names]].sum(axis=1)
    for kind in dict.fromkeys(kinds.tolist()):
        of_kind = kinds == kind
        _print_kind(kind, chance[of_kind], truth[of_kind], nearness[of_kind])
    return dict(zip(names, fit_logistic(rows, truth, counts).tolist(), strict=True))


def _bands(chance: Matrix) -> str:
    """The shares that are refused, answered with a caution, and answered."""
    refused, unsure = np.mean(chance < _REFUSED), np.mean(chance < _SURE)
    return f"{refused:.2f} {unsure - refused:.2f} {1 - unsure:.2f}"


def _gap(answerable: Matrix, chance: Matrix, nearness: Matrix) -> str:
    """The 95 % interval of the difference of two AUCs, over questions drawn again."""
    draws = np.random.default_rng(1).multinomial(len(chance), np.full(len(chance), 1 / len(chance)), _DRAWS)
    counts = draws.astype(np.float64)
    areas = [[auc(answerable, scores, count) or 0.0 for scores in (chance, nearness)] for count in counts]
    low, high = np.percentile(np.diff(areas, axis=1), (2.5, 97.5))
    return f"{-high:+.3f} … {-low:+.3f}"


def _balanced(kinds: NDArray[np.str_], truth: Mask) -> Matrix:
    """Counts under which every kind weighs the same, and `_ANSWERABLE` of it is answerable."""
    counts = np.zeros(len(kinds))
    each = len(kinds) / len(set(kinds.tolist()))
    for kind in set(kinds.tolist()):
        for value, share in ((True, _ANSWERABLE), (False, 1 - _ANSWERABLE)):
            members = (kinds == kind) & (truth == value)
            counts[members] = share * each / max(1, members.sum())
    return counts


def _print_kind(kind: str, chance: Matrix, truth: Mask, nearness: Matrix) -> None:
    ones = np.ones(len(truth))
    at_ten = np.quantile(chance[truth], 0.1)
    answerable = truth.astype(np.float64)
    area, plain = (auc(answerable, scores, ones) or 0.0 for scores in (chance, nearness))
    print(
        f"{kind}, held out, {truth.sum()} answerable and {(~truth).sum()} not:\n"
        f"  AUC {area:.3f}, of nearness alone {plain:.3f}\n"
        f"  AUC less nearness, 95 %: {_gap(answerable, chance, nearness)}\n"
        f"  below {_REFUSED}, from there, from {_SURE}: {_bands(chance[truth])} of the answerable, "
        f"{_bands(chance[~truth])} of the others\n"
        f"  at 10 % false refusals it answers {np.mean(chance[~truth] >= at_ten):.2f} of the others",
        flush=True,
    )
