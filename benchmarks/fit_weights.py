"""Fits the weights of ranking, evidence and confidence, and says how they do on questions held out.

    HEMEROTECA_EVAL=FOLDER python benchmarks/fit_weights.py INDEX [--limit N] [--write]

FOLDER holds quales, xquad and nomiracl as `hemeroteca evaluate` takes them; their indexes are kept in INDEX.
Five folds; questions on the same document are in the same fold. A stage is fitted on what the stages before
it give with the weights in use, so run it twice after a change of features. --write writes
`assistant/finding/weights.toml`.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from fitting import Case, Group, fit_cases, fit_groups, fold_of

from assistant import finding
from assistant.assistant import Assistant
from assistant.evaluation.data import GoldQuestion, load_questions, sample
from assistant.evaluation.gold import gold_spans
from assistant.evaluation.run import open_archive
from assistant.finding.choice import choose
from assistant.finding.confidence import confidence_features
from assistant.finding.evidence import evidence_features, sentences_of
from assistant.finding.relevance import Features, Proposal, relevance_features
from assistant.finding.retrieval import rank
from assistant.finding.sentences import Sentence
from assistant.finding.weights import weighted
from assistant.questions.wording import Wording
from assistant.settings import load_settings
from index.document import Span
from index.filters import DocumentFilter

SETS = ("quales", "xquad", "nomiracl")
CHUNKS = 10


@dataclass(slots=True)
class Seen:
    """What the questions gave to fit the stages on."""

    chunks: list[Group] = field(default_factory=list)
    sentences: list[Group] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was read, with the places of its answer in its document."""

    question: GoldQuestion
    read: Wording
    document: str
    spans: Sequence[Span]

    @property
    def fold(self) -> int:
        return fold_of(self.document or self.question.id)

    def holds(self, document: str, span: Span) -> bool:
        """Whether a stretch of a document holds part of the answer."""
        return document == self.document and any(
            span.start < gold.end and gold.start < span.end for gold in self.spans
        )


def main() -> None:
    arguments = _arguments()
    folder, index = Path(os.environ["HEMEROTECA_EVAL"]), arguments.index
    with ProcessPoolExecutor(len(SETS)) as pool:
        parts = list(pool.map(partial(look_at_set, folder, index, arguments.limit), SETS))
    seen = Seen(
        [group for part in parts for group in part.chunks],
        [group for part in parts for group in part.sentences],
        [case for part in parts for case in part.cases],
    )
    fitted = {
        "ranking": fit_groups("ranking", seen.chunks),
        "evidence": fit_groups("evidence", seen.sentences),
        "confidence": fit_cases(seen.cases),
    }
    text = _toml(fitted)
    print(text)
    if arguments.write:
        (Path(finding.__file__).parent / "weights.toml").write_text(text, "utf-8")


def look_at_set(folder: Path, index: Path, limit: int | None, name: str) -> Seen:
    """What all questions of a set give; `limit` takes so many of them."""
    seen = Seen()
    questions = load_questions(folder / name)
    originals = {_untranslated(question): question for question in questions if question.language == "es"}
    with _open(folder / name, index / name) as archive:
        for question in sample(questions, limit):
            look(name, archive, question, originals.get(_untranslated(question), question), seen)
    return seen


def look(name: str, archive: Assistant, question: GoldQuestion, original: GoldQuestion, seen: Seen) -> None:
    """Ask in the archive with the gold document and without it; for quales also in the article alone.

    A translated question is also asked in its document alone, with the sentences that hold the answer of the
    `original` and without them: nothing else tells what a document does not say in another language.
    """
    retriever = archive.retriever()
    asked = _asked(archive, question, retriever.read(question.text))
    inside = retriever.propose(asked.read, DocumentFilter(documents=(question.document,)))
    if name == "quales":
        _look_at("quales in the article", archive, asked, inside, question.answerable, seen)
    if original is not question:
        held = _asked(archive, original, asked.read)
        _look_beside(f"{name} {question.language} in the document", archive, held, inside, seen)
    if name == "quales" and not question.answerable:
        # Another article may well answer it.
        return
    kind = f"{name} {question.language}"
    proposals = retriever.propose(asked.read)
    if question.answerable and question.document:
        seen.chunks.append(_chunk_group(asked, proposals))
    _look_at(kind, archive, asked, proposals, question.answerable, seen)
    others = [item for item in proposals if item.chunk.document != question.document]
    if len(others) < len(proposals):
        _look_at(kind, archive, asked, others, False, seen)


def _look_at(
    kind: str,
    archive: Assistant,
    asked: Asked,
    proposals: Sequence[Proposal],
    answerable: bool,
    seen: Seen,
) -> None:
    found = _found(archive, asked, proposals)
    right = [asked.holds(sentence.document.id, sentence.span) for sentence in found]
    if answerable and any(right):
        seen.sentences.append(_group(asked.fold, evidence_features(asked.read, found), right))
    seen.cases.append(_case(kind, archive, asked, found, answerable))


def _look_beside(
    kind: str, archive: Assistant, asked: Asked, proposals: Sequence[Proposal], seen: Seen
) -> None:
    found = _found(archive, asked, proposals)
    beside = [sentence for sentence in found if not asked.holds(sentence.document.id, sentence.span)]
    if 0 < len(beside) < len(found):
        seen.cases += [_case(kind, archive, asked, found, True), _case(kind, archive, asked, beside, False)]


def _found(archive: Assistant, asked: Asked, proposals: Sequence[Proposal]) -> list[Sentence]:
    candidates = rank(asked.read, proposals, CHUNKS)
    return sentences_of(asked.read, candidates, archive.document)


def _case(kind: str, archive: Assistant, asked: Asked, found: Sequence[Sentence], answerable: bool) -> Case:
    evidence = choose(found, weighted("evidence", evidence_features(asked.read, found)))
    evidence = archive.retriever().measured(asked.read, evidence)
    return Case(kind, asked.fold, confidence_features(asked.read, evidence), answerable)


def _untranslated(question: GoldQuestion) -> str:
    """What the ids of a question and of its translation have in common."""
    return question.id.removeprefix(f"{question.language}-")


def _chunk_group(asked: Asked, proposals: Sequence[Proposal]) -> Group:
    """The chunks that hold the answer are right, or else all of the document."""
    own = [item.chunk.document == asked.document for item in proposals]
    holds = [asked.holds(item.chunk.document, item.chunk.span) for item in proposals]
    features = relevance_features(asked.read, proposals)
    return _group(asked.fold, features, holds if any(holds) else own)


def _asked(archive: Assistant, question: GoldQuestion, read: Wording) -> Asked:
    if not question.document:
        return Asked(question, read, "", ())
    text = archive.document(question.document).text
    return Asked(question, read, question.document, gold_spans(text, question.answers))


def _group(fold: int, features: Features, right: Sequence[bool]) -> Group:
    rows = np.stack(list(features.values()), axis=1)
    return Group(fold, tuple(features), rows, np.array(right))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit the weights of ranking, evidence and confidence.")
    parser.add_argument("index", type=Path, help="where the three indexes are kept")
    parser.add_argument("--limit", type=int, help="this many questions of each set, spread evenly")
    parser.add_argument("--write", action="store_true", help="write assistant/finding/weights.toml")
    return parser.parse_args()


def _open(folder: Path, workspace: Path) -> Assistant:
    return open_archive(folder, workspace, load_settings(engine="extractive"), lambda _: None).assistant


def _toml(fitted: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["# Written by: HEMEROTECA_EVAL=FOLDER python benchmarks/fit_weights.py INDEX --write"]
    for stage, named in fitted.items():
        lines += ["", f"[{stage}]", *(f"{name} = {value:.3f}" for name, value in named.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
