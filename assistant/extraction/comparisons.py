"""Questions that only several rows of a table answer together: “¿qué tienda vende más?”."""

import re

from assistant.questions.understanding import Question

_COMPARING = re.compile(
    r"\b(?:m[áa]s|menos|mayor(?:es)?|menor(?:es)?|mejor(?:es)?|peor(?:es)?|m[áa]xim[oa]s?|m[íi]nim[oa]s?|diferencia"
    r"|more|most|less|least|fewest|best|worst|(?:high|low|larg|small|bigg|great|cheap|old|young)est|(?:max|min)imum"
    r"|difference|mais|maior(?:es)?|melhor(?:es)?|pior(?:es)?|diferença|plus|moins|meilleure?s?|pires?)\b",
    re.IGNORECASE,
)
# “Tienda: Sagunto; Trimestre: T1 2025; Ventas: 655”
_PAIR = r"[^:;\n]{1,80}:[ \t][^;\n]{0,200}"
_ROW = re.compile(rf"^{_PAIR};[ \t]{_PAIR}", re.MULTILINE)


def compares_rows(question: Question, quote: str) -> bool:
    """Whether a question compares what stands in rows, of which no single one holds the answer."""
    return _COMPARING.search(question.text) is not None and _ROW.search(quote) is not None
