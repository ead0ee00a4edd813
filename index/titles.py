"""A title for a document that does not carry one."""

import re

from index.sentences import split_sentences

TITLE_LENGTH = 90
# A first sentence shorter than this ("Versión estenográfica.") takes the next one with it.
_SHORT_SENTENCE = 40
_SPACES = re.compile(r"\s+")


def title_of(text: str, start: int = 0) -> str:
    """The first sentence of `text` from `start`, on one line, shortened at a word border."""
    stripped = text[start : start + 20 * TITLE_LENGTH].lstrip()
    line = _SPACES.sub(" ", stripped.split("\n", 1)[0]).strip(" #*_=-")
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
