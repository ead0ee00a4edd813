"""A quote that is shown, and what it proves: the bare answer in it and where that stands."""

from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Evidence
from assistant.extraction.focus import Focus, find_focus
from assistant.extraction.moments import say_moment
from assistant.extraction.parsed_quote import parse_quote
from assistant.extraction.quotes import trim_quote
from assistant.extraction.shapes import announces, shape_of
from assistant.questions.understanding import AnswerType, Question
from index.document import BlockKind, Document, Span
from index.speakers import asks, is_label, recased
from index.terms import stop_words, words

_CLOSING = "”»\"’') "
_STOPS = (".", "!", "…")
_FEWEST_WORDS = 7
_CONTEXT = 400
"""Characters before a quote that may name what it speaks of."""
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
    is what most of it is; `is_cut` says that the list, table or code goes on.
    """

    document: Document
    span: Span
    focus: Span | None
    leads: tuple[str, ...]
    on_topic: float
    score: float
    also: tuple[Document, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    is_cut: bool = False

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


def prove(question: Question, item: Evidence) -> ShownQuote:
    """What the evidence proves of `question`."""
    document = item.document
    shape = shape_of(document, item.span, whole=question.plural or question.wants in _TOLD_WHOLE)
    core = trim_quote(document.text, item.span, question)
    quote = core if shape is None else shape.span
    # Another item of its list may well be of the kind that is asked for, and answer something else.
    core = quote if shape is None or announces(document, item.span) else core
    said = core.of(document.text)
    asked = [question, *([replace(question, wants=question.also)] if question.also else [])]
    found = [focus for part in asked if (focus := find_focus(part, said, document.published))]
    leads = tuple(_say(focus, said, document.published, question.language) for focus in found if focus.lead)
    if not _names_stand_near(question, document, quote):
        leads = ()
    shown = ShownQuote(
        document,
        quote,
        _around(found, core.start),
        leads,
        parse_quote(question, quote.of(document.text)).known,
        item.score,
        item.also,
    )
    return shown if shape is None else replace(shown, kind=shape.kind, is_cut=shape.is_cut)


def _names_stand_near(question: Question, document: Document, quote: Span) -> bool:
    """Whether some name of the question stands in the quote, shortly before it or in the title.

    Without, the quote may speak of somebody else, and its number or name must not open the answer. Of an office
    every word must stand there: each country has a minister of health.
    """
    context = document.title + " " + document.text[max(0, quote.start - _CONTEXT) : quote.end]
    if question.office and document.language == question.language:
        return parse_quote(question, context).known_terms >= set(question.terms)
    stops = stop_words(question.language)
    asked = {word for name in question.names for word in words(name) if word not in stops}
    return not asked or bool(asked & set(words(context)))


def _say(focus: Focus, quote: str, published: date | None, language: str) -> str:
    if focus.moment is not None:
        return say_moment(focus.moment, published, language)
    said = "" if focus.lead is None else focus.lead.of(quote)
    # “ES66 2100”, “CIF A-46551120”: what has figures is a code, and stands as it is.
    prose = said.isupper() and " " in said and not any(map(str.isdigit, said))
    return recased(said) if prose else said


def _around(found: list[Focus], offset: int) -> Span | None:
    """The stretch of the document that holds every focus found in a quote, which starts at `offset`."""
    if not found:
        return None
    spans = [focus.span for focus in found]
    return Span(min(span.start for span in spans) + offset, max(span.end for span in spans) + offset)
