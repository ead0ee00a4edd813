"""Do a question's dates help to find the right document? 60 questions over dated news, each asked on its day.

    HEMEROTECA_EVAL=… python -m benchmarks.date_questions [--folder DIR] [--failures]

The documents are ten transcripts and 2,521 short news items; the first run indexes them under DIR, later ones
ask what is there. Each question is asked twice, with the date stage and without it: no days to filter by,
no preference for the newest or the oldest. Both see only what was published by the day of asking. A document ranks by
its best evidence, then by the best of its passages.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assistant.archive import Archive
from assistant.finding.choosing import choose_evidence
from assistant.finding.confidence import read_closely
from assistant.finding.evidence import may_prove
from assistant.finding.finder import Finder
from assistant.finding.retrieval import Retriever
from assistant.finding.scope import scope_of
from assistant.questions.question_dates import dates_of_question
from assistant.settings import load_settings
from index.filters import DocumentFilter
from index.language import detect_question_language

QUESTIONS = Path(__file__).parent / "data" / "date_questions.jsonl"
TOP = 3
_SAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the day it is asked, the documents that answer it, and the days it names, None where open."""

    id: str
    question: str
    as_of: date
    documents: frozenset[str]
    days: tuple[date | None, date | None]

    @property
    def language(self) -> str:
        return detect_question_language(self.question, "es")

    @property
    def wanted(self) -> DocumentFilter:
        return DocumentFilter(as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Result:
    """The documents found for a case, best first, with the date stage and without it."""

    case: Case
    on: tuple[str, ...]
    off: tuple[str, ...]

    def holds(self, found: Sequence[str]) -> bool:
        return not self.case.documents.isdisjoint(found[:TOP])


def cases(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            days = (_day(row["from"]), _day(row["to"]))
            asked = date.fromisoformat(row["as_of"])
            yield Case(row["id"], row["question"], asked, frozenset(row["documents"]), days)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def archive(data: Path, folder: Path) -> Archive:
    """The indexed documents; copied and indexed if `folder` does not hold them yet."""
    documents = folder / "documents"
    if not documents.exists():
        documents.mkdir(parents=True)
        shutil.copy(data / "rss" / "documents.jsonl", documents / "rss.jsonl")
        for transcript in (data / "mananeras").glob("*.txt"):
            shutil.copy(transcript, documents)
    opened = Archive(load_settings(documents=documents, index=folder / "index"))
    opened.ensure_indexed(
        lambda step: print(f"\r{step.step} {step.done}/{step.total}   ", end="", flush=True)
    )
    return opened


def with_dates(retriever: Retriever, case: Case, threshold: float) -> tuple[str, ...]:
    found = Finder(retriever, threshold).find(case.question, case.language, case.wanted, case.as_of)
    scope = scope_of(case.question, case.language, case.wanted, case.as_of)
    if found.searched is not None and found.searched.relaxed:
        scope = scope.relaxed()
    read = retriever.read(case.question, case.language)
    candidates = retriever.search(read, wanted=scope.wanted)
    return _distinct([item.document.id for item in found.evidence], [c.chunk.document for c in candidates])


def without_dates(retriever: Retriever, case: Case) -> tuple[str, ...]:
    read = retriever.read(case.question, case.language)
    candidates = retriever.search(read, wanted=case.wanted)
    rated = read_closely(retriever, read, candidates, most=len(candidates))
    evidence = choose_evidence(read, rated, lambda sentence: may_prove(sentence, read.question))
    return _distinct([item.document.id for item in evidence], [c.chunk.document for c in candidates])


def _distinct(*ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for group in ids for id_ in group))


def days_named(case: Case) -> tuple[date | None, date | None]:
    """The days that the product reads from the question; both None if it names none."""
    named = dates_of_question(case.question, case.as_of, case.language)
    return (None, None) if named is None else (named.interval.start, named.interval.end)


def interval(values: Sequence[float]) -> str:
    """The mean with its 95 % bootstrap interval. Differences of pairs give the paired one."""
    drawn = np.random.default_rng(0).choice(np.array(values), (_SAMPLES, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{np.mean(values):+.3f} [{low:+.3f}, {high:+.3f}]"


def report(results: Sequence[Result], failures: bool) -> None:
    on = [float(result.holds(result.on)) for result in results]
    off = [float(result.holds(result.off)) for result in results]
    differences = [with_ - without for with_, without in zip(on, off, strict=True)]
    named = [days_named(result.case) == result.case.days for result in results]
    print(f"\n{len(results)} questions, a right document in the top {TOP}")
    print(f"  date stage on   {interval(on)} ({sum(on):.0f})")
    print(f"  date stage off  {interval(off)} ({sum(off):.0f})")
    print(f"  difference      {interval(differences)}")
    print(f"  right interval  {sum(named)} of {len(named)}")
    for result, found, days in zip(results, on, named, strict=True) if failures else []:
        if not (found and days):
            print(
                f"    {result.case.id} {result.case.as_of} {result.case.question} {days_named(result.case)}"
            )
            print(f"      found {result.on[:TOP]}; without dates {result.off[:TOP]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kept = Path(tempfile.gettempdir()) / "hemeroteca-date-questions"
    parser.add_argument("--folder", type=Path, default=kept, help="where documents and index are kept")
    parser.add_argument("--failures", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    opened = archive(Path(os.environ["HEMEROTECA_EVAL"]), options.folder)
    retriever, threshold = opened.retriever(), opened.settings.threshold
    results = [
        Result(case, with_dates(retriever, case, threshold), without_dates(retriever, case))
        for case in cases(QUESTIONS)
    ]
    report(results, options.failures)
    opened.close()


if __name__ == "__main__":
    main()
