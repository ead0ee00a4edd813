"""How much of its headline the gist of an article says: `HEMEROTECA_EVAL=FOLDER python -m benchmarks.gists INDEX`.

Takes 250 articles of quales, drawn by seed, of at least 2,500 characters and a headline of four words that tell. A
headline is a summary that somebody wrote: the share of its stems that the quotes hold, without the headline itself,
tells how well they sum up. Beside it the same for as many sentences from the article's beginning. INDEX keeps the
index, as `hemeroteca evaluate --index INDEX/quales` makes it.
"""

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.evaluation.run import open_archive
from assistant.finding.gist import gist
from assistant.settings import load_settings
from index.document import Document
from index.filters import DocumentFilter
from index.language.terms import terms, words
from index.text.sentences import split_sentences

_SEED, _DRAWN = 7, 250
_SHORTEST_TEXT, _FEWEST_TERMS = 2500, 4
_SHORTEST_SENTENCE = 60


def said(document: Document, quotes: Sequence[str]) -> float:
    """The share of the headline's stems that stand in the quotes."""
    headline = set(terms(document.title, document.language))
    return len(headline & set(terms(" ".join(quotes), document.language))) / len(headline)


def is_headline(document: Document, quote: str) -> bool:
    """Whether a quote is or begins with the headline, which the text repeats."""
    title = words(document.title)
    return words(quote)[: len(title)] == title


def beginning(document: Document, count: int) -> list[str]:
    """The first sentences behind the headline, as many."""
    sentences = (span.of(document.text) for span in split_sentences(document.text, document.body))
    told = [s for s in sentences if len(s) >= _SHORTEST_SENTENCE and not is_headline(document, s)]
    return told[:count]


def main() -> None:
    """Draw, sum up, print."""
    folder = Path(os.environ["HEMEROTECA_EVAL"]) / "quales"
    settings = load_settings(engine="extractive")
    with open_archive(folder, Path(sys.argv[1]) / "quales", settings, lambda _: None).assistant as assistant:
        store = assistant.retriever().store
        ids = sorted(listed.id for listed in assistant.catalogue())
        drawn = (assistant.document(id_) for id_ in random.Random(_SEED).sample(ids, _DRAWN))
        rows = []
        for document in drawn:
            if len(document.text) < _SHORTEST_TEXT or len(set(terms(document.title, "es"))) < _FEWEST_TERMS:
                continue
            found = [item.quote for item in gist(store, DocumentFilter(documents=(document.id,)))]
            quotes = [quote for quote in found if not is_headline(document, quote)]
            first = beginning(document, len(quotes))
            rows.append(
                (said(document, quotes), said(document, first), len("".join(quotes)), len("".join(first)))
            )
    gists, firsts, characters, first_characters = np.mean(rows, axis=0)
    print(f"{len(rows)} articles: gist {gists:.3f} ({characters:.0f} characters),", end=" ")
    print(f"beginning {firsts:.3f} ({first_characters:.0f} characters)")


if __name__ == "__main__":
    main()
