"""Documents into chunks: runs of whole sentences of about 200 tokens, with exact offsets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.document import Document, Span
from index.sentences import split_sentences

CHUNKER_VERSION = "3"
TARGET_TOKENS = 200

TokenCounter = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of sentences. Every span counts within the document's text."""

    span: Span
    sentences: tuple[Span, ...]


def chunk_document(document: Document, count_tokens: TokenCounter) -> list[Chunk]:
    """The chunks of a document's prose, in order; together they hold every sentence once."""
    sentences = split_sentences(document.text, document.body)
    sizes = count_tokens([sentence.of(document.text) for sentence in sentences])
    return [
        Chunk(Span(run[0].start, run[-1].end), tuple(run)) for run in _runs(sentences, sizes, TARGET_TOKENS)
    ]


def _runs(sentences: Sequence[Span], sizes: Sequence[int], target: int) -> list[list[Span]]:
    """Fill runs up to `target` tokens; a sentence that is larger by itself is a run of its own."""
    runs: list[list[Span]] = []
    filled = 0
    for sentence, size in zip(sentences, sizes, strict=True):
        if not runs or filled + size > target:
            runs.append([])
            filled = 0
        runs[-1].append(sentence)
        filled += size
    return runs
