"""Where the known answer stands in its document, and how near another wording comes to it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.document import Span
from index.language.terms import words


def gold_spans(text: str, answers: Iterable[str]) -> list[Span]:
    """Every place in `text` where one of the answers stands as whole words, whatever the white space."""
    found: set[Span] = set()
    for answer in answers:
        pattern = r"\s+".join(re.escape(word) for word in answer.split())
        matches = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ()
        found.update(Span(*match.span()) for match in matches)
    return sorted(found)


def covers(text: str, shown: Sequence[Span], gold: Iterable[Span]) -> bool:
    """Whether one of the gold spans lies within the spans shown, which may share it between them."""
    return any(_covered(text, shown, span) for span in gold)


def _covered(text: str, shown: Sequence[Span], gold: Span) -> bool:
    place = gold.start
    for span in sorted(shown):
        if span.start <= place or not text[place : span.start].strip():
            place = max(place, span.end)
        if place >= gold.end:
            return True
    return False


@dataclass(frozen=True, slots=True, order=True)
class TokenScores:
    """How much of a known answer another text says, 0 to 1, and whether it says just that."""

    recall: float = 0.0
    f1: float = 0.0
    exact: bool = False


def token_scores(answer: str, gold: Sequence[str]) -> TokenScores:
    """The scores against the nearest of the gold wordings; case, accents and punctuation do not count."""
    return max((_scores(words(answer), words(wording)) for wording in gold), default=TokenScores())


def _scores(answer: Sequence[str], gold: Sequence[str]) -> TokenScores:
    shared = (Counter(answer) & Counter(gold)).total()
    if not shared:
        return TokenScores()
    recall, precision = shared / len(gold), shared / len(answer)
    return TokenScores(recall, 2 * recall * precision / (recall + precision), answer == gold)
