"""Which order finds the document: LlamaIndex's starter, full text, vectors, both, token states, or Hemeroteca's.

    HEMEROTECA_EVAL=FOLDER python benchmarks/retrieval.py INDEX [--limit N]

FOLDER holds quales and xquad as `hemeroteca evaluate` takes them; their indexes are kept in INDEX. The starter has
chunks and a Chroma of its own, with the same embedding; the others rank the same proposals. Needs
`pip install llama-index-vector-stores-chroma`.
  starter VectorStoreIndex over SentenceSplitter's chunks, as they are without any option
  BM25    full text over stemmed words, title included
  dense   our chunk nearest to the question
  fused   BM25 and the chunk's nearness, each stretched to 0…1 over the proposals, added
  states  the best fifty of those by their token states alone
  ours    `Retriever.retrieve`
"""

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from starter import documents_found, open_starter

from assistant.assistant import Assistant
from assistant.evaluation.data import load_questions, sample
from assistant.evaluation.run import open_archive
from assistant.finding.relevance import Proposal
from assistant.finding.retrieval import rank
from assistant.questions.wording import Wording
from assistant.settings import load_settings

SETS = ("quales", "xquad")
TOPS = (1, 5, 10)
Ranking = Callable[[Wording, Sequence[Proposal]], Iterable[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare rankings of the same proposals.")
    parser.add_argument("index", type=Path, help="where the indexes are kept")
    parser.add_argument("--limit", type=int, help="this many questions of each set, spread evenly")
    arguments = parser.parse_args()
    print("| questions | ranking | recall@1 | recall@5 | recall@10 | MRR@10 |\n|---|---|---|---|---|---|")
    for name in SETS:
        folder = Path(os.environ["HEMEROTECA_EVAL"]) / name
        settings = load_settings(engine="extractive")
        with open_archive(folder, arguments.index / name, settings, lambda _: None).assistant as archive:
            starter = open_starter(
                arguments.index / name / "starter",
                archive.retriever().store.documents(),
                archive.as_embedding(),
            )
            compare(name, archive, folder, starter, arguments.limit)


def compare(name: str, archive: Assistant, folder: Path, starter: BaseRetriever, limit: int | None) -> None:
    """Print a row for each language and ranking, then how long retrieval takes."""
    retriever = archive.retriever()
    ranks: dict[tuple[str, str], list[float]] = defaultdict(list)
    took: dict[str, list[float]] = defaultdict(list)
    for question in sample(load_questions(folder), limit):
        if not question.answerable:
            continue
        began = time.perf_counter()
        found = documents_found(starter, question.text)
        between = time.perf_counter()
        retriever.retrieve(question.text)
        took["starter"].append(between - began)
        took["ours"].append(time.perf_counter() - between)
        ranks[question.language, "starter"].append(_place(question.document, found))
        read = retriever.read(question.text)
        proposals = retriever.propose(read)
        for label, ranking in RANKINGS.items():
            ranks[question.language, label].append(_place(question.document, ranking(read, proposals)))
    for (language, label), places in ranks.items():
        shares = " | ".join(f"{np.mean(np.array(places) <= top):.3f}" for top in TOPS)
        mrr = np.mean(1 / np.array(places))
        print(f"| {name} {language} ({len(places)}) | {label} | {shares} | {mrr:.3f} |", flush=True)
    print(f"\n{name}: retrieval over {archive.status()['chunks']} chunks, p50 and p95 in ms:")
    for label, seconds in took.items():
        half, most = 1000 * np.percentile(seconds, (50, 95))
        print(f"  {label} {half:.0f} {most:.0f}", flush=True)


def _place(document: str, found: Iterable[str]) -> float:
    """The place of a document among the different ones found, from 1; infinite if it is not near the top."""
    first = list(dict.fromkeys(found))[: max(TOPS)]
    return first.index(document) + 1 if document in first else np.inf


def by_bm25(question: Wording, proposals: Sequence[Proposal]) -> Iterable[str]:
    return _documents([item for item in proposals if item.bm25], [p.bm25 for p in proposals if p.bm25])


def by_similarity(question: Wording, proposals: Sequence[Proposal]) -> Iterable[str]:
    return _documents(proposals, [item.similarity for item in proposals])


def by_both(question: Wording, proposals: Sequence[Proposal]) -> Iterable[str]:
    return [item.chunk.document for item in proposals]


def by_states(question: Wording, proposals: Sequence[Proposal]) -> Iterable[str]:
    return _documents(proposals, [item.match_score for item in proposals])


def ours(question: Wording, proposals: Sequence[Proposal]) -> Iterable[str]:
    return [candidate.chunk.document for candidate in rank(question, proposals, len(proposals))]


RANKINGS: dict[str, Ranking] = {
    "BM25": by_bm25,
    "dense": by_similarity,
    "fused": by_both,
    "states": by_states,
    "ours": ours,
}


def _documents(proposals: Sequence[Proposal], scores: Sequence[float]) -> Iterable[str]:
    order = np.argsort(-np.array(scores), kind="stable")
    return [proposals[place].chunk.document for place in order]


if __name__ == "__main__":
    main()
