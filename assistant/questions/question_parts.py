"""The parts of a question as it is spoken: how it opens, the word that asks, its finite verbs."""

import re

from index.language.terms import fold, is_stop_word

_PREPOSITION = (
    r"(?:a|al|de|del|desde|en|por|para|con|hasta|sobre|acerca de"
    r"|about|in|on|at|to|from|since|for|with|by|à|em|com|até|sur|pour)"
)
CONNECTIVE = re.compile(
    r"^[¿¡\s]*(?:(?:y|e|pero|entonces|and|but|then|so|et|mais|alors)\b[\s,]*)+", re.IGNORECASE
)
"""How a follow-up begins: "¿y dónde…?", "and when…?"."""

ASKING_WORD = re.compile(
    rf"^[¿¡\s]*(?:{_PREPOSITION}\s+)?"
    r"(?:por qué|qué|quién(?:es)?|cuándo|a?dónde|cómo|cuál(?:es)?|cuánt[oa]s?"
    r"|who|whom|whose|what|when|where|why|which|how(?: many| much| long| often)?"
    r"|quem|quando|onde|como|qual|quais|quant[oa]s?|por que"
    r"|qui|quoi|quand|où|comment|combien|pourquoi|quel(?:le)?s?)\b\s*",
    re.IGNORECASE,
)
"""The word that asks, with the preposition before it, at the start of a question."""

PREPOSITION = re.compile(
    rf"(?:{_PREPOSITION}|do|da|dos|das|no|na|tras|ante|entre|of|du|des|dans)\b", re.IGNORECASE
)

_ENDINGS = re.compile(
    r"\w{2}(?:ó|aron|ieron|jeron|rá|rán|[aei]rías?|rían|abas?|aban|ían|ou|aram|eram|iram)$", re.IGNORECASE
)
_NOUNS = re.compile(
    r"(?:secreta|refine|ingenie|gale|bate|mine|lote|ganade|panade|libre|cafete|tube|mensaje|mayo|mejo)rías?$",
    re.IGNORECASE,
)
_IRREGULAR = frozenset(
    "es son era eran fue fueron hay hubo habrá ha han había está están estuvo tiene tienen tuvo va van dijo hizo puso "
    "pudo quiso vino dio vio sabe dice dicen hace hacen sería serían puede pueden debe deben quiere sigue siguen sirve "
    "is are was were will did does do has have had can could would should "
    "é são foi será está tem têm disse fez est sont était a ont avait fait dit".split()
)


def is_verb(word: str) -> bool:
    """Whether a word is, by its form, a finite verb; many forms of the present are not known as such."""
    return word.casefold() in _IRREGULAR or (_ENDINGS.search(word) is not None and not _NOUNS.match(word))


def spoken_words(text: str) -> list[str]:
    """The words in lower case, accents kept: "él" is not "el"."""
    return re.findall(r"[\w’']+", text.casefold())


def bare(question: str) -> str:
    """A question without its marks and the connective that opens it."""
    return CONNECTIVE.sub("", question.strip()).strip("¿¡?!.… ")


def lowered(text: str) -> str:
    """The text with a small first letter, unless it begins with a name."""
    first = next(iter(text.split()), "")
    return text if _may_be_a_name(first) else text[:1].lower() + text[1:]


def _may_be_a_name(word: str) -> bool:
    """Whether a capital that begins a sentence may be a name's: the word neither asks nor joins nor acts."""
    common = is_stop_word(fold(word))
    return not (common or is_verb(word) or ASKING_WORD.match(word))
