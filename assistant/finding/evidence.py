"""Which sentences of retrieved chunks may be quoted as evidence."""

import re
from collections.abc import Callable, Sequence

from assistant.extraction.quotes import is_quotable
from assistant.finding.passages import Sentence, sentences_of
from assistant.finding.retrieval import Candidate
from assistant.questions.question_parts import spoken
from assistant.questions.understanding import AnswerType, Question
from index.dates import Interval
from index.document import Document
from index.event_dates import dates_within
from index.language.lists import any_phrase
from index.language.mentions import find_names
from index.language.terms import stem, stop_words, terms, words
from index.text.structure import asks

IsSpeaker = Callable[[str], bool]
"""Whether the label of a turn is that of a certain speaker; of no one where there is no label."""

_OF = re.compile(
    rf"\b(?:{spoken('of')}|{any_phrase('comparing', 'to')})\s+(?:{spoken('articles')}\s+)?$", re.IGNORECASE
)
_TOLD_BY_LABELS = (AnswerType.ROLE, AnswerType.PERSON)
# Of the words of a title, those that a line of it holds.
_MOST_OF_A_TITLE = 0.6


def speaker_called(called: str, language: str) -> IsSpeaker:
    """Who is called by a name, “Marcelo Ebrard”, an office, “la gobernadora de Guerrero”, or both."""
    told = set(words(called)) - stop_words(language)
    names = (name for name in find_names(called) if not _OF.search(called[: name.start]))
    person = {word for name in names for word in words(name.of(called))} - stop_words(language)

    def is_speaker(label: str) -> bool:
        labelled = words(label)
        # A “subsecretario de la Secretaría de Turismo” is not “la secretaria de Turismo”.
        holds_office = bool(told) and told <= set(labelled) and labelled[0] in told
        return (holds_office or (bool(person) and person <= set(labelled))) and not asks(label)

    return is_speaker


def all_sentences(
    candidates: Sequence[Candidate], document_of: Callable[[str], Document | None]
) -> list[Sentence]:
    """The sentences of the candidates, of those documents that are there."""
    documents = {candidate.chunk.document: document_of(candidate.chunk.document) for candidate in candidates}
    return [
        sentence
        for candidate in candidates
        if (document := documents[candidate.chunk.document]) is not None
        for sentence in sentences_of(candidate, document)
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


def may_prove(sentence: Sentence, question: Question) -> bool:
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


def _names_the_document(title: Sentence, question: Question) -> bool:
    """Whether a question speaks of the document itself by what its title begins with: “la conferencia”."""
    kind = words(title.text)[:1]
    return stem("".join(kind), title.document.language) in question.terms


def _is_dated_title(sentence: Sentence) -> bool:
    published = sentence.document.published
    if published is None or not (_is_title(sentence) or _begins_as_cut_title(sentence)):
        return False
    day = Interval(published, published)
    return any(moment.interval == day for moment in dates_within(sentence.document, sentence.span))


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
