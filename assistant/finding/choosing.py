"""Which sentences of the passages that were read become evidence."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence, ReadAnswer
from assistant.extraction.moments import undated_moments
from assistant.finding.confidence import RatedPassage, chance_of
from assistant.finding.passages import ReadPassage, Sentence
from assistant.finding.reprints import is_reprint, merged
from assistant.finding.weights import weighted
from assistant.questions.understanding import AnswerType
from assistant.questions.wording import Wording
from assistant.reader.windows import AnswerSpan
from index.document import Span
from index.language.terms import terms
from index.text.sentences import with_what_it_needs

MOST_EVIDENCE = 6
_LEAST_CHANCE = 1e-6
Admits = Callable[[Sentence], bool]
"""Whether a sentence may be quoted for the question."""


def choose(
    sentences: Sequence[Sentence], scores: NDArray[np.float64], limit: int = MOST_EVIDENCE
) -> tuple[Evidence, ...]:
    """At most `limit` quotes as evidence, the highest score first; `scores` has one number a sentence.

    A sentence that several documents print takes one place.
    """
    chosen: list[Evidence] = []
    for i in np.argsort(-scores, kind="stable"):
        item = _evidence(len(chosen) + 1, sentences[i], float(scores[i]))
        twin = next((place for place, other in enumerate(chosen) if is_reprint(item, other)), None)
        if twin is not None:
            chosen[twin] = merged(chosen[twin], item)
        elif any(_repeats(item, other) for other in chosen):
            continue
        elif len(chosen) < limit:
            chosen.append(item)
    return tuple(chosen)


def _evidence(number: int, sentence: Sentence, score: float) -> Evidence:
    """The sentence as a quote, with the one before it where it is not understood without that."""
    span = with_what_it_needs(sentence.document.text, sentence.span, sentence.previous)
    return Evidence(number, sentence.document, span, score, sentence.similarity)


def _repeats(item: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap or say the same words."""
    if item.document.id == other.document.id and item.span.overlaps(other.span):
        return True
    return item.quote == other.quote


def choose_evidence(
    question: Wording, rated: Sequence[RatedPassage], admits: Admits, limit: int = MOST_EVIDENCE
) -> tuple[Evidence, ...]:
    """The sentences that most likely answer the question, best first, numbered from 1, none twice.

    The best sentence of a passage scores the log odds that the passage answers, any other so much less as the
    reader and its tokens say. Each has the words that the reader takes for the answer, if they stand in it.
    """
    sentences: list[Sentence] = []
    scores: list[float] = []
    for one in rated:
        admitted = [sentence for sentence in one.passage.sentences() if admits(sentence)]
        admitted = _without_other_rows(question, one.passage, admitted)
        if admitted:
            worth = weighted("choice", sentence_features(question, one.passage, admitted))
            sentences += admitted
            scores += (_log_odds(one.chance) + worth - worth.max()).tolist()
    chosen = choose(sentences, np.array(scores), limit) if sentences else ()
    return tuple(_with_answer(item, [one.passage for one in rated]) for item in chosen)


def _without_other_rows(
    question: Wording, passage: ReadPassage, sentences: Sequence[Sentence]
) -> list[Sentence]:
    """The sentences without rows that lack a word of the question where another has it besides all of theirs.

    What is asked of one supplier is not told by the row of another. Where a day is asked for, the row that is meant has
    it, or nothing in its passage tells it.
    """
    rows = [each for each in sentences if any(row.holds(each.span) for row in passage.rows)]
    said = dict(zip([row.span for row in rows], _telling_apart(question, rows), strict=True))
    others = {span for span, words in said.items() if any(words < more for more in said.values())}
    if others and question.question.wants is AnswerType.DATE:
        return [row for row in rows if row.span not in others and undated_moments(row.text)]
    return [sentence for sentence in sentences if sentence.span not in others]


def _telling_apart(question: Wording, rows: Sequence[Sentence]) -> list[frozenset[int]]:
    """The words of the question in each row, but for those that most rows have, as the names of columns."""
    held = [question.loosely(terms(row.text, row.document.language)) for row in rows]
    counts = Counter(word for words in held for word in words)
    common = {word for word, count in counts.items() if 2 * count > len(rows)}
    return [words - common for words in held]


def likelihood(evidence: Sequence[Evidence]) -> float:
    """The probability that the best of the evidence answers; 0 without evidence."""
    return max((chance_of(item.score) for item in evidence), default=0.0)


def sentence_features(
    question: Wording, passage: ReadPassage, sentences: Sequence[Sentence]
) -> dict[str, NDArray[np.float64]]:
    """What speaks for each sentence of a passage, a column a feature.

    `answer` is how far the reader's logit of its likeliest words stands below the passage's best, and `unnamed` says
    that it has none of the likeliest words; `match` is how well its own tokens meet the question's, and `share` the
    share of the question's rare words in it.
    """
    language, best = passage.document.language, max((answer.score for answer in passage.spans), default=0.0)
    named = [
        max((one.score - best for one in passage.spans if sentence.span.overlaps(one.span)), default=None)
        for sentence in sentences
    ]
    is_unnamed = [score is None and bool(passage.spans) for score in named]
    return {
        "answer": np.array([score or 0.0 for score in named]),
        "unnamed": np.array(is_unnamed, np.float64),
        "match": np.array([sentence.similarity for sentence in sentences]),
        "share": np.array(
            [question.share(question.loosely(terms(sentence.text, language))) for sentence in sentences]
        ),
    }


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(bounded / (1 - bounded))


def _with_answer(item: Evidence, passages: Sequence[ReadPassage]) -> Evidence:
    """The evidence with what the reader says of its passage, and takes for the answer in it."""
    for passage in passages:
        if passage.document.id == item.document.id and passage.span.overlaps(item.span):
            return replace(item, yes=passage.yes, answer=_answer_in(item.span, passage.spans))
    return item


def _answer_in(span: Span, answers: Sequence[AnswerSpan]) -> ReadAnswer | None:
    """The likeliest words in a stretch of the document."""
    best = next((answer for answer in answers if span.holds(answer.span)), None)
    if best is None:
        return None
    others = (answer.score for answer in answers if not answer.span.overlaps(best.span))
    return ReadAnswer(best.span, best.score, best.score - max([0.0, *others]))
