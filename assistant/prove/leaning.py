"""Whether a sentence speaks of what the one before it named: “De ellos, dos…”, “Sus tres objetivos…”."""

import re

_PREPOSITIONS = r"(?:de|en|con|a|para|por|entre|of|in|with|to|for|among|em|dans|avec|parmi|par)\s+"
_REFERRING = (
    r"él|ell[oa]s?|ést[ea]s?|est[eao]s?|es[eao]s?|dich[oa]s?|amb[oa]s|sus?|allí|ahí|"
    r"he|she|it|they|them|this|these|those|that|both|his|her|its|their|there|"
    r"eles?|elas?|deles?|delas?|isso|isto|esses?|essas?|seus?|suas?|il|elles?|ils|eux|ce(?:tte|s|t|la|ci)?|son|sa|ses|"
    r"leurs?"
)
_LEANS = re.compile(rf"\W{{0,3}}(?:{_PREPOSITIONS})?(?:{_REFERRING})\b", re.IGNORECASE)


def leans(sentence: str) -> bool:
    """Whether a sentence opens with a word for somebody or something that was named before."""
    return _LEANS.match(sentence) is not None
