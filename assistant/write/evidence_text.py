"""Numbered evidence as a text: each document under its date, title and headings, in its own order."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from assistant.answer import Evidence
from assistant.extraction.boilerplate import speaks_to_the_writer
from index.document import Block, BlockKind, Document
from index.language.terms import words
from index.text.characters import is_invisible
from index.text.structure import speaker_name

# Letters that could close the evidence block or look like a marker, and what stands for them.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "【": "(", "】": ")"})
# Private use and unassigned: a reader may see something there, a model is not to guess what.
_MEANINGLESS = frozenset({"Co", "Cn"})
# A marker of evidence; in code, what stands behind a name is an index.
_POSES_AS_MARKER = re.compile(r"[\[【](\s*+\^?\d[\d\s,;^–-]*+)[\]】]")
_POSES_AS_MARKER_IN_CODE = re.compile(rf"(?<![\w)\]]){_POSES_AS_MARKER.pattern}")
# Tags of prompts, and the tokens by which models part those who speak.
_POSES_AS_TAG = re.compile(
    r"<(?=[\s/|]*+(?:evidence|conversation|system|assistant|user|im_|begin|end|start))", re.I
)


def harmless(text: str) -> str:
    """`text` on one line, without invisible characters and without brackets and tags of any kind."""
    return " ".join(_visible(text).translate(_HARMLESS).split())


def harmless_lines(text: str) -> str:
    """`text` made harmless line by line."""
    return "\n".join(harmless(line) for line in text.splitlines())


def harmless_quote(text: str) -> str:
    """`text` on one line as a document has it, but for what poses as a marker or a tag of the prompt."""
    return _POSES_AS_MARKER.sub(r"(\1)", _without_tags(" ".join(_visible(text).split())))


def harmless_code(line: str) -> str:
    """A line of code with its indentation, but for what poses as a marker or a tag of the prompt."""
    return _POSES_AS_MARKER_IN_CODE.sub(r"(\1)", _without_tags(_visible(line).rstrip()))


def _without_tags(text: str) -> str:
    return _POSES_AS_TAG.sub("‹", text)


def _visible(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_told(c))


def _is_told(character: str) -> bool:
    return not is_invisible(character) and unicodedata.category(character) not in _MEANINGLESS


_BETWEEN = " › "
# Letters between two pieces that tell of something left out; a speaker's label is shorter.
_LEFT_OUT = 80


def evidence_text(evidence: Sequence[Evidence]) -> str:
    """The pieces a line each behind their numbers, below what tells where they stand.

    Each document, and within it each heading path, speaker and row of column names, is named once for all that
    follow it: reading a prompt takes time.
    """
    by_document: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_document.setdefault(item.document.id, []).append(item)
    return "\n".join(line for items in by_document.values() for line in _document_lines(items))


def _document_lines(items: Sequence[Evidence]) -> Iterator[str]:
    document = items[0].document
    yield f"({', '.join(_named(document))})"
    above = _Above(document)
    for item in items:
        yield from above.before(item)
        yield f"[{item.number}] {above.said(item)}"


def _named(document: Document) -> Iterator[str]:
    """The date, title and file name of a document. Whoever writes orders into a title can write them into a path."""
    if document.published is not None:
        yield document.published.isoformat()
    if not speaks_to_the_writer(document.title):
        yield f"«{harmless(document.title)}»"
        name = PurePosixPath(document.path).name
        if not set(words(PurePosixPath(name).stem)) <= set(words(document.title)):
            yield harmless(name)


class _Above:
    """What stands above the pieces of one document, told when it changes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._end: int | None = None
        self._path: tuple[str, ...] = ()
        self._speaker = ""
        self._columns: tuple[str, ...] = ()

    def before(self, item: Evidence) -> Iterator[str]:
        """The lines that a piece needs before it."""
        block = self._block_of(item)
        if (
            self._end is not None
            and len(self._document.text[self._end : item.span.start].strip()) > _LEFT_OUT
        ):
            yield "…"
        self._end = item.span.end
        yield from self._headings(block)
        speaker = speaker_name(self._document.speaker_of(item.span.start))
        if speaker and speaker != self._speaker:
            yield f"{harmless(speaker)}:"
        self._speaker = speaker
        if block is not None:
            yield from self._column_names(block)

    def said(self, item: Evidence) -> str:
        """The words of a piece, with the sign that tells what it is."""
        block, text = self._block_of(item), self._document.text
        if block is None:
            return harmless_quote(item.quote)
        if block.kind is BlockKind.CODE:
            start = text.rfind("\n", block.span.start, item.span.start) + 1 or block.span.start
            return harmless_code(text[start : item.span.end])
        return f"{_sign(block)}{harmless_quote(item.quote)}"

    def _headings(self, block: Block | None) -> Iterator[str]:
        if block is None:
            return
        path = tuple(title for title in block.headings if title != self._document.title)
        # Their words alone: a heading may have signs of its markup.
        path_words = tuple(" ".join(words(title)) for title in path)
        if path_words != self._path and path:
            yield f"# {harmless(_BETWEEN.join(path))}"
        if block.kind is BlockKind.HEADING:
            path_words = (*path_words, " ".join(words(block.span.of(self._document.text))))
        self._path = path_words

    def _column_names(self, block: Block) -> Iterator[str]:
        said = block.span.of(self._document.text)
        if block.columns != self._columns and any(name not in said for name in block.columns):
            yield f"({harmless(' | '.join(block.columns))})"
        self._columns = block.columns

    def _block_of(self, item: Evidence) -> Block | None:
        blocks = self._document.blocks
        place = bisect_right(blocks, item.span.start, key=lambda block: block.span.start) - 1
        return blocks[place] if place >= 0 and item.span.start < blocks[place].span.end else None


def _sign(block: Block) -> str:
    """What tells a heading or an item from prose."""
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} "
    if block.kind is BlockKind.ITEM:
        return f"{block.number}. " if block.number else "- "
    return ""
