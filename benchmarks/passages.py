"""Whether the passages that the search puts first hold the answer whole.

    python benchmarks/passages.py DOCUMENTS INDEX QUESTIONS [--facts FACTS --archive NAME]

QUESTIONS is JSON lines with `question`, `span` (an exact stretch of the gold document) and `follows`; follow-ups, which
do not stand alone, and questions without a span are left out. FACTS is JSON lines with `archive`, `question` and
`facts`, each a list of spellings. DOCUMENTS are indexed into INDEX first.
  span   share of questions whose span stands whole in one of the 1, 5, 10 best passages
  facts  share of facts of which a spelling stands in the 10, 20 best passages together
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.finding.retrieval import Retriever
from assistant.settings import load_settings
from index.language.terms import fold

TOPS = (1, 5, 10)
FACT_TOPS = (10, 20)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the best passages hold.")
    parser.add_argument("documents", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--archive", default="", help="the facts' archive")
    parser.add_argument(
        "--missed", action="store_true", help="print the questions whose span is not among the ten"
    )
    arguments = parser.parse_args()
    settings = load_settings(engine="extractive", documents=arguments.documents, index=arguments.index)
    with Assistant(settings) as archive:
        archive.sync()
        retriever = archive.retriever()
        spans(retriever, list(lines(arguments.questions)), arguments.missed)
        if arguments.facts:
            told = [row for row in lines(arguments.facts) if row["archive"] == arguments.archive]
            if told:
                facts(retriever, told)


def spans(retriever: Retriever, rows: list[dict[str, Any]], print_missed: bool) -> None:
    """Print the share of spans that stand whole in a passage, and how long passages are."""
    ranks = []
    lengths: list[int] = []
    for row in rows:
        if not row.get("span") or row.get("follows"):
            continue
        texts = best(retriever, row["question"], max(TOPS))
        lengths.extend(map(len, texts))
        span = plain(row["span"])
        ranks.append(next((place for place, text in enumerate(texts, 1) if span in plain(text)), np.inf))
        if print_missed and ranks[-1] == np.inf:
            print(f"missed {row['id']}: {row['question']} → {row['span']}")
    shares = " / ".join(f"{np.mean(np.array(ranks) <= top):.2f}" for top in TOPS)
    print(
        f"span whole in the first {TOPS} of {len(ranks)}: {shares}; {np.mean(lengths):.0f} characters a passage"
    )


def facts(retriever: Retriever, rows: list[dict[str, Any]]) -> None:
    """Print the share of facts that the best passages hold together."""
    held: list[list[bool]] = []
    for row in rows:
        texts = [plain(text) for text in best(retriever, row["question"], max(FACT_TOPS))]
        for spellings in row["facts"]:
            held.append(
                [any(plain(s) in text for s in spellings for text in texts[:top]) for top in FACT_TOPS]
            )
    shares = " / ".join(f"{share:.2f}" for share in np.mean(held, axis=0))
    print(f"facts in the first {FACT_TOPS} together, of {len(held)}: {shares}")


def best(retriever: Retriever, question: str, limit: int) -> list[str]:
    """The texts of the best passages."""
    texts = []
    for candidate in retriever.retrieve(question, limit=limit):
        document = retriever.store.document(candidate.chunk.document)
        assert document is not None
        texts.append(candidate.chunk.span.of(document.text))
    return texts


def plain(text: str) -> str:
    """As texts are compared: without case, accents, and differences of white space."""
    return " ".join(fold(text).split())


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
