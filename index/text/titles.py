"""A title for a document that does not carry one."""

import re

from index.text.sentences import split_sentences

TITLE_LENGTH = 90
# A first sentence shorter than this ("Versión estenográfica.") takes the next one with it.
_SHORT_SENTENCE = 40
_SAYS_NOTHING = re.compile(
    r"untitled.*|sin t[ií]tulo.*|(?:microsoft )?(?:word|powerpoint)(?: document| presentation)?"
    r"|microsoft word - .*|(?:powerpoint|presentaci[oó]n de powerpoint).*|documento? ?\d*"
    r"|\S+\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|odt|rtf|tex|dvi|html?)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SPACES = re.compile(r"\s+")


def is_telling(title: str) -> bool:
    """Whether a title from a file's properties says more than what program or file it came from."""
    return bool(title) and not _SAYS_NOTHING.fullmatch(title)


def title_of(text: str, start: int = 0) -> str:
    """The first sentence of `text` from `start`, on one line, shortened at a word border."""
    beginning = text[start : start + 20 * TITLE_LENGTH].strip()
    rows = [_SPACES.sub(" ", row).strip(" #*_=-|") for row in beginning.split("\n")]
    line = next((row for row in rows if _LETTERS.search(row)), beginning)
    if len(line) <= TITLE_LENGTH:
        return line
    ends = [sentence.end for sentence in split_sentences(line)]
    return shorten(line[: next((end for end in ends if end >= _SHORT_SENTENCE), len(line))])


def shorten(text: str, limit: int = TITLE_LENGTH) -> str:
    """`text` if it has at most `limit` characters, else cut at a word border and ended with `…`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut).rstrip(" ,;:.") + "…"
