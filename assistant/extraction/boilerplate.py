"""Lines that prove nothing: what surrounds a text (credits, bylines, datelines, pointers), and planted orders."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.extraction.moments import find_moments
from index.dates import Grain
from index.language.names import find_names
from index.language.terms import fold, words

# Only what is said to an assistant about its orders or its answers; a bare imperative is ordinary prose.
_FORGET = (
    r"(?:ignor\w+|olvid\w+|descart\w+|omit\w+|forget|disregard|overlook|override|bypass|esque\w+|oubli\w+)"
)
_RULES = (
    r"(?:instruccion\w*|indicacion\w*|ordenes|reglas|directiv\w+|instruc(?:tions?|oes)|directives?|prompts?|rules|"
    r"guidelines|anything you|everything you|all you|what you (?:were|have been) told|consignes)"
)
_SPOKEN_TO = (
    r"(?:(?:tus?|sus|your|tuas?|suas|tes|vos) (?:proximas? |siguientes |next |final )?"
    r"(?:respuestas?|answers?|repl(?:y|ies)|responses?|outputs?|respostas?|reponses?)\b)"
)
_ORDERED = (
    r"(?:termina|acaba|empieza|comienza|incluye|anade|agrega|responde|contesta|escribe|repite|end|finish|begin|start|"
    r"include|add|append|answer|reply|respond|write|say|repeat|print|termine|comece|inclua|responda)"
)
_MACHINE = (
    r"(?:(?:eres|you are|you re|sos|voce e|tu es) (?:an? |una? |um |un )?"
    r"(?:ai|ia|assistant|asistente|assistente|chatbot|language model|modelo de lenguaje|llm)\b|as an ai\b)"
)
_PLANTED = re.compile(
    rf"\b{_FORGET}\b.{{0,40}}\b{_RULES}|\b{_ORDERED}\b.{{0,40}}\b{_SPOKEN_TO}|\b{_MACHINE}|\bsystem prompt\b"
)


def speaks_to_the_writer(quote: str) -> bool:
    """Whether a quote gives orders to an assistant: “ignora las instrucciones anteriores”."""
    return _PLANTED.search(" ".join(fold(quote).split())) is not None


_LONGEST_DATELINE = 100
_LONGEST_CREDIT = 100
_LONGEST_POINTER = 200
# Of a caption, which tells something, there is more behind “Foto:”.
_MOST_CREDITED = 6
_CREDIT = re.compile(
    r"\W*(?:(?:textos?|v[ií]deos?)\s+(?:y|and|e|et)\s+)?"
    r"(?:fotos?|fotograf[ií]as?|im[aá]gen(?:es)?|photos?|pictures?|images?)(?:\s+de\s+archivo)?\s*[:;/|]"
    r"(?P<credited>[^!?…]*)",
    re.IGNORECASE,
)
# “Ricardo Antúnez, adhocFOTOS”
_CREDIT_BEHIND = re.compile(
    r"(?P<names>[^.;:!?]{3,60})[,/|]\s*\w{0,20}(?:fotos?|photos?|images)\W*", re.IGNORECASE
)
_BYLINE = re.compile(
    r"[^\w¿¡]*(?:(?P<by>por|by|par)\s+|(?:escriben?|textos?|redacci[oó]n|autora?|autores|written\s+by|"
    r"con\s+informaci[oó]n\s+de)\b[\s:]*)(?P<names>.*)",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[\W_]*(?:(?:y|e|and|et|con|de|para|en|for|in)\b[\W_]*)*", re.IGNORECASE)
_POINTER = re.compile(
    r"\W*(?:(?:lee|leé|lea|leer|ver|vea|mira|mirá|sigue|seguí|siga|read|see|leia|veja|lire|voir)\s+"
    r"(?:tambi[eé]n|adem[aá]s|m[aá]s|leyendo|also|more|também|mais|aussi)\b"
    r"|te\s+(?:puede|podr[ií]a|recomendamos)\b|quiz[aá]s?\s+te\s+interese|notas?\s+relacionadas?"
    r"|you\s+may\s+also|related\s*(?:articles?|stories|news)?\s*:|à\s+lire\s+aussi)",
    re.IGNORECASE,
)
# Flattened pages glue a pointer to the sentence behind it: “… protección socialDe acuerdo con …”.
_GLUED = re.compile(r"(?:[a-zß-öø-ÿ\d”»\"]|[A-ZÀ-ÖØ-Þ]{2})[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]")
# The places before a date are kept as first read: their points may also end them, in exponentially many ways.
_DATED = re.compile(
    r"\W*(?i:(?:publicad[oa]|actualizad[oa]|[uú]ltima\s+actualizaci[oó]n|fecha|published|updated|posted|date)"
    r"(?:\s+(?:el|a las|on|de publicaci[oó]n))?\b\W*)?"
    r"(?:[A-ZÀ-ÖØ-Þ][\w.]*(?:\s+(?:de\s+|del\s+|la\s+|of\s+)*[A-ZÀ-ÖØ-Þ][\w.]*)*[,.]\s*)*+"
    r"(?:(?:el|a|al|on|o)\s+)?\0[\W\0]*(?:(?:a\s+las|at|[|–-])?\s*\d{1,2}[:.]\d{2}(?:\s*[ap]\.?\s?m\.?|\s*hr?s?)?)?\W*"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of such lines: whether a line is one, and what a question for just that holds."""

    is_one: Callable[[str], bool]
    asked_for: re.Pattern[str]


def is_boilerplate(line: str, question: str = "") -> bool:
    """Whether a line only surrounds a text, and is not what `question` asks for (“¿quién tomó la foto?”)."""
    spaced = " ".join(line.split())
    return any(kind.is_one(spaced) and not kind.asked_for.search(question) for kind in _KINDS)


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        return False
    if (behind := _CREDIT_BEHIND.fullmatch(line)) is not None:
        return _are_names(behind["names"])
    credit = _CREDIT.fullmatch(line)
    return credit is not None and len(words(credit["credited"])) <= _MOST_CREDITED


def _is_byline(line: str) -> bool:
    byline = _BYLINE.fullmatch(line)
    if byline is None:
        return False
    return _are_names(byline["names"]) and not (byline["by"] and len(words(line)) < 3)


def _are_names(told: str) -> bool:
    """Whether words are nothing but names, and what stands between them."""
    for name in reversed(find_names(told)):
        told = told[: name.start] + told[name.end :]
    return _BETWEEN_NAMES.fullmatch(told) is not None


def _is_pointer(line: str) -> bool:
    elsewhere = len(line) <= _LONGEST_POINTER and _POINTER.match(line) is not None
    return elsewhere and _GLUED.search(line) is None


def _is_dateline(line: str) -> bool:
    if len(line) > _LONGEST_DATELINE or not any(map(str.isdigit, line)):
        return False
    undated = line
    for moment in reversed(find_moments(line)):
        if moment.grain is Grain.DAY:
            undated = f"{undated[: moment.span.start]}\0{undated[moment.span.end :]}"
    return "\0" in undated and _DATED.fullmatch(undated) is not None


_KINDS = (
    _Kind(_is_credit, re.compile(r"\b(?:foto|im[aá]g|photo|pictur|image)", re.IGNORECASE)),
    _Kind(
        _is_byline, re.compile(r"\b(?:autor|author|escrib|escrit|firm|redac|wr[io]t|byline)", re.IGNORECASE)
    ),
    _Kind(_is_dateline, re.compile(r"\b(?:fecha|publi|actualiz|dated?\b|updated)", re.IGNORECASE)),
    _Kind(_is_pointer, re.compile(r"(?!)")),
)
