"""Who speaks where in a transcript: the labels in capitals that open each speaker's turn."""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from index.abbreviations import BEFORE_NAME
from index.terms import words

# Offices are long: “DIRECTOR GENERAL DEL INSTITUTO DE SEGURIDAD Y SERVICIOS SOCIALES DE LOS TRABAJADORES …, ANA RUIZ”.
_LONGEST_LABEL = 240
# A transcript has at least so many turns, and some speaker has more than one.
_FEWEST_TURNS = 3
_NOT_LABEL = r"[^\n:.a-zà-öø-ÿ\d]"
# “PREGUNTA” on a line of its own, or “SEN. ANA RUIZ: Gracias” with what is said behind it. The spaces around a label
# are none of it: to divide a long row of them in all ways would take hours.
_LABEL = re.compile(
    rf"^[ \t]*+(?P<label>(?:[A-ZÁÉÍÓÚÑ]{{2,8}}\. )?{_NOT_LABEL}{{3,{_LONGEST_LABEL}}})"
    rf"(?:(?<![ \t])[ \t]*$|(?::|\.[-–—]+)[ \t]*)",
    re.MULTILINE,
)
# “(INICIA VIDEO)”, “(ENLACE TELEFÓNICO)”
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
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


def speaker_at(text: str, offset: int) -> str:
    """The label of whoever speaks at `offset` of a transcript, as it stands; empty in any other text."""
    starts, labels = _turns(text)
    turn = bisect_right(starts, offset) - 1
    return labels[turn] if turn >= 0 else ""


def is_label(text: str, label: str) -> bool:
    """Whether `text` is nothing but a speaker's label, be there brackets in it or not."""
    return bool(label) and words(_IN_BRACKETS.sub("", text)) == words(label)


def asks(label: str) -> bool:
    """Whether a speaker is there to ask, as the press is: “PREGUNTA”, “REPORTERA”."""
    return bool(_ASKERS & set(words(label)))


def speaker_name(label: str) -> str:
    """A label as prose has it: “SECRETARIA DE SALUD, ANA RUIZ” is “Ana Ruiz, secretaria de Salud”."""
    office, _, name = recased(label).rpartition(", ")
    return f"{name}, {_RANK.sub(lambda rank: rank[0].lower(), office)}" if office else name


def recased(capitals: str) -> str:
    """Words in capitals as a title: “ANA DE LA RUIZ” is “Ana de la Ruiz”; acronyms stay as they are."""
    said = [word.lower() if word.lower() in _PARTICLES else _capitalized(word) for word in capitals.split()]
    return " ".join([*(_capitalized(word) for word in said[:1]), *said[1:]])


def _capitalized(word: str) -> str:
    bare = word.strip(".,;")
    acronym = _ACRONYM.fullmatch(bare) and bare.casefold() not in BEFORE_NAME
    return word if acronym else word.capitalize()


@lru_cache(maxsize=64)
def _turns(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where each turn of a transcript begins, and its label; nothing for a text that is none."""
    found = [
        (match.start("label"), _IN_BRACKETS.sub("", match["label"]).strip(" -–—\t"))
        for match in _LABEL.finditer(text)
    ]
    labelled = [(start, label) for start, label in found if any(map(str.isalpha, label))]
    counts = Counter(label for _, label in labelled)
    if len(labelled) < _FEWEST_TURNS or max(counts.values()) < 2:
        return (), ()
    return tuple(start for start, _ in labelled), tuple(label for _, label in labelled)
