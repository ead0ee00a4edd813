"""What blocks are to each other: heading paths and lead-ins, from their order; the turns of a transcript, by labels."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.document import Block, BlockKind, Span
from index.language.terms import BEFORE_NAME, words

# “(INICIA VIDEO)”, “(ENLACE TELEFÓNICO)”
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ASKERS = frozenset(
    words(
        "pregunta preguntas interlocutor interlocutora reportero reportera reporteros periodista periodistas "
        "prensa entrevistador entrevistadora question questions reporter journalist press interviewer "
        "pergunta jornalista repórter journaliste"
    )
)
_PARTICLES = frozenset(
    "de del al la las los el lo y e o u a en con por para es of the and in for da do".split()
)
# “S.A.”, “CNT”
_ACRONYM = re.compile(r"(?:[A-ZÑ]\.)+[A-ZÑ]|[B-DF-HJ-NP-TV-XZÑ]{3,5}")
# “director general”, and not “director General”.
_RANK = re.compile(
    r"^\w+(?: (?:General|Nacional|Federal|Ejecutiv[oa]|Adjunt[oa]|Interin[oa]|Executive|National)\b)*"
)

_INTRODUCED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE})


# Offices are long: “DIRECTOR GENERAL DEL INSTITUTO DE SEGURIDAD Y SERVICIOS SOCIALES DE LOS TRABAJADORES …, ANA RUIZ”.
_LONGEST_LABEL = 240
_MOST_NAME_WORDS = 8
_FEWEST_TURNS = 3
# Of the labels of a transcript so many come back, and of the blocks between them so many are said by somebody.
_LEAST_REPEATED = 0.3
_LEAST_SENTENCES = 0.6
_LEAST_LABELLED = 0.4
# Where so many turns go on over paragraphs, the last one does too.
_OFTEN = 0.3
_TIME = r"[\[(]?(?P<time>\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,3})?)?(?:[ \t]?[ap]\.?[ \t]?m\.?)?)[\])]?"
_LETTERS = r"[^\n:.;!?¿¡|\t\"()\[\]\d*_]"
_NAME = (
    rf"(?![\d_\W]){_LETTERS}{{2,120}}+(?:\.[ \t-]{_LETTERS}{{1,120}}+){{0,3}}(?:\([^()\n\d]{{1,80}}\)[ \t]*)?"
)
_INLINE = re.compile(
    rf"[*_]{{0,3}}(?:{_TIME}[ \t]*[-–—]?[ \t]*)?(?P<label>{_NAME})(?:[(\[](?P<later>\d[^()\[\]\n]{{1,11}})[)\]])?"
    rf"(?:[*_]{{0,3}}[ \t]*:|\.[-–—]+)[*_]{{0,3}}[ \t\n]+",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]{2,8}\. )?[^\n:.a-zà-öø-ÿ\d]{3,240}")
# “(INICIA VIDEO)”, “(ENLACE TELEFÓNICO)”
_ASIDE = re.compile(r"(?<!\s)\s*+\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]*_]*$")
_SAID = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE})
_LABELLED = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM})


def is_label(text: str, label: str) -> bool:
    """Whether `text` is nothing but a speaker's label, be there brackets in it or not."""
    return bool(label) and words(_IN_BRACKETS.sub("", text)) == words(label)


def asks(label: str) -> bool:
    """Whether a speaker is there to ask, as the press is: “PREGUNTA”, “REPORTERA”."""
    return bool(_ASKERS & set(words(label)))


def is_particle(word: str) -> bool:
    """Whether a word stands in names without a capital: “de”, “y”."""
    return word.lower() in _PARTICLES


def speaker_name(label: str) -> str:
    """A label as prose has it: “SECRETARIA DE SALUD, ANA RUIZ” is “Ana Ruiz, secretaria de Salud”."""
    office, _, name = recased(label).rpartition(", ")
    return f"{name}, {_RANK.sub(lambda rank: rank[0].lower(), office)}" if office else name


def recased(capitals: str) -> str:
    """Words in capitals as a title: “ANA DE LA RUIZ” is “Ana de la Ruiz”; acronyms stay as they are."""
    said = [word.lower() if is_particle(word) else _capitalized(word) for word in capitals.split()]
    return " ".join([*(_capitalized(word) for word in said[:1]), *said[1:]])


def _capitalized(word: str) -> str:
    bare = word.strip(".,;")
    acronym = _ACRONYM.fullmatch(bare) and bare.casefold() not in BEFORE_NAME
    return word if acronym else word.capitalize()


def structured(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of `text`, in reading order, with their `headings` and `lead` filled in.

    A list, a table or a piece of code is introduced by the paragraph right before it if that ends with a colon;
    a piece of code also by any other. A turn is introduced by the question of another that it replies to.
    """
    path: dict[int, str] = {}
    before: Block | None = None
    lead: Span | None = None
    complete = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            path = {level: title for level, title in path.items() if level < block.level}
        headings = tuple(title for _, title in sorted(path.items()))
        if block.kind is BlockKind.HEADING:
            path[block.level] = " ".join(block.span.of(text).split())
        if before is None or before.kind is not block.kind or block.kind is BlockKind.TURN:
            lead = _lead_in(text, before, block, lead)
        is_bare = not headings and lead is None and not block.headings and block.lead is None
        complete.append(block if is_bare else replace(block, headings=headings, lead=lead))
        before = block
    return tuple(complete)


def _lead_in(text: str, before: Block | None, block: Block, lead: Span | None) -> Span | None:
    """The lead-in of a run of blocks that begins with `block`; code within a list keeps the list's."""
    if block.kind is BlockKind.TURN:
        return _question_before(text, before, block, lead)
    if block.kind not in _INTRODUCED or before is None:
        return None
    if before.kind in _INTRODUCED:
        introduces = block.kind is not BlockKind.ITEM and before.span.of(text).endswith(":")
        return before.span if before.kind is BlockKind.ITEM and introduces else lead
    if before.kind is not BlockKind.PARAGRAPH:
        return None
    introduces = block.kind is BlockKind.CODE or before.span.of(text).rstrip().endswith(":")
    return before.span if introduces else None


def _question_before(text: str, before: Block | None, turn: Block, lead: Span | None) -> Span | None:
    """The question that a turn replies to; who goes on speaking still does."""
    if before is None or before.kind is not BlockKind.TURN:
        return None
    if before.speaker == turn.speaker:
        return lead
    is_question = asks(before.speaker) or before.span.of(text).rstrip("\"'”’»)*_ \n").endswith(("?", "？"))
    return before.span if is_question else None


@dataclass(frozen=True, slots=True)
class _Label:
    """The label that a block begins with: who, when, where the words begin; `is_line` if it is all of the block."""

    speaker: str
    time: str
    words: int
    is_line: bool


def with_turns(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document, those of a transcript as turns: what is said without its label, and who says it."""
    if any(block.kind is BlockKind.TURN for block in blocks):
        return tuple(blocks)
    labels = _in_one_style(
        {place: label for place, block in enumerate(blocks) if (label := _label(text, block))}
    )
    if not _is_transcript(text, blocks, labels):
        return tuple(blocks)
    return structured(text, _turns(blocks, labels))


def _label(text: str, block: Block) -> _Label | None:
    if block.kind not in _LABELLED:
        return None
    words = text[block.span.start : min(block.span.end, block.span.start + 2 * _LONGEST_LABEL)]
    if block.span.end - block.span.start <= _LONGEST_LABEL and _is_line(words):
        return _Label(_bare(words), "", block.span.end, is_line=True)
    inline = _INLINE.match(words)
    if inline is None or not _is_name(inline["label"]) or inline.end() == len(words):
        return None
    return _Label(
        _bare(inline["label"]),
        inline["time"] or inline["later"] or "",
        block.span.start + inline.end(),
        is_line=False,
    )


def _in_one_style(labels: dict[int, _Label]) -> dict[int, _Label]:
    """The labels of a document; where capitals on lines of their own call the speakers, “Preguntarle:” does not."""
    if sum(label.is_line for label in labels.values()) * 2 <= len(labels):
        return labels
    return {place: label for place, label in labels.items() if label.is_line or label.speaker.isupper()}


def _is_line(words: str) -> bool:
    return _CAPITALS.fullmatch(words) is not None and sum(map(str.isalpha, words)) > 2


def _bare(label: str) -> str:
    return " ".join(_ASIDE.sub("", label).strip(" -–—\t*_").split())


def _is_name(label: str) -> bool:
    """Whether every word that counts begins with a capital, as in names and offices."""
    if label.isupper():
        return len(label) <= _LONGEST_LABEL
    words = [word for word in _bare(label).replace(",", " ").split() if not is_particle(word)]
    if len(words) == 1 and asks(label):
        return True
    return 0 < len(words) <= _MOST_NAME_WORDS and all(word[0].isupper() for word in words)


def _is_transcript(text: str, blocks: Sequence[Block], labels: dict[int, _Label]) -> bool:
    """Whether the labels are speakers. Fields of records, headings in capitals and levels of a log are not."""
    if len(labels) < _FEWEST_TURNS:
        return False
    counts = Counter(label.speaker for label in labels.values())
    repeated = sum(count for count in counts.values() if count > 1)
    timed = sum(bool(label.time) for label in labels.values())
    if len(counts) < 2 or (repeated < _LEAST_REPEATED * len(labels) and timed < len(labels)):
        return False
    between = max(labels) - min(labels) + 1
    are_lines = sum(label.is_line for label in labels.values()) * 2 > len(labels)
    if len(labels) < _LEAST_LABELLED * between and not are_lines:
        return False
    return _is_dialogue(text, blocks, labels, are_lines) and not _cycle(labels)


def _is_dialogue(text: str, blocks: Sequence[Block], labels: dict[int, _Label], are_lines: bool) -> bool:
    """Whether what stands behind the labels is said: in sentences, by people, with a question among them."""
    said = [
        text[label.words : blocks[place].span.end] for place, label in labels.items() if not label.is_line
    ]
    sentences = sum(_SENTENCE_END.search(words[-12:]) is not None for words in said)
    if said and sentences < _LEAST_SENTENCES * len(said) and not any(label.time for label in labels.values()):
        return False
    speakers = {label.speaker for label in labels.values()}
    if any(map(asks, speakers)) or any("?" in words for words in said):
        return True
    if are_lines:
        repeated = Counter(label.speaker for label in labels.values())
        return any("," in speaker and count > 1 for speaker, count in repeated.items())
    return any(" " in speaker for speaker in speakers)


def _cycle(labels: dict[int, _Label]) -> bool:
    """Whether the labels come round in one order, three or more of them, as the fields of records do."""
    order = [label.speaker for label in labels.values()]
    length = len(dict.fromkeys(order))
    return (
        length > 2
        and len(order) >= 2 * length
        and all(order[i] == order[i % length] for i in range(len(order)))
    )


def _turns(blocks: Sequence[Block], labels: dict[int, _Label]) -> Iterator[Block]:
    """The blocks, each label and what is said below it put together to a turn."""
    last = len(blocks) if _often_goes_on(blocks, labels) else max(labels)
    turn: Block | None = None
    for place, block in enumerate(blocks):
        label = labels.get(place)
        if label is None and turn and block.kind in _SAID and place <= last:
            turn = replace(turn, span=Span(turn.span.start, block.span.end))
            continue
        if turn:
            yield turn
        turn = _begun(block, label) if label else None
        if label is None:
            yield block
    if turn:
        yield turn


def _begun(block: Block, label: _Label) -> Block:
    """A turn as its label begins it. A label on a line of its own says who somebody is, and stays in the turn."""
    start = block.span.start if label.is_line else label.words
    return Block(BlockKind.TURN, Span(start, block.span.end), speaker=label.speaker, time=label.time)


def _often_goes_on(blocks: Sequence[Block], labels: dict[int, _Label]) -> bool:
    following = [
        place
        for place, label in labels.items()
        if place + 1 < len(blocks) and place + 1 not in labels and blocks[place + 1].kind in _SAID
    ]
    lines = any(label.is_line for label in labels.values())
    return lines or len(following) > _OFTEN * len(labels)
