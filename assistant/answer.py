"""An answer and the proof of it, as plain values; `Answer.to_dict` is the JSON contract."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from index.document import BlockKind, Document, Listed, Span
from index.text.structure import speaker_name


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: `document.text[start:end] == quote`.

    `focus` is the part that answers, counted within the document like `start` and `end`, or None. `marker` is
    the number shown as [1] in the answer. `also` are other documents that say the same in nearly these words.
    `kind` is what most of the quote is in its document: prose, items of a list, rows of a table, code.
    """

    marker: int
    quote: str
    start: int
    end: int
    document: Document
    focus: Span | None = None
    also: tuple[Document, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def verified(self) -> bool:
        """Whether the quote stands at its offsets in the document."""
        return self.document.text[self.start : self.end] == self.quote

    @property
    def page(self) -> int | None:
        """The page the quote starts on, for documents that have pages."""
        return self.document.page_of(self.start)

    @property
    def speaker(self) -> str:
        """Who says the quote, in a transcript; else empty."""
        return speaker_name(self.document.speaker_of(self.start))

    def to_dict(self) -> dict[str, Any]:
        return {
            "marker": self.marker,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "focus": None if self.focus is None else asdict(self.focus),
            "page": self.page,
            "speaker": self.speaker or None,
            "kind": self.kind,
            "verified": self.verified,
            "document": document_reference(self.document),
            "also": [document_reference(document) for document in self.also],
        }


def document_reference(document: Document | Listed) -> dict[str, str | None]:
    """What tells a document, without its text; of no date if it has none of its own but its file's."""
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "date": None if document.published is None else document.published.isoformat(),
        "url": document.url,
    }


@dataclass(frozen=True, slots=True)
class Form:
    """What a sentence is in the Markdown that a model wrote: of a paragraph, heading, list item, row, or code.

    One that `opens` begins its paragraph or item; a row that opens is the head of its table. `level` is 1 to 6 for a
    heading, and how deep an item is nested, from 1; `number` is an ordered item's.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: int | None = None
    opens: bool = True


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer, without its markers, and the citations that it rests on.

    `doubt` says why it is not proved by them, and is empty if it is. `point` says that it is one of a list. A heading
    over points has no citations. What a model wrote has a `form`, and its text is Markdown: bold, italic and code
    within a line, the cells of a row between bars, code as it is. A `gap` says what the documents do not. `when` is the
    day in words of an event in a timeline, whose quote its citation has. `dated` is the text with the days beside words
    that need them, for where it cannot be shown on them; empty if none does.
    """

    text: str
    citations: tuple[int, ...] = ()
    doubt: str = ""
    point: bool = False
    form: Form | None = None
    gap: bool = False
    when: str = ""
    dated: str = ""

    @property
    def in_full(self) -> str:
        """The text with its days told."""
        return self.dated or self.text

    @property
    def supported(self) -> bool:
        """Whether it is told as proved."""
        return not self.doubt


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was written and not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another engine stood in: the one that should have written, and why it did not."""

    engine: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        return {"from": self.engine, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent on each stage of an answer, and until its first sentence was there (0 if none was)."""

    rewrite: float = 0.0
    retrieve: float = 0.0
    generate: float = 0.0
    first: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """Words of a quote that name days, and which: `first` to `last`, None where it is open.

    `sure` is false where another reading is possible; `citation` is the marker of the quote.
    """

    text: str
    first: date | None
    last: date | None
    grain: str
    sure: bool
    citation: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            **_days(self.first, self.last),
            "grain": self.grain,
            "sure": self.sure,
            "citation": self.citation,
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """The days that a question named by `words`, and that were searched: of events, or of publication.

    `relaxed` says that they held no answer, so that all days were searched.
    """

    first: date | None
    last: date | None
    about: Literal["event", "publication"]
    words: str
    relaxed: bool = False

    def to_dict(self) -> dict[str, Any]:
        days = _days(self.first, self.last)
        return {**days, "about": self.about, "words": self.words, "relaxed": self.relaxed}


def _days(first: date | None, last: date | None) -> dict[str, str | None]:
    return {
        "from": None if first is None else first.isoformat(),
        "to": None if last is None else last.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of all calls that one answer took, rewriting and repair included.

    `cost` is in the currency of the configured prices, None where none are configured.
    """

    calls: int
    tokens_in: int
    tokens_out: int
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question as it was written, and the one that was searched for in its place."""

    written: str
    searched: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question. `text` is the sentences with their markers; quotes in it are exact.

    `standalone` is the question as it was understood, which differs from `question` for a follow-up. `sure` is
    false for an answer from evidence that may well be about something else; `text` then begins by saying so.
    `usage` is None where no model was called. `is_talk` marks a reply to what asks the documents nothing: a
    greeting, how much there is here, on what the last answer rests. `topic` is what a follow-up was told to be about.
    """

    question: str
    standalone: str
    answered: bool
    text: str
    language: str
    engine: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    timings_ms: Timings = Timings()
    confidence: float = 0.0
    dates: tuple[ResolvedDate, ...] = ()
    searched: Searched | None = None
    usage: Usage | None = None
    sure: bool = True
    is_talk: bool = False
    corrections: tuple[Correction, ...] = ()
    topic: str = ""

    @property
    def is_markdown(self) -> bool:
        """Whether the text is Markdown that a model wrote, and not words of documents as they are."""
        return any(sentence.form is not None for sentence in self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca ask --json` prints."""
        return {
            "question": self.question,
            "standalone": self.standalone,
            "topic": self.topic,
            "answered": self.answered,
            "sure": self.sure,
            "is_talk": self.is_talk,
            "corrections": [asdict(correction) for correction in self.corrections],
            "text": self.text,
            "language": self.language,
            "engine": self.engine,
            "fallback": None if self.fallback is None else self.fallback.to_dict(),
            "confidence": round(self.confidence, 4),
            "sentences": [
                {
                    "text": s.text,
                    "citations": list(s.citations),
                    "supported": s.supported,
                    "doubt": s.doubt or None,
                    "point": s.point,
                    "form": None if s.form is None else asdict(s.form),
                    "gap": s.gap,
                    "when": s.when or None,
                    "dated": s.dated,
                }
                for s in self.sentences
            ],
            "dropped": [asdict(dropped) for dropped in self.dropped],
            "citations": [citation.to_dict() for citation in self.citations],
            "dates": [resolved.to_dict() for resolved in self.dates],
            "searched": None if self.searched is None else self.searched.to_dict(),
            "usage": None if self.usage is None else asdict(self.usage),
            "timings_ms": {name: round(value, 1) for name, value in asdict(self.timings_ms).items()},
        }


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """Words that the reader takes for the answer, as a stretch of the document's text.

    `score` is above 0 where they are likelier than that the passage does not answer; `margin` says by how much they
    are likelier than other words of the passage.
    """

    span: Span
    score: float
    margin: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered sentence that may prove something: what an engine is shown and may cite.

    `score` orders evidence within one question; `similarity` says how well the sentence matches the question.
    `also` are other documents that say the same in nearly these words. `answer` is what the reader takes for the
    answer in it, None where that stands elsewhere or nothing was read; `yes` is above 0 where the passage rather
    says yes than no.
    """

    number: int
    document: Document
    span: Span
    score: float
    similarity: float
    also: tuple[Document, ...] = ()
    answer: ReadAnswer | None = None
    yes: float = 0.0

    @property
    def quote(self) -> str:
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """First event of a streamed answer: what the engine will answer from.

    `caution` is what an answer from it begins with where the evidence is weak; else empty. `lines` tells whether
    its sentences stand on a line each, as those of a timeline do.
    """

    evidence: tuple[Evidence, ...]
    caution: str = ""
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """A sentence to show, with the citations it introduces."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event of a streamed answer. `number` is the turn's in its conversation, 0 where none is kept.

    `unkept` says why a turn of a conversation could not be kept, if it could not.
    """

    answer: Answer
    number: int = 0
    unkept: str = ""


Event = Retrieved | Verified | Finished


def finished(events: Iterable[Event]) -> Answer:
    """The whole answer that a stream of events ends with."""
    return ending(events).answer


def ending(events: Iterable[Event]) -> Finished:
    """The last event of a stream."""
    return next(event for event in events if isinstance(event, Finished))
