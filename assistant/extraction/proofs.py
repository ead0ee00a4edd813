"""Which quotes to show for a question, and what each of them answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Evidence
from assistant.extraction.focus import Focus, find_focus
from assistant.extraction.moments import say_moment
from assistant.extraction.passage import read_passage
from assistant.extraction.quotes import trim_quote
from assistant.questions.understanding import AnswerType, Question
from index.documents import Document, Span
from index.speakers import asks, recased
from index.terms import stop_words, words

_FEW = 2
_MANY = 5
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
# Of the first quote's share of the question's terms, what a further quote must have.
_ON_SUBJECT = 0.6
_EQUAL = 0.8
_SAME_WORDS = 0.8
# Scores of evidence: so far below the best one, a further quote answers in one question of fifty.
_FAR_BELOW = 3.0
_CLOSING = "”»\"’') "
_STOPS = (".", "!", "…")
_FEWEST_WORDS = 7
_CONTEXT = 400
"""Characters before a quote that may name what it speaks of."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote chosen to be shown. `on_topic` counts the question's terms in it; `score` is the evidence's.

    `leads` are the bare answers that it gives, ready to be written; `also` are documents that say the same.
    """

    document: Document
    quote: Span
    focus: Span | None
    leads: tuple[str, ...]
    on_topic: float
    score: float
    also: tuple[Document, ...] = ()

    @property
    def words(self) -> str:
        return self.quote.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; else empty."""
        return self.document.speaker_of(self.quote.start)


def choose(question: Question, evidence: Sequence[Evidence]) -> list[Proof]:
    """The quotes to show, the one that opens the answer first."""
    limit = _MANY if question.wants in _WIDE else _FEW
    proven = sorted((_prove(question, item) for item in evidence), key=_is_question)
    proofs = _distinct(proven if question.wants in _WIDE else _near_the_best(proven))
    led = disagreeing(question, _on_subject(proven))[:limit]
    led = led or [proof for proof in proofs[:limit] if proof.leads][:1] or _updates(proofs)
    return _distinct([*led, *proofs])[:limit]


def quotes(question: Question, evidence: Sequence[Evidence]) -> list[Proof]:
    """Every quote that adds something, best first; what only asks comes last.

    Headlines and asides are left out if there are sentences that say more.
    """
    proofs = sorted((_prove(question, item) for item in evidence), key=_is_question)
    chosen: list[Proof] = []
    for proof in [proof for proof in proofs if _tells(proof.words)] or proofs:
        if not any(_repeats(proof, other) for other in chosen):
            chosen.append(proof)
    return chosen


def _tells(quote: str) -> bool:
    """Whether a quote is a sentence that says something by itself."""
    return quote.rstrip(_CLOSING).endswith(_STOPS) and len(words(quote)) >= _FEWEST_WORDS


def _near_the_best(proofs: list[Proof]) -> list[Proof]:
    """The first quote and those whose score says that they may answer too."""
    best = max((proof.score for proof in proofs), default=0.0)
    return [proof for proof in proofs if proof is proofs[0] or proof.score >= best - _FAR_BELOW]


def disagreeing(question: Question, proofs: list[Proof]) -> list[Proof]:
    """Quotes of different documents that answer differently, the newest first; none if all agree.

    Of those that give the same answer the newest stands for all. What a thing is can be told in many ways,
    none of which denies another.
    """
    if question.wants is AnswerType.DEFINITION:
        return []
    best = max((proof.on_topic for proof in proofs), default=0.0)
    told: list[Proof] = []
    for proof in _newest_first(proof for proof in proofs if proof.leads and proof.on_topic >= _EQUAL * best):
        if not any(_agree(proof, other) for other in told):
            told.append(proof)
    return told if len(told) > 1 else []


def _updates(proofs: list[Proof]) -> list[Proof]:
    """The first quote and those of other documents that repeat it with other figures, the newest first."""
    return _newest_first(proof for proof in proofs if proof is proofs[0] or _updated(proof, proofs[0]))


def _updated(proof: Proof, other: Proof) -> bool:
    apart = proof.document.id != other.document.id
    return apart and _other_figures(proof, other) and _same_words(proof, other)


def _newest_first(proofs: Iterable[Proof]) -> list[Proof]:
    return sorted(proofs, key=lambda proof: proof.document.published or date.min, reverse=True)


def _agree(proof: Proof, other: Proof) -> bool:
    """Whether two quotes are of one document, or answer alike: “Iriarte” and “Marta Iriarte”."""
    left, right = _told(proof), _told(other)
    return proof.document.id == other.document.id or left <= right or right <= left


def _told(proof: Proof) -> frozenset[str]:
    return frozenset(word for lead in proof.leads for word in words(lead))


def _is_question(proof: Proof) -> bool:
    """Whether the quote asks, or journalists say it in a transcript: the answer is sooner elsewhere."""
    return proof.words.endswith("?") or asks(proof.speaker)


def _on_subject(proofs: list[Proof]) -> list[Proof]:
    """Quotes that have words, and nearly as many of the question's as the first of them."""
    worded = [proof for proof in proofs if any(char.isalpha() for char in proof.words)]
    return [proof for proof in worded if proof.on_topic >= _ON_SUBJECT * worded[0].on_topic]


def _distinct(proofs: list[Proof]) -> list[Proof]:
    """Quotes on the subject of the first, each of which adds to those before it."""
    chosen: list[Proof] = []
    for proof in _on_subject(proofs):
        if not any(_repeats(proof, other) for other in chosen):
            chosen.append(proof)
    return chosen


def _prove(question: Question, item: Evidence) -> Proof:
    document = item.document
    quote = trim_quote(document.text, item.span, question)
    said = quote.of(document.text)
    asked = [question, *([replace(question, wants=question.also)] if question.also else [])]
    found = [focus for part in asked if (focus := find_focus(part, said, document.published))]
    leads = tuple(_say(focus, said, document.published, question.language) for focus in found if focus.lead)
    if not _names_stand_near(question, document, quote):
        leads = ()
    on_topic = read_passage(question, said).known
    return Proof(document, quote, _around(found, quote.start), leads, on_topic, item.score, item.also)


def _names_stand_near(question: Question, document: Document, quote: Span) -> bool:
    """Whether some name of the question stands in the quote, shortly before it or in the title.

    Without, the quote may speak of somebody else, and its number or name must not open the answer.
    """
    context = document.title + " " + document.text[max(0, quote.start - _CONTEXT) : quote.end]
    stops = stop_words(question.language)
    asked = {word for name in question.names for word in words(name) if word not in stops}
    return not asked or bool(asked & set(words(context)))


def _say(focus: Focus, quote: str, published: date | None, language: str) -> str:
    if focus.moment is not None:
        return say_moment(focus.moment, published, language)
    said = "" if focus.lead is None else focus.lead.of(quote)
    return recased(said) if said.isupper() and " " in said else said


def _around(found: list[Focus], offset: int) -> Span | None:
    """The stretch of the document that holds every focus found in a quote, which starts at `offset`."""
    if not found:
        return None
    spans = [focus.span for focus in found]
    return Span(min(span.start for span in spans) + offset, max(span.end for span in spans) + offset)


def _repeats(proof: Proof, other: Proof) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    same = proof.document.id == other.document.id
    if same and proof.quote.start < other.quote.end and other.quote.start < proof.quote.end:
        return True
    if _other_figures(proof, other) or (proof.leads and other.leads and not _agree(proof, other)):
        return False
    return _same_words(proof, other)


def _other_figures(proof: Proof, other: Proof) -> bool:
    return any(word[0].isdigit() for word in set(words(proof.words)) ^ set(words(other.words)))


def _same_words(proof: Proof, other: Proof) -> bool:
    left, right = set(words(proof.words)), set(words(other.words))
    return len(left & right) > _SAME_WORDS * max(1, min(len(left), len(right)))
