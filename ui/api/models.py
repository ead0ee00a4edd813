"""The values of the REST and MCP interfaces: what may be asked, within which bounds, and what comes back.

Answers may carry more than their models name, so that a newer answer loses nothing on its way.
"""

import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.finding.search import MOST_HITS
from assistant.incoming import LONGEST_QUESTION, MOST_TURNS, flaw_within
from index.filters import DocumentFilter

_EARLIEST, _LATEST = datetime.date(1000, 1, 1), datetime.date(9000, 1, 1)
Day = Annotated[datetime.date, Field(ge=_EARLIEST, le=_LATEST)]
Limit = Annotated[int, Field(ge=1, le=1000)]
Offset = Annotated[int, Field(ge=0, le=1_000_000_000)]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]


class Incoming(BaseModel):
    """A request from outside, all of whose texts are texts."""

    @model_validator(mode="before")
    @classmethod
    def _holds_texts(cls, sent: object) -> object:
        if (problem := flaw_within(sent)) is not None:
            raise ValueError(f"a text {problem}")
        return sent


class Bounds(Incoming):
    """Which documents may answer: all of them, unless a bound is given. Days are inclusive."""

    model_config = ConfigDict(extra="forbid")

    published_from: Day | None = Field(None, alias="from", description="Published on this day or later.")
    published_to: Day | None = Field(None, alias="to", description="Published on this day or before.")
    as_of: Day | None = Field(None, description="Ask as on this day: nothing published later counts.")
    documents: list[str] = Field([], max_length=1000, description="Only the documents of these ids.")
    language: str = Field("", pattern="^([a-z]{2,3})?$", description="Only documents in this language.")

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError("“from” is later than “to”: no document can be published between them")
        return self

    def wanted(self) -> DocumentFilter:
        """The filter that these bounds ask for."""
        return DocumentFilter(
            published_from=self.published_from,
            published_to=self.published_to,
            documents=tuple(self.documents),
            language=self.language,
            as_of=self.as_of,
        )


class PastTurn(BaseModel):
    """A question of the conversation before, the text of its answer, and the ids of the documents it cites."""

    question: Words
    answer: str = Field("", max_length=100_000)
    documents: list[str] = Field([], max_length=100)


class AskRequest(Bounds):
    """A question; `history` is what a follow-up may lean on, oldest turn first."""

    question: Words
    history: list[PastTurn] = Field([], max_length=MOST_TURNS)


class SearchQuery(Bounds):
    """Words to search for."""

    q: Words
    limit: int = Field(10, ge=1, le=MOST_HITS)


class TimelineQuery(Bounds):
    """What the events are about."""

    topic: Words


class DocumentsQuery(BaseModel):
    """A page of the list of documents."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 100
    offset: Offset = 0


class _Given(BaseModel):
    model_config = ConfigDict(extra="allow")


class DocumentReference(_Given):
    """What tells a document, without its text."""

    id: str
    path: str
    title: str
    date: datetime.date | None
    url: str | None


class StoredSpan(_Given):
    """A stretch of a document's text: code points, start inclusive, end exclusive."""

    start: int
    end: int


class CitationModel(_Given):
    """An exact quote: the document's text from `start` to `end`."""

    marker: int
    quote: str
    start: int
    end: int
    focus: StoredSpan | None
    page: int | None
    verified: bool
    document: DocumentReference


class SentenceModel(_Given):
    """A sentence of the answer and the markers of the citations that it rests on; `doubt`: why it is not proved.

    What a model wrote has a `form`: what it is in Markdown. A `gap` says what the documents do not. `when` is the day
    in words of an event in a timeline. `dated` is the text with the days beside words that need them, empty if none
    does.
    """

    text: str
    citations: list[int]
    supported: bool
    doubt: str | None
    point: bool
    form: dict[str, Any] | None
    gap: bool
    when: str | None
    dated: str


class AnswerModel(_Given):
    """The whole cited answer, as `hemeroteca ask --json` prints it."""

    question: str
    standalone: str
    answered: bool
    sure: bool
    topic: str = ""
    is_talk: bool = False
    corrections: list[dict[str, str]] = []
    text: str
    language: str
    engine: str
    confidence: float
    sentences: list[SentenceModel]
    citations: list[CitationModel]
    dropped: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    searched: dict[str, Any] | None
    fallback: dict[str, Any] | None
    usage: dict[str, Any] | None
    timings_ms: dict[str, float]


class HitModel(_Given):
    """A passage that was found: the document's text from `start` to `end`."""

    number: int
    text: str
    start: int
    end: int
    focus: StoredSpan
    page: int | None
    similarity: float
    score: float
    document: DocumentReference


class SearchResult(_Given):
    """The passages found, best first."""

    words: str
    hits: list[HitModel]


class DocumentEntry(DocumentReference):
    """A document in a list; `characters` is the length of its text."""

    date_source: str | None
    language: str
    characters: int


class DocumentList(_Given):
    """A page of the documents, newest first, and how many there are in all."""

    total: int
    documents: list[DocumentEntry]


class DocumentModel(DocumentReference):
    """A document with the stored text, in which the offsets of citations count."""

    date_source: str | None
    language: str
    text: str


class EventModel(_Given):
    """Something dated, and the quote that says so. `from` and `to` are days, null where open."""

    grain: str
    sure: bool
    words: str
    citation: CitationModel
    others: list[CitationModel]


class TimelineModel(_Given):
    """The events found for a topic, oldest first."""

    topic: str
    events: list[EventModel]
