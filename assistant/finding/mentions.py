"""The documents that speak of something: of each the sentence that does so best."""

from collections.abc import Callable, Sequence

from assistant.answer import Evidence
from assistant.extraction.shown_quotes import tells
from assistant.finding.evidence import all_sentences, quotable
from assistant.finding.found import Found
from assistant.finding.retrieval import Candidate, Retriever
from assistant.finding.scope import Scope
from assistant.finding.sentences import Sentence
from assistant.finding.spread import telling_words, words_of_names
from assistant.questions.subject import asks_which_documents, subject_of
from assistant.questions.understanding import Question
from index.document import Document
from index.language.terms import terms, words

_MOST_LISTED = 12


def find_mentions(retriever: Retriever, question: str, language: str, scope: Scope) -> Found | None:
    """The documents that speak of a subject; None if none says it in these words, or nobody asks for them."""
    if not asks_which_documents(question):
        return None
    subject = retriever.read(subject_of(question), language)
    candidates = retriever.sweep(subject, scope.wanted)
    listed = _mentions(subject.question, candidates, retriever.store.document)
    if not listed:
        return None
    shown = listed[:_MOST_LISTED]
    return Found(shown, 1.0, scope.searched, tuple(candidates), others=len(listed) - len(shown), route="list")


def _mentions(
    subject: Question,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
) -> tuple[Evidence, ...]:
    """Of each document the sentence nearest to the subject that says it; the nearest first.

    One that asks, or says nothing by itself, as a headline, stands only where there is no other.
    """
    said = filter(_sayer(subject), all_sentences(candidates, document_of))
    best: dict[str, Sentence] = {}
    for item in sorted(quotable(said, subject), key=_order):
        best.setdefault(item.document.id, item)
    return tuple(
        Evidence(number, item.document, item.span, item.chunk_score, item.similarity)
        for number, item in enumerate(best.values(), 1)
    )


def _order(sentence: Sentence) -> tuple[bool, bool, float]:
    return sentence.asks, not tells(sentence.text), -sentence.similarity


def _sayer(subject: Question) -> Callable[[Sentence], bool]:
    """Whether a sentence holds a word of the subject's names, or where it has none, all that it names."""
    telling = telling_words(words_of_names(subject.text), subject.language)
    if telling:
        return lambda sentence: not telling.isdisjoint(words(sentence.text))
    named = set(subject.terms)
    return lambda sentence: named <= set(terms(sentence.text, sentence.document.language))
