"""The answer without a language model: the answer itself where it is sure, then the words that prove it."""

from collections.abc import Sequence

from assistant.answer import AnswerSentence, Citation, Evidence
from assistant.extraction.agreement import disagreeing
from assistant.extraction.found_side import FoundSide
from assistant.extraction.moments import say_day
from assistant.extraction.proofs import Proof, prove
from assistant.extraction.selection import choose, quotes
from assistant.extraction.structured import heading, in_order, missing_side, told_as_list, told_in_points
from assistant.questions.understanding import AnswerType, Question
from index.speakers import speaker_name
from prompts import phrase

_MOST_OF_A_SIDE = 3
# “¿Cuántos casos…?” asks for several things, and wants one figure.
_COUNTED = frozenset({AnswerType.NUMBER, AnswerType.PERCENT, AnswerType.MONEY, AnswerType.DURATION})

Extract = tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]
"""The sentences of an answer and their citations, numbered from 1."""


def write(question: Question, evidence: Sequence[Evidence]) -> Extract:
    """The answer from `evidence`, which is ranked best first; empty without evidence.

    A question for a fact of a known kind gets at most two quotes, one of no known kind at most five, and one for a
    summary a point for each quote.
    """
    if question.wants is AnswerType.SUMMARY:
        points = in_order(quotes(question, evidence))
        return tuple(told_in_points(points, 1, question.language)), _cited(points)
    proofs = choose(question, evidence)
    several = question.wants is AnswerType.LIST or (question.plural and question.wants not in _COUNTED)
    if several and len(proofs) > 1 and not any(proof.leads for proof in proofs):
        return tuple(told_in_points(proofs, 1, question.language)), _cited(proofs)
    sentences = [
        *_openings(question, proofs),
        *(_introduced(question, proofs, number) for number in range(1, len(proofs) + 1)),
    ]
    return tuple(sentences), _cited(proofs)


def write_list(question: Question, evidence: Sequence[Evidence]) -> Extract:
    """A point for each quote, none left out: the documents that speak of something."""
    points = in_order([prove(question, item) for item in evidence])
    return tuple(told_in_points(points, 1, question.language)), _cited(points)


def write_sides(question: Question, sides: Sequence[FoundSide]) -> Extract:
    """A comparison: the points of each side under its name, from its evidence."""
    sentences: list[AnswerSentence] = []
    shown: list[Proof] = []
    for side in sides:
        points = in_order(quotes(question, side.evidence)[:_MOST_OF_A_SIDE])
        told = told_in_points(points, len(shown) + 1, question.language, side.label)
        sentences += [heading(side.label), *told] if told else missing_side(side, question.language)
        shown += points
    return (tuple(sentences), _cited(shown)) if shown else ((), ())


def _cited(proofs: Sequence[Proof]) -> tuple[Citation, ...]:
    return tuple(_cite(number, proof) for number, proof in enumerate(proofs, 1))


def _cite(marker: int, proof: Proof) -> Citation:
    quote = proof.quote
    return Citation(marker, proof.words, quote.start, quote.end, proof.document, proof.focus, proof.also)


def _openings(question: Question, proofs: list[Proof]) -> list[AnswerSentence]:
    """The bare answer of the first quote; where documents disagree, each one's answer with its date."""
    several = disagreeing(question, proofs)
    if several:
        return [
            AnswerSentence(_as_sentence(_dated(question, proof)), (number,))
            for number, proof in enumerate(proofs, 1)
            if proof in several
        ]
    leads = proofs[0].leads if proofs else ()
    items = told_as_list(leads[0], 1) if question.plural and len(leads) == 1 else []
    return items or [AnswerSentence(_as_sentence(", ".join(leads)), (1,))] if leads else []


def _dated(question: Question, proof: Proof) -> str:
    document, lead = proof.document, ", ".join(proof.leads)
    if document.published is None:
        return phrase("answer_undated", question.language, answer=lead, title=document.title or document.path)
    day = say_day(document.published, question.language)
    return phrase("answer_dated", question.language, answer=lead, date=day)


def _as_sentence(words: str) -> str:
    opened = words[:1].upper() + words[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."


def _introduced(question: Question, proofs: list[Proof], number: int) -> AnswerSentence:
    """A quote behind the words that say where it stands, and in a transcript who says it."""
    proof, language = proofs[number - 1], question.language
    document = proof.document
    before = [(other.document.id, other.speaker) for other in proofs[:number]][-2:-1]
    if before == [(document.id, proof.speaker)]:
        return AnswerSentence(phrase("same_document", language, quote=proof.words), (number,))
    told = {"speaker": speaker_name(proof.speaker), "quote": proof.words}
    opening = "spoken" if proof.speaker else "according"
    if document.published is not None:
        text = phrase(f"{opening}_dated", language, date=say_day(document.published, language), **told)
    else:
        text = phrase(f"{opening}_undated", language, title=document.title or document.path, **told)
    return AnswerSentence(text, (number,))
