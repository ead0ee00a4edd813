"""Sentences as spans of a text, and the units of its blocks: rules for Spanish, English, Portuguese and French.

Units are the sentences, items, rows and lines that are never cut, and never reach into another block. Some sentences
lean on the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.document import Block, BlockKind, Span
from index.language.lists import any_phrase
from index.language.terms import BEFORE_NAME, BEFORE_NUMBER, OFTEN_LAST, STARTERS
from index.text.structure import is_label

LONGEST = 600
"""A sentence of more characters is cut, at clause borders where there are any."""

_LOOK_BACK = 24
_INDENT = 12
_WRAP_WIDTH = range(40, 201)
_WRAP_SLACK = 12

_STOP = re.compile(r"[.!?…]+(?:[\"”’»')\]]|\[\d{1,3}\])*")
_NEXT = re.compile(r"\s*+[¿¡«“‘\"'(\[—–―-]*+\s?+[¿¡«“‘\"']*+(\w+)")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]{1,2}\.\s?){0,8}[^\W\d_]{1,2}$")
_WORD = re.compile(r"[\wº.]+$")
_GAP = re.compile(r"[^\S\n]{6,}")
_BLANK_LINE = re.compile(r"\n\s*\n")
_RULE = re.compile(r"\W{3,}")
_ITEM = re.compile(r"(?:[-•*·▪◦‣–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_SIGN = re.compile(r"(?:#{1,6}|[-•*·▪◦‣])[^\S\n]{1,4}(?=\*{0,2}[\w¿¡«“\"'(\[])")
_LIST_ITEM = re.compile(rf"\s*(?:{_ITEM.pattern}|#{{1,6}}\s|\W{{3,}}$)")
_LABELLED = re.compile(r"[^\W\d_a-zß-ÿ][^\n:.;!?]{1,39}:\s")
_SIGNED = re.compile(r"(?:Fdo|Firmad[oa]|Signed|Assinad[oa]|Signé)\b")
_VISIBLE = re.compile(r"\S")
_PLAIN_END = re.compile(r"[a-zß-ÿ]{2}$|[\d)\]»”\"’%]$")
_ADDRESS = re.compile(r"//|[@_]|www|[^\W\d]\.")
_ENUMERATOR = re.compile(
    r"(?:\n[^\S\n]*+(?:#{1,6}\s)?\(?(?:\d{1,2}|[a-zA-Z]|[IVXLC]{1,5})|[.:;]\s+\(?\d{1,2})$"
)
_CLAUSE = re.compile(r"[;:,](?=\s)|\s(?=[—–(])|[)](?=\s)")

# What stands between office and name in the label of a speaker.
_OFFICE = ", "
_BEHIND_LABELS = " \t\n:.-–—"
# What a person takes in at one look, however many sentences it has.
_WHOLE = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.ROW})


# What two sentences together may have, in characters.
_LONGEST_PAIR = 600
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))


def _opening(*roles: str) -> str:
    """A pattern for words of these roles with which a sentence may begin."""
    return rf"[\W_]*+(?:{'|'.join(any_phrase('referring', role) for role in roles)})\b"


_REFERS_BACK = re.compile(_opening("pronouns", "places", "adverbs"), re.IGNORECASE)
_CONNECTIVE = re.compile(_opening("connectives"), re.IGNORECASE)
_SPEAKS_OF_OTHERS = re.compile(_opening("pronouns", "possessives", "objects", "places"), re.IGNORECASE)
_RESTS_ON_OTHERS = re.compile(
    rf"[\W_]*+(?:{any_phrase('referring', 'prepositions')}\s++)?{_opening('pronouns', 'possessives', 'places')}",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[Span]:
    """The sentences of `text`, in order, without the white space around them.

    They never overlap, together hold every character that is not white space nor the sign of a heading or of
    an item before its words, and none is longer than LONGEST. A blank line is always a border; the line breaks
    of hard-wrapped prose are not.
    """
    borders = sorted({0, *_stops(text), *_gaps(text), *_breaks(text), len(text)})
    spans = (_unsigned(text, _trimmed(text, left, right)) for left, right in pairwise(borders))
    return [part for span in spans if span.start < span.end for part in bounded(text, span)]


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (
        Span(end - len(piece.lstrip()), start + len(piece.rstrip())) if piece.strip() else Span(start, start)
    )


def _unsigned(text: str, span: Span) -> Span:
    """The span behind a “# ” or “- ” at the start of a line, which is no part of what is said."""
    before = text[max(0, span.start - _INDENT) : span.start].rstrip(" \t")
    opens_line = before.endswith("\n") if before else span.start < _INDENT
    sign = _SIGN.match(text, span.start, span.end) if opens_line else None
    return Span(sign.end(), span.end) if sign else span


def _stops(text: str) -> Iterator[int]:
    return (stop.end() for stop in _STOP.finditer(text) if _ends_sentence(text, stop))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    after = _NEXT.match(text, stop.end(), stop.end() + 40)
    if after is None:
        return text[stop.end() : stop.end() + 1].isspace()
    word, opening = after[1], text[stop.end() : after.start(1)]
    before = _before(text, stop.start())
    if not opening[:1].isspace():
        return _glued(before, stop[0], opening, word)
    if word[0].islower():
        return False
    return stop[0] != "." or not _abbreviated(before, word)


def _before(text: str, stop: int) -> str:
    """The characters before `stop`; the start of the text counts as a line's."""
    left = stop - _LOOK_BACK
    return text[left:stop] if left > 0 else "\n" + text[:stop]


def _glued(before: str, stop: str, opening: str, word: str) -> bool:
    """Whether a stop with no space behind it ends a sentence: “el jerarca.Da Silveira”, not “www.Foo.com”."""
    if not word[0].isupper():
        return False
    if stop != "." or opening:
        return True
    last = before.split()[-1] if before.split() else ""
    starter = len(word) > 1 and word.casefold() in STARTERS
    plain = starter or _PLAIN_END.search(last) is not None
    return plain and _ADDRESS.search(last) is None


def _abbreviated(before: str, word: str) -> bool:
    """Whether the full stop after `before` belongs to an abbreviation, an initial or a list number."""
    if _ENUMERATOR.search(before):
        return True
    match = _WORD.search(before)
    last = match[0].casefold() if match else ""
    dotted = _DOTTED.search(before)
    joined = re.sub(r"\s", "", dotted[0]).casefold() if dotted else last
    if last in BEFORE_NAME or joined in BEFORE_NAME:
        return True
    if last in BEFORE_NUMBER and (word[0].isdigit() or re.fullmatch("[IVXLC]+", word)):
        return True
    if last in OFTEN_LAST or joined in OFTEN_LAST:
        return False
    initials = dotted is not None and dotted[0].isupper()
    return initials and word.casefold() not in STARTERS


def _gaps(text: str) -> Iterator[int]:
    """Wide runs of spaces, which a flattened page leaves between its parts."""
    for gap in _GAP.finditer(text):
        if not text[gap.end() : gap.end() + 1].islower():
            yield gap.end()


def _breaks(text: str) -> Iterator[int]:
    """Line breaks that are borders: blank lines, and those where prose was not merely wrapped."""
    left = 0
    for blank in _BLANK_LINE.finditer(text):
        yield from _breaks_within(text, left, blank.start())
        yield blank.end()
        left = blank.end()
    yield from _breaks_within(text, left, len(text))


def _breaks_within(text: str, start: int, end: int) -> Iterator[int]:
    lines = text[start:end].split("\n")
    width = max(len(line.rstrip()) for line in lines)
    offset = start
    for line, following in pairwise(lines):
        offset += len(line) + 1
        if not _wrapped(line.rstrip(), following.strip(), width):
            yield offset


def _wrapped(line: str, following: str, width: int) -> bool:
    """Whether `line` broke off only because the next word did not fit."""
    if not line or not following or _LIST_ITEM.match(following) or _RULE.fullmatch(line):
        return False
    if following[0].islower():
        return True
    if _SIGNED.match(following) or (_LABELLED.match(line) and _LABELLED.match(following)):
        return False
    fits = len(line) + 1 + len(following.split(None, 1)[0]) <= width - _WRAP_SLACK
    heading = line.isupper() and not following.isupper()
    return width in _WRAP_WIDTH and not fits and not heading


def bounded(text: str, span: Span) -> Iterator[Span]:
    """A span in parts of at most LONGEST characters, cut at clause borders or spaces where there are any."""
    start = span.start
    while span.end - start > LONGEST:
        cut = _cut(text, start, start + LONGEST)
        yield _trimmed(text, start, cut)
        visible = _VISIBLE.search(text, cut)
        start = visible.start() if visible else span.end
    yield Span(start, span.end)


def _cut(text: str, start: int, limit: int) -> int:
    """The best place to cut in the second half of `start`–`limit`: a clause border, a space, or `limit`."""
    half = (start + limit) // 2
    clauses = [clause.end() for clause in _CLAUSE.finditer(text, half, limit)]
    if clauses:
        return clauses[-1]
    space = max(text.rfind(" ", half, limit), text.rfind("\n", half, limit))
    return space if space > half else limit


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a block. `span` holds what it says, without the sign of an item before it.

    `extent` reaches to the borders of the block where the unit is its first or its last, and to the label before it
    where the block is a turn.
    """

    block: Block
    span: Span
    extent: Span

    @property
    def opens(self) -> bool:
        """Whether its block begins with it."""
        return self.extent.start <= self.block.span.start

    @property
    def closes(self) -> bool:
        """Whether its block ends with it."""
        return self.extent.end == self.block.span.end


def units_of(text: str, block: Block, before: int | None = None) -> list[Unit]:
    """The units of a block, in order: none is longer than LONGEST; of white space there are none.

    `before` is where the block before it ends. Between them may stand who speaks: a label that tells an office,
    “GOBERNADORA DE LOMAS, ANA RUIZ”, is a unit as well.
    """
    spans = list(_spans(text, block))
    label = _label(text, block, block.span.start if before is None else before)
    starts = [label.start if label else block.span.start, *(span.start for span in spans[1:])]
    ends = [*(span.end for span in spans[:-1]), block.span.end]
    units = [Unit(block, span, Span(*extent)) for span, *extent in zip(spans, starts, ends, strict=False)]
    return [Unit(block, label, label), *units] if label and units and _OFFICE in block.speaker else units


def _label(text: str, block: Block, before: int) -> Span | None:
    """The speaker's name between two blocks, if that is where it stands; with brackets in it or without."""
    if not block.speaker:
        return None
    gap = text[before : block.span.start].rstrip(_BEHIND_LABELS)
    line = gap[gap.rfind("\n") + 1 :].lstrip()
    if is_label(line, block.speaker):
        return Span(before + len(gap) - len(line), before + len(gap))
    start = text.rfind(block.speaker, before, block.span.start)
    return Span(start, start + len(block.speaker)) if start >= 0 else None


def _spans(text: str, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.CODE:
        return _lines(text, block.span)
    sentences = [_moved(span, block.span.start) for span in split_sentences(block.span.of(text))]
    if block.kind in _WHOLE and sentences:
        return bounded(text, Span(sentences[0].start, sentences[-1].end))
    return iter(sentences)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        words = line.strip()
        if words:
            begins = start + len(line) - len(line.lstrip())
            yield from bounded(text, Span(begins, begins + len(words)))
        start += len(line)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def with_what_it_needs(text: str, sentence: Span, previous: Span) -> Span:
    """The sentence, with the previous one if it leans on that: a pronoun, a quotation cut in two.

    Pass the sentence itself as `previous` where there is none.
    """
    joined = Span(previous.start, sentence.end)
    leans = previous != sentence and _refers_back(sentence.of(text))
    return joined if leans and joined.end - joined.start <= _LONGEST_PAIR else sentence


def leans_back(sentence: str) -> bool:
    """Whether a sentence goes on from the one before, so that alone it says less: “Pero eso no es todo.”"""
    return _refers_back(sentence) or _CONNECTIVE.match(sentence) is not None


def speaks_of_others(sentence: str) -> bool:
    """Whether a sentence opens with a word for somebody or something named before: “Dicha reunión…”, “Su hermano…”."""
    return _SPEAKS_OF_OTHERS.match(sentence) is not None


def rests_on_others(sentence: str) -> bool:
    """Whether what a sentence says is about what was named before it: “De ellos, dos…”, “Sus tres objetivos…”."""
    return _RESTS_ON_OTHERS.match(sentence) is not None


def closes_more(sentence: str) -> bool:
    """Whether a quotation that ends here began before."""
    return any(sentence.count(closing) > sentence.count(opening) for opening, closing in _PAIRS)


def opens_more(sentence: str) -> bool:
    """Whether a quotation that begins here goes on behind."""
    return any(sentence.count(opening) > sentence.count(closing) for opening, closing in _PAIRS)


def _refers_back(sentence: str) -> bool:
    return _REFERS_BACK.match(sentence) is not None or closes_more(sentence)
