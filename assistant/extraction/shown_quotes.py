"""A quote that is shown, and what it proves: the bare answer in it, where nothing speaks against telling it."""

import re
from dataclasses import dataclass, replace

from assistant.answer import Evidence
from assistant.extraction.moments import say_moment, undated_moments
from assistant.extraction.quotes import shape_of, trim_quote, with_paragraph
from assistant.questions.question_parts import PREPOSITION, spoken
from assistant.questions.understanding import FIGURES, AnswerType, Question
from assistant.questions.wording import BEGINNING
from index.dates import DateExpression
from index.document import BlockKind, Document, Span
from index.event_dates import dates_within
from index.language.mentions import figures_in, find_names
from index.language.terms import fold, negations, terms, words, words_apart
from index.store.blocks import place_of
from index.text.sentences import split_sentences
from index.text.structure import asks, is_label, recased

# What a few words answer. A reason, a way or a list is told by its sentences.
_BARE = FIGURES | {AnswerType.PERSON, AnswerType.ROLE, AnswerType.PLACE, AnswerType.THING}
_COUNTED = FIGURES - {AnswerType.DATE, AnswerType.TIME}
# How much likelier, in logits, than that nothing answers and than any other words of the passage.
_LEAST_SCORE, _LEAST_MARGIN = 0.0, 1.5
_LONGEST = 90
_CLAUSE_END = re.compile(r"[;:.!?]|,(?=\s)")
_COMPLEMENTED = re.compile(
    rf"(?<!\w)(?P<noun>\w++)\s++{PREPOSITION.pattern}\s++(?:{spoken('articles')}\s++)?$", re.IGNORECASE
)
_OF_NUMBERS = re.compile(r"[\d.,\s]")
_WORD_BEHIND = re.compile(r"\s(?:de\s|of\s)?(\w+)")
_YES_OR_NO = 2.0


def bare_answer(question: Question, item: Evidence) -> str:
    """The answer in its own words, a date with its year; empty if no few words are it beyond doubt."""
    answer, text = item.answer, item.document.text
    if answer is None or question.wants not in _BARE:
        return ""
    if answer.score < _LEAST_SCORE or answer.margin < _LEAST_MARGIN:
        return ""
    around = _sentence_around(text, answer.span)
    span = _one_person(question, text, _whole(text, around, answer.span))
    said = span.of(text).strip(" .,;:")
    if (
        not said
        or "\n" in said
        or len(said) > _LONGEST
        or _is_denied(text, around, span, item.document.language)
    ):
        return ""
    moments = _moments(item.document, around, span)
    if question.wants is AnswerType.DATE:
        return _date(moments, question, item)
    if (question.wants is AnswerType.TIME and moments) or _lacks_the_office(question, item.document, around):
        return ""
    if question.wants in _COUNTED and _is_one_of_several(text, around, span):
        return ""
    if _is_of_what_is_asked(question, text, around, span) or _is_of_another_column(
        question, item.document, span
    ):
        return ""
    if not _is_of_its_kind(question, said) or _is_known(question, said, item.document.language):
        return ""
    prose = said.isupper() and " " in said and not any(map(str.isdigit, said))
    return recased(said) if prose else said


def _lacks_the_office(question: Question, document: Document, around: Span) -> bool:
    """Whether the sentence says nothing of the office whose holder is asked for: any name would do there."""
    if not question.office or document.language != question.language:
        return False
    names = {word for name in find_names(question.text) for word in words(name.of(question.text))}
    known = terms(" ".join(names), question.language)
    asked = {term[:BEGINNING] for term in question.terms if term not in known}
    said = {term[:BEGINNING] for term in terms(around.of(document.text), document.language)}
    return bool(asked) and asked.isdisjoint(said)


def _is_of_what_is_asked(question: Question, text: str, around: Span, span: Span) -> bool:
    """Whether a person is named behind a word of the question and a preposition, as whom it is of or for.

    Who signed it is not told by “the report of Camille Vidal”; whose it is, that is.
    """
    if question.wants is not AnswerType.PERSON or PREPOSITION.match(question.text.lstrip("¿ ")):
        return False
    before = _COMPLEMENTED.search(text[around.start : span.start])
    return before is not None and not set(terms(before["noun"], question.language)).isdisjoint(question.terms)


def _is_of_another_column(question: Question, document: Document, span: Span) -> bool:
    """Whether a thing is asked for, and the words stand in a column of a table that the question does not name.

    Of what colour the bag is to be is told by no amount.
    """
    place = place_of(document.blocks, span.start)
    if question.wants is not AnswerType.THING or place is None:
        return False
    block = document.blocks[place]
    named = (name for name, cell in zip(block.columns, block.cells, strict=False) if cell.overlaps(span))
    asked = {term[:BEGINNING] for term in question.terms}
    return any(
        asked.isdisjoint(term[:BEGINNING] for term in terms(name, question.language))
        for name in named
        if name
    )


def _moments(document: Document, around: Span, answer: Span) -> list[DateExpression]:
    """The dates of a sentence that the answer touches."""
    if document.published is not None:
        return [moment for moment in dates_within(document, around) if moment.span.overlaps(answer)]
    moments = undated_moments(around.of(document.text))
    return [moment for moment in moments if _moved(moment.span, around.start).overlaps(answer)]


def yes_or_no(question: Question, item: Evidence) -> bool | None:
    """What the passage says to a question for yes or no; None where it decides neither, or more is asked."""
    if question.wants is not AnswerType.YES_NO or abs(item.yes) < _YES_OR_NO:
        return None
    return item.yes > 0


def _date(moments: list[DateExpression], question: Question, item: Evidence) -> str:
    """The one date that the words name; empty if they name none, or several."""
    if len(moments) != 1:
        return ""
    return say_moment(moments[0], item.document.published, question.language)


def _sentence_around(text: str, span: Span) -> Span:
    """The sentence, within its line, that holds a stretch of a text."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = Span(start, len(text) if end < 0 else end)
    for sentence in split_sentences(line.of(text)):
        if sentence.start + start <= span.start < sentence.end + start:
            return Span(sentence.start + start, max(sentence.end + start, span.end))
    return line


def _whole(text: str, around: Span, span: Span) -> Span:
    """The words with the figures whole that they touch: never “397” of “mil 397 pesos”."""
    touched = [
        figure for figure in figures_in(around.of(text)) if _moved(figure, around.start).overlaps(span)
    ]
    starts = [span.start, *(figure.start + around.start for figure in touched)]
    ends = [span.end, *(figure.end + around.start for figure in touched)]
    return Span(min(starts), max(ends))


def _one_person(question: Question, text: str, span: Span) -> Span:
    """Of several names the first, where one person alone is asked for, as who holds an office; else nothing of them.

    Who of several did it is more than a name can tell.
    """
    names = find_names(span.of(text)) if question.wants is AnswerType.PERSON and not question.plural else []
    if len(names) < 2:
        return span
    first = _moved(names[0], span.start)
    return first if question.office and first.start == span.start else Span(span.start, span.start)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _is_of_its_kind(question: Question, said: str) -> bool:
    """Whether words may be of the kind that is asked for: a count has a figure, a person a capital letter."""
    if question.wants in _COUNTED:
        return bool(figures_in(said))
    if question.wants is AnswerType.PERSON:
        return any(map(str.isupper, said)) and not figures_in(said)
    return True


def _is_one_of_several(text: str, sentence: Span, span: Span) -> bool:
    """Whether the sentence has another figure of the same: “26 euros sin pernoctar y 53 euros con pernocta”.

    Which of them is meant, the reader tells too often with certainty and wrongly.
    """
    figures = [_moved(figure, sentence.start) for figure in figures_in(sentence.of(text))]
    own = {_unit(text, figure) for figure in figures if figure.overlaps(span)}
    others = {_unit(text, figure) for figure in figures if not figure.overlaps(span)}
    return bool(own) and not others.isdisjoint(own | {""})


def _unit(text: str, figure: Span) -> str:
    """What a figure counts, folded: its own sign or word, or the word behind it; empty if neither."""
    own = _OF_NUMBERS.sub("", fold(figure.of(text)))
    behind = _WORD_BEHIND.match(text, figure.end)
    return own or (fold(behind[1]) if behind else "")


def _is_known(question: Question, said: str, language: str) -> bool:
    """Whether the question says all of it already."""
    return set(terms(said, language)) <= set(question.terms)


def _is_denied(text: str, sentence: Span, span: Span, language: str) -> bool:
    """Whether a negation stands before `span` in its clause of the sentence: “no se firmó el 3 de mayo”."""
    clause = _CLAUSE_END.split(text[sentence.start : span.start])[-1]
    return not negations(language).isdisjoint(words_apart(clause))


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
    and told. `asks` says that the sentence it was chosen for asks, or that journalists say it in a transcript.
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
    asks: bool = False

    @property
    def words(self) -> str:
        return self.span.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; empty elsewhere, and for the label itself."""
        label = self.document.speaker_of(self.span.start)
        return "" if is_label(self.words, label) else label

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
        asks=item.quote.endswith("?") or asks(document.speaker_of(quote.start)),
    )
    return shown if shape is None else replace(shown, kind=shape.kind, is_cut=shape.is_cut)
