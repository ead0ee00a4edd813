"""The labels that open each speaker's turn: who is there to ask, and how prose calls a speaker."""

import re

from index.language.terms import BEFORE_NAME
from index.language.terms import words

# “(INICIA VIDEO)”, “(ENLACE TELEFÓNICO)”
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ASKERS = frozenset(
    words(
        "pregunta preguntas interlocutor interlocutora reportero reportera reporteros periodista periodistas "
        "prensa entrevistador entrevistadora question questions reporter journalist press interviewer "
        "pergunta jornalista repórter journaliste"
    )
)
_PARTICLES = frozenset(
    "de del al la las los el lo y e o u a en con por para es of the and in for da do".split()
)
# “S.A.”, “CNT”
_ACRONYM = re.compile(r"(?:[A-ZÑ]\.)+[A-ZÑ]|[B-DF-HJ-NP-TV-XZÑ]{3,5}")
# “director general”, and not “director General”.
_RANK = re.compile(
    r"^\w+(?: (?:General|Nacional|Federal|Ejecutiv[oa]|Adjunt[oa]|Interin[oa]|Executive|National)\b)*"
)


def is_label(text: str, label: str) -> bool:
    """Whether `text` is nothing but a speaker's label, be there brackets in it or not."""
    return bool(label) and words(_IN_BRACKETS.sub("", text)) == words(label)


def asks(label: str) -> bool:
    """Whether a speaker is there to ask, as the press is: “PREGUNTA”, “REPORTERA”."""
    return bool(_ASKERS & set(words(label)))


def is_particle(word: str) -> bool:
    """Whether a word stands in names without a capital: “de”, “y”."""
    return word.lower() in _PARTICLES


def speaker_name(label: str) -> str:
    """A label as prose has it: “SECRETARIA DE SALUD, ANA RUIZ” is “Ana Ruiz, secretaria de Salud”."""
    office, _, name = recased(label).rpartition(", ")
    return f"{name}, {_RANK.sub(lambda rank: rank[0].lower(), office)}" if office else name


def recased(capitals: str) -> str:
    """Words in capitals as a title: “ANA DE LA RUIZ” is “Ana de la Ruiz”; acronyms stay as they are."""
    said = [word.lower() if is_particle(word) else _capitalized(word) for word in capitals.split()]
    return " ".join([*(_capitalized(word) for word in said[:1]), *said[1:]])


def _capitalized(word: str) -> str:
    bare = word.strip(".,;")
    acronym = _ACRONYM.fullmatch(bare) and bare.casefold() not in BEFORE_NAME
    return word if acronym else word.capitalize()
