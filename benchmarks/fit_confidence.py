"""Fits the weights of the confidence that a passage answers, and says how they do on archives held out.

    python -m benchmarks.fit_confidence EVAL INDEX [--again] [--write]

EVAL holds fresh, mananeras, cases and quales (of which only the fifth that the reader's training kept out is asked).
Their indexes and what was seen of the questions are kept in INDEX; --again asks anew. Every kind of archive in
turn is measured with weights fitted on the others. --write writes `assistant/finding/weights.toml`.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import finding
from assistant.assistant import Assistant
from assistant.evaluation.figures import auc
from assistant.finding.choosing import sentence_features
from assistant.finding.confidence import passage_features
from assistant.finding.passages import ReadPassage, read_passages
from assistant.finding.relevance import relevance_features
from assistant.finding.retrieval import Retriever, rank
from assistant.questions.wording import Wording
from assistant.reader.reader import Reader, open_reader
from assistant.settings import load_settings
from benchmarks.archives import Gold, answers, archives
from benchmarks.logistic import Mask, Matrix, fit_choice, fit_logistic
from index.filters import EVERYTHING, DocumentFilter

_READ = 8
_BARS = (0.4, 0.6, 0.75)
ORDER = ("answers", "match_gap", "share")
READ = ("answers", "margin", "share", "match_margin", "figures_missing", "alone", "constant")
UNREAD = ("share", "match_margin", "figures_missing", "alone", "constant")
Weights = NDArray[np.float64]
Choice = tuple[Matrix, Mask]
"""The features of the rows of a group, and which of them are right."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A question with what the passages found for it show, in the order of the search.

    `labels` say of each whether it answers (None: who knows), `ranking` has the features that order them, by column,
    and `rows` those of the confidence, of the first ones, which were read. `sentences` has the features of the
    sentences of the first passage that answers, by column, and `told` which of these answer by themselves.
    """

    kind: str
    question: str
    answerable: bool
    rows: list[dict[str, float]]
    labels: list[bool | None]
    ranking: dict[str, list[float]]
    sentences: dict[str, list[float]]
    told: list[bool]


@dataclass(frozen=True, slots=True)
class First:
    """The passage that comes first for a question: its features, and whether it answers (None: who knows)."""

    seen: Seen
    features: dict[str, float]
    right: bool | None


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the confidence of passages.")
    parser.add_argument("eval", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    kept = given.index / "seen.jsonl"
    if given.again or not kept.exists():
        seen = list(look(given.eval, given.index, open_reader()))
        kept.write_text("".join(json.dumps(asdict(one)) + "\n" for one in seen), "utf-8")
    seen = [Seen(**json.loads(line)) for line in kept.read_text("utf-8").splitlines()]
    ranking = fit_ranking(seen)
    order = dict(zip(ORDER, fit_order(seen).tolist(), strict=True))
    tables = {
        "order": order,
        "choice": fit_sentences(seen),
        "read": fit_confidence(seen, READ),
        "unread": fit_confidence(seen, UNREAD),
    }
    if given.write:
        _write(Path(finding.__file__).parent / "weights.toml", {"ranking": ranking, **tables})


def fit_ranking(seen: Sequence[Seen]) -> dict[str, float]:
    """The weights that put passages that answer first; prints how often they do, with each kind held out in turn."""
    names = list(seen[0].ranking)
    groups = [(one.kind, *_group(one, names)) for one in seen if any(one.labels)]
    for kind, places, held in _held_out(groups):
        now = [int(right.argmax()) for _, right in held]
        print(f"ranking, {kind} held out: {_tops(places)}; as it is {_tops(now)}, of {len(held)}")
    weights = fit_choice([(rows, right) for _, rows, right in groups])
    return dict(zip(names, weights.tolist(), strict=True))


def _held_out(groups: Sequence[tuple[str, Matrix, Mask]]) -> Iterator[tuple[str, list[int], list[Choice]]]:
    """Each kind, at which place its right rows come first with weights fitted on the others, and its rows."""
    for kind in dict.fromkeys(kind for kind, _, _ in groups):
        weights = fit_choice([(rows, right) for other, rows, right in groups if other != kind])
        held = [(rows, right) for other, rows, right in groups if other == kind]
        places = [int(right[np.argsort(-(rows @ weights), kind="stable")].argmax()) for rows, right in held]
        yield kind, places, held


def _group(one: Seen, names: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    known = [place for place, label in enumerate(one.labels) if label is not None]
    columns = np.stack([np.array(one.ranking[name]) for name in names], axis=1)
    return columns[known], np.array([one.labels[place] for place in known], np.bool_)


def _tops(places: Sequence[int]) -> str:
    return "/".join(f"{np.mean(np.array(places) < top):.3f}" for top in (1, 5, 10))


def fit_order(seen: Sequence[Seen]) -> Weights:
    """The weights that put passages that answer first, of those that were read."""
    groups = []
    for one in seen:
        known = [place for place, label in enumerate(one.labels[: len(one.rows)]) if label is not None]
        right = np.array([one.labels[place] for place in known], np.bool_)
        if right.any():
            groups.append((_matrix([one.rows[place] for place in known], ORDER), right))
    return fit_choice(groups)


def fit_sentences(seen: Sequence[Seen]) -> dict[str, float]:
    """The weights that put sentences that answer first in their passage; prints how often, each kind held out."""
    groups = [
        (
            one.kind,
            np.stack([np.array(column) for column in one.sentences.values()], axis=1),
            np.array(one.told),
        )
        for one in seen
        if any(one.told) and not all(one.told)
    ]
    for kind, places, held in _held_out(groups):
        firsts = [np.mean(np.array(places) < top) for top in (1, 2)]
        print(f"sentence, {kind} held out: first {firsts[0]:.3f}, first two {firsts[1]:.3f} of {len(held)}")
    names = next(one.sentences for one in seen if any(one.told))
    return dict(zip(names, fit_choice([group[1:] for group in groups]).tolist(), strict=True))


def fit_confidence(seen: Sequence[Seen], names: Sequence[str]) -> dict[str, float]:
    """The weights of the confidence by some features; prints how well they tell, with each kind held out in turn."""
    is_read = names is READ
    for kind in dict.fromkeys(one.kind for one in seen):
        others, held = ([one for one in seen if (one.kind == kind) is own] for own in (False, True))
        order = fit_order(others) if is_read else None
        report(kind, _firsts(held, order), fitted(_firsts(others, order), names), names)
    firsts = _firsts(seen, fit_order(seen) if is_read else None)
    return dict(zip(names, fitted(firsts, names).tolist(), strict=True))


def _firsts(seen: Sequence[Seen], order: Weights | None) -> list[First]:
    """The passage that comes first for each question, by the order or else by the search."""
    firsts = []
    for one in seen:
        place = 0 if order is None else int((_matrix(one.rows, ORDER) @ order).argmax())
        firsts.append(First(one, one.rows[place], one.labels[place]))
    return firsts


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in rows])


def _write(path: Path, tables: Mapping[str, Mapping[str, float]]) -> None:
    parts = ["# Written by: python -m benchmarks.fit_confidence EVAL INDEX --write\n"]
    for table, weights in tables.items():
        parts.append(
            f"\n[{table}]\n" + "".join(f"{name} = {weight:.4f}\n" for name, weight in weights.items())
        )
    path.write_text("".join(parts), "utf-8")


def look(folder: Path, index: Path, reader: Reader) -> Iterator[Seen]:
    """What all questions of all archives show."""
    for known in archives(folder, index):
        settings = load_settings(engine="extractive", documents=known.documents, index=index / known.name)
        with Assistant(settings) as archive:
            archive.sync()
            print(known.kind, known.name, archive.index_summary()["chunks"], flush=True)
            for gold in known.questions:
                yield from _see(known.kind, gold, archive.retriever(), reader)


def _see(kind: str, gold: Gold, retriever: Retriever, reader: Reader) -> Iterator[Seen]:
    """What one question shows; nothing where nothing is found."""
    wanted = DocumentFilter(documents=(gold.document,)) if gold.within else EVERYTHING
    question = retriever.read(gold.question)
    proposals = retriever.propose(question, wanted)
    ranked = rank(question, proposals, len(proposals))
    passages = read_passages(None, retriever.store, gold.question, ranked)
    order = [proposals.index(passage.candidate.proposal) for passage in passages]
    read = read_passages(reader, retriever.store, gold.question, ranked[:_READ])
    features = relevance_features(question, proposals)
    if passages:
        yield Seen(
            kind,
            gold.question,
            gold.answerable,
            passage_features(question, read),
            [answers(gold, passage.document.id, passage.all_text) for passage in passages],
            {name: column[order].tolist() for name, column in features.items()},
            *_see_sentences(gold, question, read),
        )


def _see_sentences(
    gold: Gold, question: Wording, passages: Sequence[ReadPassage]
) -> tuple[dict[str, list[float]], list[bool]]:
    """The features of the sentences of the first passage that answers, and which of them do; none where none does."""
    right = next((one for one in passages if answers(gold, one.document.id, one.all_text)), None)
    if right is None:
        return {}, []
    sentences = right.sentences()
    columns = sentence_features(question, right, sentences)
    told = [answers(gold, right.document.id, sentence.text) is True for sentence in sentences]
    return {name: column.tolist() for name, column in columns.items()}, told


def fitted(firsts: Sequence[First], names: Sequence[str]) -> Weights:
    """The weights of a logistic regression over first passages, every kind of archive weighing the same."""
    kinds = [first.seen.kind for first in firsts]
    known = [first for first in firsts if first.right is not None]
    counts = np.array([100 / kinds.count(first.seen.kind) for first in known])
    return fit_logistic(
        _matrix([first.features for first in known], names),
        np.array([first.right for first in known]),
        counts,
    )


def report(kind: str, firsts: Sequence[First], weights: Weights, names: Sequence[str]) -> None:
    """Print how often the first passage answers, and how often it does from some confidence on."""
    known = [first for first in firsts if first.right is not None]
    right = np.array([first.right for first in known])
    chance = 1 / (1 + np.exp(-_matrix([first.features for first in known], names) @ weights))
    shares = ", ".join(
        f"{np.mean(right[chance >= bar]):.2f} of {np.sum(chance >= bar)} from {bar}" for bar in _BARS
    )
    answerable = [first.seen for first in firsts if first.seen.answerable]
    print(
        f"{kind} held out: {len(answerable)} answerable, {sum(any(one.labels[:_READ]) for one in answerable)} in the "
        f"{_READ} read; first by search {sum(one.labels[0] is True for one in answerable)}, here {right.sum()}; "
        f"AUC {auc(right * 1.0, chance, np.ones(len(right))) or 0:.3f}; right {shares}",
        flush=True,
    )


if __name__ == "__main__":
    main()
