"""Whether one story in several papers is recognised as one, and whether a changed fact keeps two apart.

    HEMEROTECA_EVAL=… python -m benchmarks.reprints [--show]

First altered copies: each article of a sample of quales is printed by another paper with wordings changed, parts
cut and some sentences dropped; each of its sentences should be recognised, and none of them in which a figure, a
name, a day, a month or a word was also changed to another, or that was denied. Then true reprints: the pairs
of rss that benchmarks/data/reprints.txt marks, and all pairs of rss that share words.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

from assistant.answer import Evidence
from assistant.finding.reprints import is_reprint
from benchmarks.altered import FACTS, reworded
from index.document import DateSource, Document, Span
from index.language.terms import terms, words
from index.text.sentences import split_sentences

MARKED = Path(__file__).parent / "data" / "reprints.txt"
_SAMPLE = 200
# Shorter sentences are headlines, datelines and questions.
_FEWEST_WORDS = 10
_KEPT = 0.7
# A pair of words that more items have says nothing of a pair of items.
_MOST_SHARING = 100


@dataclass(frozen=True, slots=True)
class Case:
    """Two sentences; `kind` is "reworded", which are to be recognised, or the fact that was changed."""

    kind: str
    one: Evidence
    two: Evidence


def documents_of(name: str) -> list[Document]:
    """The documents of a set of HEMEROTECA_EVAL."""
    path = Path(os.environ["HEMEROTECA_EVAL"]) / name / "documents.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def _document(record: dict[str, str]) -> Document:
    day = date.fromisoformat(record["date"][:10])
    return Document(record["id"], record["id"], record["title"], record["text"], "es", day, DateSource.JSON)


def altered_cases(documents: list[Document], chance: Random) -> Iterator[Case]:
    """The sentences of each document beside those of its altered copy."""
    for document in documents:
        sentences = [span.of(document.text) for span in split_sentences(document.text)]
        copy = [reworded(text, chance) if chance.random() < _KEPT else "" for text in sentences]
        for place, text in enumerate(sentences):
            if len(words(text)) >= _FEWEST_WORDS:
                yield from _cases(document, text, _Printer(document, copy, place), chance)


@dataclass(frozen=True, slots=True)
class _Printer:
    """Another paper, which prints `copy` of an article, with the sentence at `place` as it is told."""

    article: Document
    copy: list[str]
    place: int

    def printed(self, sentence: str) -> Evidence:
        parts = ["Otro título.", *self.copy[: self.place], sentence, *self.copy[self.place + 1 :]]
        text = " ".join(part for part in parts if part)
        day = self.article.date
        return _evidence(Document("copy", "copy", "Otro título", text, "es", day, DateSource.JSON), sentence)


def _cases(document: Document, text: str, paper: _Printer, chance: Random) -> Iterator[Case]:
    one = _evidence(document, text)
    new = reworded(text, chance)
    if new != text:
        yield Case("reworded", one, paper.printed(new))
    for kind, alter in FACTS.items():
        changed = alter(new, chance)
        if changed != new:
            yield Case(kind, one, paper.printed(changed))


def _evidence(document: Document, sentence: str) -> Evidence:
    start = document.text.index(sentence)
    return Evidence(1, document, Span(start, start + len(sentence)), 1.0, 1.0)


def report_altered(cases: list[Case], show: bool) -> None:
    """Print how many of each kind are taken for the same."""
    seen, same = Counter(case.kind for case in cases), Counter[str]()
    for case in cases:
        taken = is_reprint(case.one, case.two)
        same[case.kind] += taken
        if show and taken != (case.kind == "reworded"):
            print(f"{case.kind}:\n  {case.one.quote}\n  {case.two.quote}")
    wrong = sum(same.values()) - same["reworded"]
    print(f"altered copies: recall {same['reworded'] / seen['reworded']:.3f} of {seen['reworded']}, ", end="")
    print(f"precision {same['reworded'] / sum(same.values()):.3f} beside {wrong} with a changed fact")
    for kind in FACTS:
        print(f"  {kind} changed: {same[kind]} of {seen[kind]} taken for the same")


def report_true(documents: list[Document], show: bool) -> None:
    """Print how the marked pairs are judged, and what else of all pairs is taken for the same."""
    whole = {document.id[-5:]: _evidence(document, document.text) for document in documents}
    lines = (line.split() for line in MARKED.read_text("utf-8").splitlines() if not line.startswith("#"))
    marked = {(one, two): mark for mark, one, two in lines}
    judged = {pair: is_reprint(whole[pair[0]], whole[pair[1]]) for pair in marked}
    same = [pair for pair, mark in marked.items() if mark == "same"]
    right = sum(judged[pair] for pair in same)
    print(f"true reprints: recall {right / len(same):.3f} of {len(same)}, ", end="")
    print(f"{sum(judged.values()) - right} of {len(marked) - len(same)} others taken for the same")
    pairs = _sharing(documents)
    further = [pair for pair in pairs - marked.keys() if is_reprint(whole[pair[0]], whole[pair[1]])]
    print(
        f"of all {len(pairs):,} pairs that share neighbouring words, {len(further)} more taken for the same"
    )
    for one, two in further if show else ():
        print(f"  {one} {two}\n    {whole[one].quote}\n    {whole[two].quote}")


def _sharing(documents: list[Document]) -> set[tuple[str, str]]:
    holders: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        for pair in set(pairwise(terms(document.text, "es"))):
            holders.setdefault(pair, []).append(document.id[-5:])
    shared = (ids for ids in holders.values() if len(ids) <= _MOST_SHARING)
    return {pair for ids in shared for pair in combinations(ids, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", action="store_true", help="Print the pairs that are judged wrongly.")
    show = parser.parse_args().show
    articles = documents_of("quales")
    sample = articles[:: max(1, len(articles) // _SAMPLE)]
    report_altered(list(altered_cases(sample, Random(1))), show)
    report_true(documents_of("rss"), show)


if __name__ == "__main__":
    main()
