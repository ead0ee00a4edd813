"""A cheap look at a text that tells most of those without a date, so that the grammar is spared them."""

import re

from index.dates.lexicon import Lexicon
from index.dates.tokens import WORD

_DIGIT = re.compile(r"\d")
_WORD = re.compile(WORD)


def may_hold_date(folded: str, lexicon: Lexicon) -> bool:
    """False only for a folded text in which the grammar would find nothing."""
    if _DIGIT.search(folded):
        return True
    return not lexicon.core_words.isdisjoint(_WORD.findall(folded))
