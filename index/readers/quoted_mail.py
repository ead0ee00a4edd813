"""What a reply quotes of the mail that it answers: someone else's words, of another day."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

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
    r"|^[ \t*]{0,4}(?:de|from)\*?[ \t]?:[^\n]*\n\s*\*?"
    r"(?:enviad[oa](?: el| em)?|sent|envoyé|fecha|date|data)\*?[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)
_INTRODUCED = re.compile(r"\b(?:escribió|wrote|escreveu|a écrit|va escriure)\s*:$")
_INTRODUCES = re.compile(r"(?:El|On|Em|Le) ")
_INTRODUCTION_ROWS = 3
_QUOTE = (
    "//blockquote | //*[contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted')"
    " or contains(@class, 'moz-cite-prefix')]"
)


def is_forward(subject: str) -> bool:
    """Whether a mail passes on another, which is then what it has to say."""
    return _FORWARD.match(subject) is not None


def own_words(body: str) -> str:
    """The body of a mail without what it quotes; empty when there is nothing else in it."""
    rows = body[: found.start() if (found := _ORIGINAL.search(body)) else len(body)].split("\n")
    kept = "\n".join(_own(rows)).strip()
    return kept if any(map(str.isalnum, kept)) else ""


def mark_quoted(page: "html.HtmlElement") -> None:
    """Put a `>`, as plain mail has it, in place of what the page of a mail quotes."""
    for quote in page.xpath(_QUOTE):
        quote[:] = []
        quote.text = ">"


def _own(rows: Sequence[str]) -> Iterator[str]:
    """The rows that are not quoted, nor say of whom the quoted ones are."""
    own: list[str] = []
    for row in rows:
        if not row.startswith(">"):
            own.append(row)
            continue
        yield from own[: _before_introduction(own)]
        own = []
    yield from own


def _before_introduction(rows: Sequence[str]) -> int:
    """How many of the rows before a quote stand before its “El 3 de mayo Ana escribió:”."""
    end = len(rows)
    while end and not rows[end - 1].strip():
        end -= 1
    if not end or not _INTRODUCED.search(rows[end - 1].rstrip()):
        return len(rows)
    first = range(end - 1, max(-1, end - 1 - _INTRODUCTION_ROWS), -1)
    return next((place for place in first if _INTRODUCES.match(rows[place])), len(rows))
