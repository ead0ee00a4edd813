"""What a figure is a figure of: “seis mensualidades”, “164 m²”."""

import re

from assistant.extraction.figures import MONEY
from assistant.extraction.markers import TIME_UNITS, any_of
from assistant.questions.understanding import Question
from index.document import Span
from index.terms import fold, is_stop_word, stem

# “¿Cuánto mide…?” does not say in what, where “¿cuántos casos…?” and “¿cuál es la población…?” do.
_HOW_MUCH = re.compile(r"\b(?:cu[aá]nto|cu[aá]nta|how\s+much|quanto|combien)\b", re.IGNORECASE)
_UNIT = re.compile(
    rf"\s?(?:[kcm]?m[²³23]?|km/h|ha|k?g|tn?|[mc]?l|[kMGT]Wh?|[KMGT]B|%|‰|°C?|{any_of(TIME_UNITS)}|veces|times)(?![\w²³])"
)
# A noun in the plural; verbs seldom end so.
_NOUN = re.compile(r"\s+([a-záéíóúñãõç]{3,}s)\b")
# What has a size has no “12 mesas” of it.
_SIZED = re.compile(r"\b(?:mid\w+|pes[ae]n?|pes[oó]|ocupa\w*|weigh\w*)\b", re.IGNORECASE)
_NO_NOUNS = frozenset(
    "menos antes despues entonces tras pues ademas quizas apenas unless across towards always".split()
)


def measured(question: Question, quote: str, figure: Span) -> Span | None:
    """`figure` with what it is a figure of, where the question does not tell; None if nothing tells."""
    unit = _UNIT.match(quote, figure.end)
    told = Span(figure.start, unit.end()) if unit else figure
    if question.unit or not _HOW_MUCH.search(question.text):
        asked = unit is not None and stem(fold(unit[0].strip()), question.language) == question.unit
        return figure if asked else told
    whole = unit or "%" in figure.of(quote) or MONEY.fullmatch(figure.of(quote))
    return told if whole else _with_noun(question, quote, figure)


def _with_noun(question: Question, quote: str, figure: Span) -> Span | None:
    noun = _NOUN.match(quote, figure.end)
    if (
        noun is None
        or _SIZED.search(question.text)
        or is_stop_word(fold(noun[1]))
        or fold(noun[1]) in _NO_NOUNS
    ):
        return None
    return Span(figure.start, noun.end())
