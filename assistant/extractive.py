"""The answer without a language model: the answer itself where it is sure, then the words that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import AnswerSentence, Citation, Evidence
from assistant.focus import Focus, find_focus
from assistant.moments import say_day, say_moment
from assistant.passage import read_passage
from assistant.questions import AnswerType, Question
from assistant.quotes import trim_quote
from index.documents import Document, Span
from index.terms import words
from prompts import phrase

_FEW = 2
_MANY = 5
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
# Of the first quote's share of the question's terms, what a further quote must have.
_ON_SUBJECT = 0.6
_SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class _Proof:
    """A quote chosen to be shown. `on_topic` counts the question's terms in it.

    `leads` are the bare answers that it gives, ready to be written.
    """

    document: Document
    quote: Span
    focus: Span | None
    leads: tuple[str, ...]
    on_topic: float

    @property
    def words(self) -> str:
        return self.quote.of(self.document.text)


def write(
    question: Question, evidence: Sequence[Evidence]
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The answer's sentences and citations, numbered from 1, from `evidence`, which is ranked best first.

    A question for a fact gets at most three quotes. Without evidence both are empty.
    """
    proofs = _choose(question, evidence)
    citations = tuple(_cite(number, proof) for number, proof in enumerate(proofs, 1))
    sentences = [
        *_openings(proofs),
        *(_introduced(question, proofs, number) for number in range(1, len(proofs) + 1)),
    ]
    return tuple(sentences), citations


def _choose(question: Question, evidence: Sequence[Evidence]) -> list[_Proof]:
    """The quotes to show, the one that opens the answer first."""
    limit = _MANY if question.wants in _WIDE else _FEW
    proofs: list[_Proof] = []
    for proof in sorted((_prove(question, item) for item in evidence), key=_is_question):
        if len(proofs) < limit and _belongs(proof, proofs):
            proofs.append(proof)
    led = [proof for proof in proofs if proof.leads][:1]
    return [*led, *(proof for proof in proofs if proof not in led)]


def _is_question(proof: _Proof) -> bool:
    """Whether the quote asks, as journalists do in transcripts: the answer is sooner elsewhere."""
    return proof.words.endswith("?")


def _belongs(proof: _Proof, chosen: list[_Proof]) -> bool:
    """Whether a quote adds to those chosen: it has words, is not one of them again, and is on the subject."""
    if not any(char.isalpha() for char in proof.words):
        return False
    on_subject = not chosen or proof.on_topic >= _ON_SUBJECT * chosen[0].on_topic
    return on_subject and not any(_repeats(proof, other) for other in chosen)


def _prove(question: Question, item: Evidence) -> _Proof:
    document = item.document
    quote = trim_quote(document.text, item.span, question)
    said = quote.of(document.text)
    asked = [question, *([replace(question, wants=question.also)] if question.also else [])]
    found = [focus for part in asked if (focus := find_focus(part, said, document.date))]
    leads = tuple(_say(focus, said, document.date, question.language) for focus in found if focus.lead)
    return _Proof(document, quote, _around(found, quote.start), leads, read_passage(question, said).known)


def _say(focus: Focus, quote: str, published: date | None, language: str) -> str:
    if focus.moment is not None:
        return say_moment(focus.moment, published, language)
    return "" if focus.lead is None else focus.lead.of(quote)


def _around(found: list[Focus], offset: int) -> Span | None:
    """The stretch of the document that holds every focus found in a quote, which starts at `offset`."""
    if not found:
        return None
    spans = [focus.span for focus in found]
    return Span(min(span.start for span in spans) + offset, max(span.end for span in spans) + offset)


def _repeats(proof: _Proof, other: _Proof) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    same = proof.document.id == other.document.id
    if same and proof.quote.start < other.quote.end and other.quote.start < proof.quote.end:
        return True
    left, right = set(words(proof.words)), set(words(other.words))
    return len(left & right) > _SAME_WORDS * max(1, min(len(left), len(right)))


def _cite(marker: int, proof: _Proof) -> Citation:
    return Citation(marker, proof.words, proof.quote.start, proof.quote.end, proof.document, proof.focus)


def _openings(proofs: list[_Proof]) -> list[AnswerSentence]:
    """The bare answer of the first quote, as a sentence of its own."""
    leads = proofs[0].leads if proofs else ()
    return [AnswerSentence(_as_sentence(", ".join(leads)), (1,))] if leads else []


def _as_sentence(words: str) -> str:
    opened = words[:1].upper() + words[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."


def _introduced(question: Question, proofs: list[_Proof], number: int) -> AnswerSentence:
    """A quote behind the words that say where it stands."""
    document, quote = proofs[number - 1].document, proofs[number - 1].words
    same = number > 1 and proofs[number - 2].document.id == document.id
    language = question.language
    if same:
        text = phrase("same_document", language, quote=quote)
    elif document.date is not None:
        text = phrase("according_dated", language, date=say_day(document.date, language), quote=quote)
    else:
        text = phrase("according_undated", language, title=document.title or document.path, quote=quote)
    return AnswerSentence(text, (number,))
