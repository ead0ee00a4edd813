"""How the sentences of an answer become one text: Markdown, with the markers behind each."""

import re
from collections.abc import Sequence

from assistant.answer import AnswerSentence, Form
from assistant.prove.part import CELL_BAR, cells_of
from index.document import BlockKind

# Behind what is told and not proved, in any language.
UNPROVED = "[?]"
_TICKS = re.compile(r"`{3,}")
_INDENT = "    "


def join_sentences(sentences: Sequence[AnswerSentence], *, lines: bool = False) -> str:
    """The sentences as one text; `lines` puts each of them on its own line."""
    befores = (None, *sentences)
    return "".join(
        piece(sentence, before, lines=lines) for before, sentence in zip(befores, sentences, strict=False)
    )


def opening(caution: str) -> tuple[AnswerSentence, ...]:
    """Words of caution as the sentence that an answer begins with; none if there are none."""
    return (AnswerSentence(caution),) if caution else ()


def piece(sentence: AnswerSentence, before: AnswerSentence | None, *, lines: bool = False) -> str:
    """What `sentence` adds to a text that ends with the sentence `before`; None begins the text."""
    markers = [f"[{marker}]" for marker in sentence.citations] + [UNPROVED] * bool(sentence.doubt)
    if sentence.form is not None:
        joint = "" if before is None else _joint(sentence.form, before.form)
        return f"{joint}{_in_form(sentence.text, sentence.form, markers)}"
    said = " ".join([sentence.in_full, *markers])
    own_line = lines or sentence.point or (before is not None and before.point)
    joint = "" if before is None else "\n" if own_line else " "
    return f"{joint}- {said}" if sentence.point else f"{joint}{said}"


def _joint(form: Form, before: Form | None) -> str:
    is_same_list = before is not None and form.kind is before.kind is BlockKind.ITEM
    if form.kind is BlockKind.ROW:
        return "\n\n" if form.opens else "\n"
    if not form.opens:
        return " "
    return "\n" if is_same_list else "\n\n"


def _in_form(text: str, form: Form, markers: Sequence[str]) -> str:
    said = " ".join([text, *markers])
    match form.kind:
        case BlockKind.HEADING:
            return f"{'#' * form.level} {said}"
        case BlockKind.ITEM if form.opens:
            sign = "-" if form.number is None else f"{form.number}."
            return f"{_INDENT * (form.level - 1)}{sign} {said}"
        case BlockKind.ROW:
            head = f"\n|{'---|' * len(cells_of(text))}" if form.opens else ""
            return f"|{CELL_BAR[:1]}{said} |{head}"
        case BlockKind.CODE:
            fence = "`" * max([3, *(len(ticks) + 1 for ticks in _TICKS.findall(text))])
            behind = f"\n\n{' '.join(markers)}" if markers else ""
            return f"{fence}\n{text}\n{fence}{behind}"
        case _:
            return said
