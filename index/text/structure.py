"""Heading paths and lead-ins of blocks, told from their order; and the labels that open each speaker's turn."""

import re
from collections.abc import Iterable
from dataclasses import replace

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
