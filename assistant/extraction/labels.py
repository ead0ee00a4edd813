"""Figures that count nothing: the numbers of items, of papers and of their parts, and codes."""

import re

from assistant.extraction.markers import NUMBERED, any_of
from assistant.questions.understanding import Question
from index.documents import Span

# “3. El aval…”, “12) …”
_ITEM = re.compile(r"(?:^|\n)[ \t*•·–—#-]{0,9}\(?\d{1,3}[.)](?=\s)")
# “n.º 43”, “artículo 394”
_PAPER = re.compile(rf"(?:^|(?<=\W)){any_of(NUMBERED)}[.:]?\s*$", re.IGNORECASE)
_PAPER_REACH = 20  # characters before a figure in which the word stands whose number it is
_CODE = re.compile(r"\d{3,}-\d{3,}")
_NUMBER_ASKED = re.compile(r"\b(?:n[uú]mero|number|num[ée]ro)\b", re.IGNORECASE)


def figures_that_count(question: Question, quote: str, figures: list[Span]) -> list[Span]:
    """The figures without codes, and without the numbers by which papers and items go unless a number is asked for."""
    labels = _NUMBER_ASKED.search(question.text) is not None
    items = [] if labels else [Span(*item.span()) for item in _ITEM.finditer(quote)]
    counting = [figure for figure in figures if not _is_code(quote, figure)]
    return [
        figure
        for figure in counting
        if labels or not (_is_of_a_paper(quote, figure) or any(item.overlaps(figure) for item in items))
    ]


def _is_code(quote: str, figure: Span) -> bool:
    """“2025-0347”, “1187/2025”"""
    parted = "/" in (quote[figure.end : figure.end + 1], quote[max(0, figure.start - 1) : figure.start])
    return parted or _CODE.search(figure.of(quote)) is not None


def _is_of_a_paper(quote: str, figure: Span) -> bool:
    return _PAPER.search(quote[max(0, figure.start - _PAPER_REACH) : figure.start]) is not None
