"""A quote that is shown, and what it proves: the bare answer in it and where that stands."""

from dataclasses import dataclass, replace

from assistant.answer import Evidence
from assistant.extraction.bare import bare_answer, yes_or_no
from assistant.extraction.quotes import trim_quote, with_paragraph
from assistant.extraction.shapes import shape_of
from assistant.questions.understanding import AnswerType, Question
from index.document import BlockKind, Document, Span
from index.language.terms import terms, words
from index.speakers import asks, is_label

_CLOSING = "”»\"’') "
_STOPS = (".", "!", "…")
_FEWEST_WORDS = 7
# What is told in several items or steps, rather than in one of them.
_TOLD_WHOLE = frozenset(
    {
        AnswerType.LIST,
        AnswerType.MANNER,
        AnswerType.SUMMARY,
        AnswerType.STATEMENT,
        AnswerType.DEFINITION,
        AnswerType.OTHER,
        AnswerType.THING,
    }
)


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote chosen to be shown. `on_topic` counts the question's terms in it; `score` is the evidence's.

    `leads` are the bare answers that it gives, ready to be written; `also` are documents that say the same. `kind`
    is what most of it is; `is_cut` says that the list, table or code goes on; `verdict` is yes or no, if that is asked
    and told.
    """

    document: Document
    span: Span
    focus: Span | None
    leads: tuple[str, ...]
    on_topic: int
    score: float
    also: tuple[Document, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    is_cut: bool = False
    verdict: bool | None = None

    @property
    def words(self) -> str:
        return self.span.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; empty elsewhere, and for the label itself."""
        label = self.document.speaker_of(self.span.start)
        return "" if is_label(self.words, label) else label

    @property
    def asks(self) -> bool:
        """Whether the quote asks, or journalists say it in a transcript."""
        return self.words.endswith("?") or asks(self.speaker)

    @property
    def tells(self) -> bool:
        return tells(self.words)


def tells(quote: str) -> bool:
    """Whether a quote is a sentence that says something by itself: no headline, no aside."""
    return quote.rstrip(_CLOSING).endswith(_STOPS) and len(words(quote)) >= _FEWEST_WORDS


def as_it_stands(item: Evidence) -> ShownQuote:
    """The evidence quoted whole and alone: a row of a table."""
    return ShownQuote(item.document, item.span, None, (), 0, item.score, item.also, BlockKind.ROW)


def prove(question: Question, item: Evidence, *, sure: bool = False) -> ShownQuote:
    """What the evidence proves of `question`; a bare answer only where it is `sure` that the passage answers."""
    document = item.document
    shape = shape_of(document, item.span, whole=question.plural or question.wants in _TOLD_WHOLE)
    quote = trim_quote(document.text, item.span, question) if shape is None else shape.span
    if shape is None and question.wants is not AnswerType.SUMMARY:
        quote = with_paragraph(document, quote)
    answer = None if item.answer is None or not quote.holds(item.answer.span) else item.answer.span
    lead = bare_answer(question, item) if sure and answer is not None else ""
    shown = ShownQuote(
        document,
        quote,
        answer,
        (lead,) if lead else (),
        len(set(question.terms).intersection(terms(quote.of(document.text), question.language))),
        item.score,
        item.also,
        verdict=yes_or_no(question, item) if sure else None,
    )
    return shown if shape is None else replace(shown, kind=shape.kind, is_cut=shape.is_cut)
