"""What a reply quotes of the mail that it answers: someone else's words, of another day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.text.characters import one_line

if TYPE_CHECKING:
    from lxml import html

_FORWARD = re.compile(r"\s*(?:fwd?|rv|enc|tr|wg)\s*:", re.IGNORECASE)
ORIGINAL_LINE = (
    r"^[ \t]*-{2,}[ \t]*(?:mensaje original|original message|mensagem original|message d['’]origine)"
)
"""A pattern, for any case and several lines, of the line behind which stands the mail that is answered."""

# Or its head alone, as Outlook puts it.
_ORIGINAL = re.compile(
    rf"{ORIGINAL_LINE}"
    r"|^[ \t*]{0,4}(?:de|from)\*?[ \t]?:[^\n]*(?:\n\s*|[ \t])\*?"
    r"(?:enviad[oa](?: el| em)?|sent|envoyé|fecha|date|data)\*?[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)
_INTRODUCED = re.compile(r"\b(?:escribió|wrote|escreveu|a écrit|va escriure)\s*:$")
_INTRODUCES = re.compile(r"(?:El|On|Em|Le) ")
_INTRODUCTION_ROWS = 3
_QUESTION_ROWS = 6
_LONGEST_QUESTION = 500
_QUOTE = (
    "//blockquote | //*[contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted')"
    " or contains(@class, 'moz-cite-prefix')]"
)


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Which rows of a mail are its own, by their places, and how many stretches of it are quoted and left out."""

    places: tuple[int, ...]
    left_out: int


def is_forward(subject: str) -> bool:
    """Whether a mail passes on another, which is then what it has to say."""
    return _FORWARD.match(subject) is not None


def own_rows(rows: Sequence[str]) -> OwnRows:
    """The rows of a mail without what it quotes; none when there is nothing else in it.

    A quoted question stays where the mail goes on below it: it is what is answered there.
    """
    end = _before_original(rows)
    places: list[int] = []
    stretch: list[int] = []
    left_out = int(end < len(rows))
    for place in range(end):
        if rows[place].startswith(">"):
            if not stretch:
                del places[_before_introduction(rows, places) :]
            stretch.append(place)
            continue
        if rows[place].strip():
            question = _question(rows, stretch)
            left_out += len(question) < len(_filled(rows, stretch))
            places.extend(question)
            stretch = []
        places.append(place)
    left_out += bool(_filled(rows, stretch))
    if not any(map(str.isalnum, "".join(rows[place] for place in places))):
        return OwnRows((), 0)
    return OwnRows(tuple(sorted(places)), left_out)


def mark_quoted(page: "html.HtmlElement") -> None:
    """Put a `>`, as plain mail has it, in place of what the page of a mail quotes; a lone question stays behind it."""
    for quote in page.xpath(_QUOTE):
        words = one_line(quote.text_content()[: _LONGEST_QUESTION + 1])
        is_question = words.endswith("?") and len(words) <= _LONGEST_QUESTION
        quote[:] = []
        quote.text = f"> {words}" if is_question else ">"


def _before_original(rows: Sequence[str]) -> int:
    """How many rows stand before the mail that is answered."""
    text = "\n".join(rows)
    match = _ORIGINAL.search(text)
    if match is None:
        return len(rows)
    return text.count("\n", 0, match.start())


def _filled(rows: Sequence[str], quoted: Sequence[int]) -> list[int]:
    return [place for place in quoted if rows[place].strip("> \t")]


def _question(rows: Sequence[str], quoted: Sequence[int]) -> list[int]:
    """The places of the last paragraph that is quoted, if it asks something."""
    question: list[int] = []
    for place in reversed(quoted):
        is_filled = bool(rows[place].strip("> \t"))
        if question and not is_filled:
            break
        if is_filled:
            question.append(place)
    asks = question and len(question) <= _QUESTION_ROWS and rows[question[0]].rstrip().endswith("?")
    return question[::-1] if asks else []


def _before_introduction(rows: Sequence[str], places: Sequence[int]) -> int:
    """How many of the `places` before a quote stand before its “El 3 de mayo Ana escribió:”."""
    end = len(places)
    while end > max(0, len(places) - _INTRODUCTION_ROWS) and not rows[places[end - 1]].strip():
        end -= 1
    if not end or not _INTRODUCED.search(rows[places[end - 1]].rstrip()):
        return len(places)
    first = range(end - 1, max(-1, end - 1 - _INTRODUCTION_ROWS), -1)
    return next((place for place in first if _INTRODUCES.match(rows[places[place]])), len(places))
