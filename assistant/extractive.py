"""The answer without a language model: the answer itself where it is sure, then the words that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import AnswerSentence, Citation, Evidence
from assistant.focus import Focus, find_focus
from assistant.moments import say_day, say_moment
from assistant.questions import AnswerType, Question
from assistant.quotes import trim_quote
from index.documents import Document, Span
from index.terms import words
from prompts import phrase

_FEW = 2
_MANY = 5
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
_LOOKED_AT = 3
"""How many of the best sentences may open the answer."""
_SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class _Proof:
    """A quote chosen to be shown; `focus` is counted in the document."""

    document: Document
    quote: Span
    focus: Focus | None


def write(
    question: Question, evidence: Sequence[Evidence]
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The answer's sentences and citations, numbered from 1, from `evidence`, which is ranked best first.

    A question for a fact gets at most three quotes. Without evidence both are empty.
    """
    proofs = _choose(question, evidence)
    citations = tuple(_cite(number, proof) for number, proof in enumerate(proofs, 1))
    sentences = [
        *_openings(question, proofs),
        *(_introduced(question, proofs, number) for number in range(1, len(proofs) + 1)),
    ]
    return tuple(sentences), citations


def _choose(question: Question, evidence: Sequence[Evidence]) -> list[_Proof]:
    """The quotes to show, the one that opens the answer first."""
    proofs: list[_Proof] = []
    limit = _MANY if question.wants in _WIDE else _FEW
    for item in evidence:
        proof = _prove(question, item)
        if len(proofs) < limit and not any(_repeats(proof, other) for other in proofs):
            proofs.append(proof)
    led = [proof for proof in proofs[:_LOOKED_AT] if proof.focus and proof.focus.lead]
    return [*led[:1], *(proof for proof in proofs if proof not in led[:1])]


def _prove(question: Question, item: Evidence) -> _Proof:
    text = item.document.text
    quote = trim_quote(text, item.span, question)
    focus = find_focus(question, quote.of(text), item.document.date)
    return _Proof(item.document, quote, _moved(focus, quote.start))


def _moved(focus: Focus | None, by: int) -> Focus | None:
    if focus is None:
        return None
    lead = focus.lead and Span(focus.lead.start + by, focus.lead.end + by)
    return replace(focus, span=Span(focus.span.start + by, focus.span.end + by), lead=lead)


def _repeats(proof: _Proof, other: _Proof) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    same = proof.document.id == other.document.id
    if same and proof.quote.start < other.quote.end and other.quote.start < proof.quote.end:
        return True
    left, right = (set(words(p.quote.of(p.document.text))) for p in (proof, other))
    return len(left & right) > _SAME_WORDS * max(1, min(len(left), len(right)))


def _cite(marker: int, proof: _Proof) -> Citation:
    focus = proof.focus.span if proof.focus else None
    quote = proof.quote.of(proof.document.text)
    return Citation(marker, quote, proof.quote.start, proof.quote.end, proof.document, focus)


def _openings(question: Question, proofs: list[_Proof]) -> list[AnswerSentence]:
    """The bare answer of the first quote, as a sentence of its own."""
    if not proofs or proofs[0].focus is None or proofs[0].focus.lead is None:
        return []
    document, focus = proofs[0].document, proofs[0].focus
    words_ = proofs[0].focus.lead.of(document.text)
    if focus.moment is not None:
        words_ = say_moment(focus.moment, document.date, question.language)
    return [AnswerSentence(_as_sentence(words_), (1,))]


def _as_sentence(words: str) -> str:
    opened = words[:1].upper() + words[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."


def _introduced(question: Question, proofs: list[_Proof], number: int) -> AnswerSentence:
    """A quote behind the words that say where it stands."""
    document = proofs[number - 1].document
    quote = proofs[number - 1].quote.of(document.text)
    same = number > 1 and proofs[number - 2].document.id == document.id
    language = question.language
    if same:
        text = phrase("same_document", language, quote=quote)
    elif document.date is not None:
        text = phrase("according_dated", language, date=say_day(document.date, language), quote=quote)
    else:
        text = phrase("according_undated", language, title=document.title or document.path, quote=quote)
    return AnswerSentence(text, (number,))
