"""What a question for a summary is about: “¿Qué pasó con el crucero?” is about the cruise ship."""

import re

_ASKED = re.compile(
    r"^[¿¡\s]*(?:(?:por favor|please|puedes|podrías|can you|could you)[\s,]+)?(?:"
    r"resum\w+|haz(?:me)?\s+un\s+resumen|un\s+resumen|explica(?:me)?|cu[eé]nta(?:me)?"
    r"|qu[eé]\s+(?:pas[oó]|ocurri[oó]|sucedi[oó]|ha\s+pasado|pasa)\s+con"
    r"|de\s+qu[eé]\s+(?:va|tratan?|hablan?)|summari[sz]e|sum\s+up|explain|(?:a|give\s+me\s+a)\s+summary"
    r"|what\s+(?:has\s+)?happen(?:ed|s)\s+(?:to|with)|what\s+is\s+going\s+on\s+with"
    r"|explique|o\s+que\s+(?:aconteceu|houve)\s+com|explique[rz]?|que\s+s’est-il\s+passé\s+(?:avec|à)"
    r")\s+(?:(?:de|sobre|acerca de|of|about|on|lo que se sabe (?:de|sobre)|what is known (?:of|about))\s+)?",
    re.IGNORECASE,
)


def subject_of(question: str) -> str:
    """The question without the words that ask for a summary; as it is where nothing would be left."""
    subject = _ASKED.sub("", question, count=1).rstrip(" ?.!")
    return subject if subject and subject != question.rstrip(" ?.!") else question
