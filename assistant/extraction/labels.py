"""Figures that count nothing: the numbers of items, of papers and of their parts, and codes."""

import re

from assistant.extraction.figures import MONEY
from assistant.extraction.markers import NUMBERED, any_of
from assistant.questions.understanding import Question
from index.document import Span
from index.terms import terms

# “3. El aval…”, “12) …”
_ITEM = re.compile(r"(?:^|\n)[ \t*•·–—#-]{0,9}\(?\d{1,3}[.)](?=\s)")
# “n.º 43”, “artículo 394”
_PAPER = re.compile(rf"(?:^|(?<=\W)){any_of(NUMBERED)}[.:]?\s*$", re.IGNORECASE)
_PAPER_REACH = 20  # characters before a figure in which the word stands whose number it is
_PARTED = re.compile(r"\d/\d")
_CODE = re.compile(r"(?<!\d)\d{3,}+-\d{3}")
_NUMBER_ASKED = re.compile(r"\b(?:n[uú]mero|number|num[ée]ro)\b", re.IGNORECASE)


def figures_that_count(question: Question, quote: str, figures: list[Span]) -> list[Span]:
    """The figures without codes, and without the numbers by which papers and items go unless a number is asked for.

    Where things are counted, money is left out beside other figures.
    """
    named = _NUMBER_ASKED.search(question.text) is not None
    items = [Span(*item.span()) for item in _ITEM.finditer(quote)]
    labels = [] if named else [*items, *(figure for figure in figures if _is_of_a_paper(quote, figure))]
    codes = [figure for figure in figures if _is_code(quote, figure)]
    counting = [figure for figure in figures if not any(each.overlaps(figure) for each in (*labels, *codes))]
    things = [figure for figure in counting if not _is_money(question, figure.of(quote))]
    return things if question.unit and things else counting


def _is_money(question: Question, figure: str) -> bool:
    """Whether a figure is of money where none is asked for: “¿cuántas libras de vapor…?” asks for pounds."""
    return MONEY.fullmatch(figure) is not None and question.unit not in terms(figure, question.language)


def _is_code(quote: str, figure: Span) -> bool:
    """Whether a figure is one like “2025-0347” or part of one like “1187/2025”; “12 €/kg” is a price."""
    around = quote[max(0, figure.start - 2) : figure.end + 2]
    return _PARTED.search(around) is not None or _CODE.search(figure.of(quote)) is not None


def _is_of_a_paper(quote: str, figure: Span) -> bool:
    return _PAPER.search(quote[max(0, figure.start - _PAPER_REACH) : figure.start]) is not None
