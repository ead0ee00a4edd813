"""From retrieved chunks to the few numbered sentences that may answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from assistant.answer import Evidence
from assistant.extraction.moments import find_moments
from assistant.extraction.quotes import is_quotable
from assistant.finding.answer_form import figure_held, identity_held, name_held, unit_held
from assistant.finding.choice import MOST_EVIDENCE, choose
from assistant.finding.preference import nearness_to_days
from assistant.finding.relevance import MATCH_SCALE, Features
from assistant.finding.retrieval import Candidate
from assistant.finding.sentences import Sentence, terms_of
from assistant.finding.speakers import IsSpeaker
from assistant.finding.weights import weighted
from assistant.questions.understanding import AnswerType, Question
from assistant.questions.wording import Wording
from index.dates import Interval
from index.document import Document
from index.terms import stem, terms, words

# That the answer to one question is chosen from, mostly.
FEW_CHUNKS = 10
# Sentences that are looked at closely. What answers is hardly ever further down.
_NEAREST = 24
_TOLD_BY_LABELS = (AnswerType.ROLE, AnswerType.PERSON)
# Of the words of a title, those that a line of it holds.
_MOST_OF_A_TITLE = 0.6


def select_evidence(
    question: Wording,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    *,
    limit: int = MOST_EVIDENCE,
    days: Interval | None = None,
    speaker: IsSpeaker | None = None,
) -> tuple[Evidence, ...]:
    """The sentences that most likely answer, best first, numbered from 1, none twice.

    A sentence that is not understood without the one before it brings that one along. For a question that
    names nothing but `days`, those that speak of them are looked at before any other. With a `speaker`, only
    what that one says in a transcript.
    """
    sentences = sentences_of(question, candidates, document_of, days, speaker)
    if not sentences:
        return ()
    return choose(sentences, weighted("evidence", evidence_features(question, sentences)), limit)


def sentences_of(
    question: Wording,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    days: Interval | None = None,
    speaker: IsSpeaker | None = None,
) -> list[Sentence]:
    """The sentences of the candidates that are nearest to `days` and to the question, if their documents are there."""
    found = all_sentences(candidates, document_of)
    if speaker is not None:
        found = [sentence for sentence in found if speaker(sentence.speaker)]
    nearest = sorted(found, key=lambda sentence: (-_nearness(sentence, days), -sentence.similarity))
    return list(islice(quotable(nearest, question.question), _NEAREST))


def all_sentences(
    candidates: Sequence[Candidate], document_of: Callable[[str], Document | None]
) -> list[Sentence]:
    """The sentences of the candidates, of those documents that are there."""
    documents = {candidate.chunk.document: document_of(candidate.chunk.document) for candidate in candidates}
    return [
        sentence
        for candidate in candidates
        if (document := documents[candidate.chunk.document]) is not None
        for sentence in _sentences(candidate, document)
    ]


def spoken_by(
    speaker: IsSpeaker, candidates: Sequence[Candidate], document_of: Callable[[str], Document | None]
) -> list[Candidate]:
    """The candidates in which that speaker says something."""
    # Side by side, so that the turns of a transcript are told apart once for all of its chunks.
    by_document = sorted(candidates, key=lambda candidate: candidate.chunk.document)
    said = all_sentences(by_document, document_of)
    spoken = {(each.document.id, each.span) for each in said if speaker(each.speaker)}
    return [
        candidate
        for candidate in candidates
        if any((candidate.chunk.document, span) in spoken for span in candidate.chunk.sentences)
    ]


def quotable(sentences: Iterable[Sentence], question: Question) -> Iterator[Sentence]:
    """Those that may prove something to the question, each apart from a sentence before it that may not."""
    return (_apart(sentence) for sentence in sentences if _may_prove(sentence, question))


def evidence_features(question: Wording, sentences: Sequence[Sentence]) -> Features:
    """What speaks for each sentence, columns by name."""
    stems = [terms_of(sentence.document, sentence.span) for sentence in sentences]
    before = [_led_in(question.question, sentence) for sentence in sentences]
    cosines = np.array([sentence.similarity for sentence in sentences])
    scores = np.array([sentence.chunk_score for sentence in sentences])
    asked = question.question
    return {
        "similarity": MATCH_SCALE * (cosines - cosines.max()),
        "chunk": scores - scores.max(),
        "words": np.array([question.count(question.loosely(found)) for found in stems]),
        "context_words": np.array(
            [question.share(question.loosely([*a, *b])) for a, b in zip(stems, before, strict=True)]
        ),
        "figure": np.array([figure_held(asked, s.text) + name_held(asked, s.text) for s in sentences]),
        "identity": np.array([identity_held(asked, sentence.text) for sentence in sentences]),
        "unit": np.array([unit_held(asked, s.text, s.document.language) for s in sentences]),
        "title": np.array([_is_title(sentence) for sentence in sentences], np.float64),
        "asks": np.array([sentence.asks for sentence in sentences], np.float64),
    }


def _sentences(candidate: Candidate, document: Document) -> Iterator[Sentence]:
    spans = candidate.chunk.sentences
    for place, (span, cosine) in enumerate(zip(spans, candidate.sentence_similarities, strict=True)):
        yield Sentence(document, span, spans[max(0, place - 1)], float(cosine), candidate.score)


def _nearness(sentence: Sentence, days: Interval | None) -> int:
    return 0 if days is None else nearness_to_days(sentence.document, sentence.span, days)


def _may_prove(sentence: Sentence, question: Question) -> bool:
    """Whether a sentence may be quoted.

    A line of dashes tells nothing, nor does what only says a question's words again: “Nuria
    Sanchis” does not tell what she earns. A speaker's label says who somebody is, and nothing else; a title with
    the document's own day says when it was published, and not when anything happened.
    """
    if not words(sentence.text) or _says_it_again(sentence, question):
        return False
    if question.wants not in _TOLD_BY_LABELS and sentence.is_label:
        return False
    if _is_dated_title(sentence) and not _names_the_document(sentence, question):
        return False
    return is_quotable(sentence.text, question.text)


def _says_it_again(sentence: Sentence, question: Question) -> bool:
    """Whether each word is the question's own; of what is asked yes or no, that may well be the answer."""
    if question.wants is AnswerType.YES_NO:
        return False
    return set(terms(sentence.text, question.language)) <= set(question.terms)


def _apart(sentence: Sentence) -> Sentence:
    """The sentence apart from the one before it, if that is none to quote."""
    led_in = is_quotable(sentence.previous.of(sentence.document.text))
    return sentence if led_in else replace(sentence, previous=sentence.span)


def _led_in(question: Question, sentence: Sentence) -> list[str]:
    """The stems of what makes plain what a sentence is about: the one before it, and who says what was said."""
    before = terms_of(sentence.document, sentence.previous)
    if question.wants is not AnswerType.STATEMENT:
        return before
    return [*before, *terms(sentence.speaker, sentence.document.language)]


def _names_the_document(title: Sentence, question: Question) -> bool:
    """Whether a question speaks of the document itself by what its title begins with: “la conferencia”."""
    kind = words(title.text)[:1]
    return stem("".join(kind), title.document.language) in question.terms


def _is_dated_title(sentence: Sentence) -> bool:
    published = sentence.document.published
    if published is None or not (_is_title(sentence) or _begins_as_cut_title(sentence)):
        return False
    day = Interval(published, published)
    return any(moment.interval == day for moment in find_moments(sentence.text, published))


def _is_title(sentence: Sentence) -> bool:
    """Whether the sentence is the headline, or most of it, which the text often repeats; it has no full stop.

    The title of a document without one is its first sentence, which may well be the answer.
    """
    text, title = sentence.text, words(sentence.document.title)
    said = words(text)
    if text.endswith(".") or not title or len(said) < _MOST_OF_A_TITLE * len(title):
        return False
    return any(title[start : start + len(said)] == said for start in range(len(title)))


def _begins_as_cut_title(sentence: Sentence) -> bool:
    """Whether the sentence is the line that was too long for a title, or most of it."""
    if not sentence.document.title.endswith("…"):
        return False
    title, said = words(sentence.document.title), words(sentence.text)
    ends = (title[start:] for start in range(int((1 - _MOST_OF_A_TITLE) * len(title)) + 1))
    return any(said[: len(end)] == end for end in ends)
