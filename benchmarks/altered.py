"""Copies of news as other papers print them: edited a little, and, to test who notices, with one fact changed."""

import re
from collections.abc import Callable, Mapping
from random import Random

# Each way of saying it may stand for the other. None of them is known to what is measured.
_WORDINGS = (
    ("además", "asimismo"),
    ("también", "igualmente"),
    ("tras", "luego de"),
    ("debido a", "a causa de"),
    ("a través de", "por medio de"),
    ("se encuentra", "está"),
    ("se encuentran", "están"),
    ("con el fin de", "para"),
    ("en el marco de", "dentro de"),
    ("respecto a", "en cuanto a"),
    ("realizó", "llevó a cabo"),
    ("realizar", "hacer"),
    ("informó", "comunicó"),
    ("explicó", "detalló"),
    ("agregó", "añadió"),
    ("señaló", "apuntó"),
    ("dijo", "manifestó"),
    ("indicó", "precisó"),
    ("personas", "ciudadanos"),
    ("medidas", "disposiciones"),
    ("situación", "coyuntura"),
    ("autoridades", "responsables"),
    ("importante", "relevante"),
    ("necesario", "preciso"),
    ("actualmente", "por ahora"),
    ("sin embargo", "no obstante"),
    ("es decir", "o sea"),
    ("mediante", "con"),
    ("durante", "a lo largo de"),
    ("lugar", "sitio"),
    ("nuevo", "flamante"),
    ("solo", "únicamente"),
    ("mientras que", "en tanto que"),
    ("según", "de acuerdo con"),
    ("casi", "prácticamente"),
    ("problema", "inconveniente"),
    ("trabajo", "labor"),
    ("hospital", "sanatorio"),
    ("médico", "doctor"),
    ("enfermedad", "dolencia"),
)
_SWAPS = {a: b for pair in _WORDINGS for a, b in (pair, pair[::-1])}
_SWAPPED = re.compile(
    r"(?<!\w)(" + "|".join(sorted(_SWAPS, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)
_ADVERB = re.compile(r"\s\w{3,}mente(?!\w)")
_BRACKETS = re.compile(r"\s\([^()\d]{3,60}\)")
_ENDINGS = (", según trascendió", ", de acuerdo con lo informado", ", según se supo")
_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})*(?![\w.,]*\d)")
_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚ][a-záéíóúñ]{3,}(?:\s[A-ZÁÉÍÓÚ][a-záéíóúñ]{3,})*")
_DAY = re.compile(r"(?<!\w)(lunes|martes|miércoles|jueves|viernes|sábado|domingo)(?!\w)")
_MONTH = re.compile(
    r"(?<=\sde )(enero|febrero|marzo|abril|mayo|junio|julio|agosto|octubre|noviembre|diciembre)(?!\w)"
)
_VERB = re.compile(
    r"(?<=\s)(?:se )?(?:ha|han|es|son|está|están|fue|fueron|puede|pueden|tiene|tienen|será)(?=\s)"
)
_DENIES = re.compile(r"(?<!\w)(?:no|ni|nunca|sin)(?!\w)", re.IGNORECASE)
_OTHERS = ("Bermúdez", "Antofagasta", "Wenceslao Troncoso", "Ushuaia", "Eduviges Zubizarreta")
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_OPPOSITES = {
    "aumentó": "disminuyó",
    "aumento": "descenso",
    "subió": "bajó",
    "más": "menos",
    "mayor": "menor",
    "aprobó": "rechazó",
    "abrió": "cerró",
    "comenzó": "terminó",
    "permitió": "prohibió",
    "fallecidos": "recuperados",
    "primera": "última",
    "antes": "después",
    "público": "privado",
    "pública": "privada",
    "superior": "inferior",
    "positivos": "negativos",
    "mejor": "peor",
    "máximo": "mínimo",
    "llegó": "salió",
    "ingresó": "egresó",
}
_OPPOSITE = re.compile(r"(?<!\w)(" + "|".join(_OPPOSITES) + r")(?!\w)")

Alteration = Callable[[str, Random], str]


def reworded(sentence: str, chance: Random) -> str:
    """The sentence with some wordings changed, and perhaps an adverb or a bracket cut or a source added."""
    text = _SWAPPED.sub(lambda found: _swap(found[0], chance), sentence)
    if chance.random() < 0.5:
        text = _ADVERB.sub("", text, count=1)
    if chance.random() < 0.5:
        text = _BRACKETS.sub("", text, count=1)
    if chance.random() < 0.3 and text.endswith("."):
        text = text[:-1] + chance.choice(_ENDINGS) + "."
    return text


def _swap(found: str, chance: Random) -> str:
    other = _SWAPS[found.lower()]
    if chance.random() > 0.8:
        return found
    return other.capitalize() if found[0].isupper() else other


def _figure(sentence: str, chance: Random) -> str:
    return _once(
        _FIGURE, sentence, chance, lambda figure: str(int(figure.replace(".", "")) + chance.randint(1, 9))
    )


def _name(sentence: str, chance: Random) -> str:
    return _once(_NAME, sentence, chance, lambda _: chance.choice(_OTHERS))


def _day(sentence: str, chance: Random) -> str:
    return _once(_DAY, sentence, chance, lambda day: _DAYS[(_DAYS.index(day) + chance.randint(1, 6)) % 7])


def _month(sentence: str, chance: Random) -> str:
    return _once(_MONTH, sentence, chance, lambda month: "septiembre" if month != "septiembre" else "abril")


def _denial(sentence: str, chance: Random) -> str:
    if _DENIES.search(sentence):
        return sentence
    return _once(_VERB, sentence, chance, lambda verb: f"no {verb}")


def _opposite(sentence: str, chance: Random) -> str:
    return _once(_OPPOSITE, sentence, chance, lambda word: _OPPOSITES[word])


FACTS: Mapping[str, Alteration] = {
    "figure": _figure,
    "name": _name,
    "weekday": _day,
    "month": _month,
    "denial": _denial,
    "opposite": _opposite,
}
"""What changes one fact of a sentence, by kind; a sentence without such a fact comes back as it was."""


def _once(pattern: re.Pattern[str], text: str, chance: Random, instead: Callable[[str], str]) -> str:
    places = list(pattern.finditer(text))
    if not places:
        return text
    found = chance.choice(places)
    return text[: found.start()] + instead(found[0]) + text[found.end() :]
