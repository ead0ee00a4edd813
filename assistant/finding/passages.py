"""The passages that a search found, read with the question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.extraction.boilerplate import speaks_to_the_writer
from assistant.finding.retrieval import Candidate
from assistant.reader.windows import AnswerSpan, Window, WindowRead
from index.document import BlockKind, Document, Span
from index.store.store import Store
from index.text.structure import asks, is_label

if TYPE_CHECKING:
    from assistant.reader.reader import Reader

_BETWEEN = " › "


def is_asking(text: str, speaker: str) -> bool:
    """Whether a sentence asks, or is said by somebody who is there to ask, rather than answers."""
    return "?" in text or asks(speaker)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a candidate chunk; `previous` is the one before it, itself where it is the first.

    `similarity` is its cosine with the question, `chunk_score` its chunk's score.
    """

    document: Document
    span: Span
    previous: Span
    similarity: float
    chunk_score: float

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; else empty."""
        return self.document.speaker_of(self.span.start)

    @property
    def is_label(self) -> bool:
        """Whether it is nothing but the label that opens a speaker's turn."""
        return is_label(self.text, self.speaker)

    @property
    def asks(self) -> bool:
        return is_asking(self.text, self.speaker)


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage and what the reader says of it; without a reader `answers` and `yes` are 0 and `spans` are none.

    `answers` says whether it answers and `yes` whether with yes rather than no, as logits. `spans` are the words
    that may be the answer, within the document's text, the likeliest first. `headings` are those above it, and `rows`
    the rows of tables in it. In its `text` spaces stand for its `orders`, the sentences that speak to an assistant:
    they must make no answer surer.
    """

    candidate: Candidate
    document: Document
    text: str
    headings: tuple[str, ...] = ()
    rows: tuple[Span, ...] = ()
    orders: tuple[Span, ...] = ()
    answers: float = 0.0
    yes: float = 0.0
    spans: tuple[AnswerSpan, ...] = ()

    @property
    def span(self) -> Span:
        return self.candidate.chunk.span

    @property
    def match(self) -> float:
        """How well its tokens meet the question's; where it gives orders, those of its best other sentence."""
        if not self.orders:
            return self.candidate.proposal.match_score
        similarities = zip(self.candidate.chunk.sentences, self.candidate.sentence_similarities, strict=True)
        others = (float(similarity) for span, similarity in similarities if span not in self.orders)
        return max(others, default=0.0)

    @property
    def all_text(self) -> str:
        """The passage behind all that says what it belongs to: title, headings, path."""
        return " ".join((self.document.title, *self.headings, self.document.path, self.text))

    def sentences(self) -> list[Sentence]:
        """Its sentences, items, rows and lines, in order."""
        return sentences_of(self.candidate, self.document)


def sentences_of(candidate: Candidate, document: Document) -> list[Sentence]:
    """The sentences, items, rows and lines of a candidate from `document`, in order."""
    chunk, similarities = candidate.chunk, candidate.sentence_similarities.tolist()
    return [
        Sentence(document, span, chunk.sentences[max(0, place - 1)], similarity, candidate.score)
        for place, (span, similarity) in enumerate(zip(chunk.sentences, similarities, strict=True))
    ]


def read_passages(
    reader: "Reader | None", store: Store, question: str, candidates: Sequence[Candidate]
) -> list[ReadPassage]:
    """The candidates as the reader understands them, in the order given; without those whose document has gone."""
    passages = _unread(store, candidates)
    if reader is None:
        return passages
    labels = [_label(passage) for passage in passages]
    windows = [
        Window(_calm(_context(passage)), _calm(label + passage.text))
        for label, passage in zip(labels, passages, strict=True)
    ]
    reads = reader.read(question, windows)
    return [
        replace(
            passage,
            answers=read.answers,
            yes=read.yes,
            spans=_within(passage, read, len(label)),
        )
        for passage, label, read in zip(passages, labels, reads, strict=True)
    ]


def _label(passage: ReadPassage) -> str:
    """The line that says who speaks, for a passage that begins in the middle of a turn."""
    speaker = passage.document.speaker_of(passage.span.start)
    return f"{speaker}\n" if speaker and speaker not in passage.text.partition("\n")[0] else ""


def _calm(text: str) -> str:
    """A text whose lines in capitals are written as names are: the reader knows few words in capitals.

    Each character keeps its place.
    """
    lines = (line.title() if line.isupper() and " " in line else line for line in text.split("\n"))
    calm = "\n".join(lines)
    return calm if len(calm) == len(text) else text


def _within(passage: ReadPassage, read: WindowRead, before: int) -> tuple[AnswerSpan, ...]:
    """The words that may answer, in the document's text; `before` characters were read in front of the passage."""
    by = passage.span.start - before
    return tuple(answer.moved(by) for answer in read.spans if answer.span.start >= before)


def _unread(store: Store, candidates: Sequence[Candidate]) -> list[ReadPassage]:
    """The candidates with their documents, each of which is fetched once, as a long one takes its time."""
    ids = dict.fromkeys(candidate.chunk.document for candidate in candidates)
    documents = {id_: document for id_ in ids if (document := store.document(id_)) is not None}
    return [
        _opened(store, candidate, documents[candidate.chunk.document])
        for candidate in candidates
        if candidate.chunk.document in documents
    ]


def _opened(store: Store, candidate: Candidate, document: Document) -> ReadPassage:
    span = candidate.chunk.span
    orders = tuple(
        sentence for sentence in candidate.chunk.sentences if speaks_to_the_writer(sentence.of(document.text))
    )
    text = span.of(document.text)
    for order in orders:
        start, end = order.start - span.start, order.end - span.start
        text = text[:start] + " " * (end - start) + text[end:]
    blocks = store.blocks(document.id, span)
    headings = blocks[0].headings if blocks else ()
    rows = tuple(block.span for block in blocks if block.kind is BlockKind.ROW)
    return ReadPassage(candidate, document, text, headings, rows, orders)


def _context(passage: ReadPassage) -> str:
    """What stands above the passage: the document's title and the headings, each once."""
    return _BETWEEN.join(dict.fromkeys(filter(None, (passage.document.title, *passage.headings))))
