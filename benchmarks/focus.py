"""How well the focus finds the answer inside the right sentence: run `python -m benchmarks.focus`.

Reads quales and xquad from the folder that HEMEROTECA_EVAL names. For each answerable question the quote is
the gold sentence, so the figures judge the focus and not the retrieval. `hit` is the share of focuses that
hold the whole gold answer, `chars` their mean length beside the quote's, `led` the share of questions given
a lead, `lead F1` its token F1 with the gold and `right` the share of leads with F1 of at least one half.
The weights and bounds were chosen on these questions: expect a little less elsewhere.
`python -m benchmarks.focus --misses NAME COUNT [KIND…]` prints questions of one set that go wrong.
"""

import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.extraction.focus import Focus, find_focus
from assistant.extraction.quotes import LONGEST_QUOTE, trim_quote
from assistant.questions.understanding import Question, understand
from index.document import Span
from index.sentences import split_sentences
from index.terms import words


@dataclass(frozen=True, slots=True)
class Case:
    question: Question
    text: str
    sentence: Span
    gold: str
    published: date | None

    @property
    def quote(self) -> str:
        return self.sentence.of(self.text)


@dataclass(frozen=True, slots=True)
class Score:
    hit: bool
    focus_chars: int
    quote_chars: int
    lead_f1: float | None


def cases(folder: Path, language: str) -> Iterator[Case]:
    documents = {row["id"]: row for row in _rows(folder / "documents.jsonl")}
    questions = list(_rows(folder / "questions.jsonl"))
    golds = {row["id"].partition("-")[2]: row["answers"] for row in questions if row["answers"]}
    for row in questions:
        answers = row["answers"] or golds.get(row["id"].partition("-")[2], [])
        if row["answerable"] and row["language"] == language and answers:
            document = documents[row["document_id"]]
            question = understand(row["question"], language)
            sentence = gold_sentence(document["text"], answers[0], question)
            published = date.fromisoformat(document["date"]) if document["date"] else None
            if sentence is not None:
                yield Case(question, document["text"], sentence, answers[0], published)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def gold_sentence(text: str, gold: str, question: Question) -> Span | None:
    """The sentence with the answer that shares most words with the question."""
    holding = [span for span in split_sentences(text) if gold in span.of(text)]
    known = set(words(question.text))
    return max(holding, key=lambda span: len(known & set(words(span.of(text)))), default=None)


def token_f1(found: str, gold: str) -> float:
    left, right = Counter(words(found)), Counter(words(gold))
    shared = sum((left & right).values())
    return 2 * shared / (sum(left.values()) + sum(right.values())) if shared else 0.0


def score(case: Case) -> tuple[Score, Focus | None]:
    focus = find_focus(case.question, case.quote, case.published)
    part = focus.span.of(case.quote) if focus else case.quote
    lead = focus.lead.of(case.quote) if focus and focus.lead else None
    f1 = None if lead is None else token_f1(lead, case.gold)
    return Score(case.gold in part, len(part), len(case.quote), f1), focus


def report(name: str, found: list[Case]) -> None:
    by_type: dict[str, list[Score]] = defaultdict(list)
    for case in found:
        by_type[case.question.wants].append(score(case)[0])
    print(f"\n{name}: {len(found)} questions; trimmed quotes that hold the gold: {trimmed(found):.3f}")
    print(f"{'wants':<12}{'n':>5}{'hit':>7}{'chars':>7}{'quote':>7}{'led':>7}{'lead F1':>9}{'right':>7}")
    everything = [item for items in by_type.values() for item in items]
    for kind, items in [*sorted(by_type.items(), key=lambda pair: -len(pair[1])), ("all", everything)]:
        print(row(kind, items))


def row(kind: str, items: list[Score]) -> str:
    leads = [item.lead_f1 for item in items if item.lead_f1 is not None]
    return (
        f"{kind:<12}{len(items):>5}{mean([item.hit for item in items]):>7.2f}"
        f"{mean([item.focus_chars for item in items]):>7.0f}"
        f"{mean([item.quote_chars for item in items]):>7.0f}"
        f"{len(leads) / len(items):>7.2f}{mean(leads):>9.2f}{mean([f1 >= 0.5 for f1 in leads]):>7.2f}"
    )


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def trimmed(found: list[Case]) -> float:
    quotes = [trim_quote(case.text, case.sentence, case.question).of(case.text) for case in found]
    assert all(len(quote) <= LONGEST_QUOTE for quote in quotes)
    return mean([case.gold in quote for case, quote in zip(found, quotes, strict=True)])


def show_misses(found: list[Case], kinds: set[str], count: int) -> None:
    """Prints questions of `kinds` whose lead is wrong or whose focus misses the gold, to be read."""
    misses = [
        (case, focus)
        for case in found
        if not kinds or case.question.wants in kinds
        for result, focus in [score(case)]
        if not result.hit or (result.lead_f1 is not None and result.lead_f1 < 0.5)
    ]
    for case, focus in random.Random(len(misses)).sample(misses, min(count, len(misses))):
        part = focus.span.of(case.quote) if focus else None
        lead = focus.lead.of(case.quote) if focus and focus.lead else None
        print(f"\n[{case.question.wants}] {case.question.text}\n  {case.quote}\n  gold {case.gold!r}")
        print(f"  focus {part!r}\n  lead {lead!r}")


def main() -> None:
    root = Path(os.environ["HEMEROTECA_EVAL"])
    sets = {
        "quales": list(cases(root / "quales", "es")),
        "xquad es": list(cases(root / "xquad", "es")),
        "xquad en→es": list(cases(root / "xquad", "en")),
    }
    if sys.argv[1:2] == ["--misses"]:
        chosen = sets[sys.argv[2]]
        show_misses(chosen, set(sys.argv[4:]), int(sys.argv[3]))
        return
    for name, found in sets.items():
        report(name, found)


if __name__ == "__main__":
    main()
