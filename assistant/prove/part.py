"""A piece of a reply as it was written, which is judged by itself, and what is thought of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Form
from assistant.inline import plain_text
from assistant.prove.proof import Verdict
from index.document import BlockKind
from prompts import phrase

CELL_BAR = " | "
"""What stands between the cells of a row; a bar within a cell has a stroke before it."""

_CELLS = re.compile(r"(?<!\\)[ ]\|[ ]")
# “No.”, “Sí.”, “Yes, indeed.”
_MOST_OPENING_WORDS = 2
_LEADS = re.compile(r":[*_`]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, item, row or piece of code as a model wrote it, its markers apart.

    `text` is as in AnswerSentence; it is empty for markers that stand alone. `written` is it with its markers, as a
    person would copy it.
    """

    text: str
    markers: tuple[int, ...]
    form: Form
    written: str

    @property
    def words(self) -> str:
        """The words alone; the cells of a row with colons between, as what is told of a thing."""
        match self.form.kind:
            case BlockKind.CODE:
                return self.text
            case BlockKind.ROW:
                return f"{': '.join(map(plain_text, cells_of(self.text)))};"
            case _:
                return plain_text(self.text)

    @property
    def is_title(self) -> bool:
        """Whether it is a heading or the head of a table, whose words may all have capitals."""
        return self.form.kind is BlockKind.HEADING or (self.form.kind is BlockKind.ROW and self.form.opens)

    @property
    def introduces(self) -> bool:
        """Whether it only says what comes: a title, a lead-in, a bare yes or no."""
        if self.is_title or self.is_lead:
            return True
        is_prose = self.form.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        is_short = len(self.text.split()) <= _MOST_OPENING_WORDS and self.text.endswith((".", "!"))
        return is_prose and is_short and self.text[:-1].replace(" ", "").replace(",", "").isalpha()

    @property
    def is_lead(self) -> bool:
        """Whether it leads in a list, a table or code."""
        return self.form.kind is not BlockKind.CODE and _LEADS.search(self.text) is not None


def cells_of(row: str) -> list[str]:
    """The Markdown of each cell of a row."""
    return [cell.replace(r"\|", "|") for cell in _CELLS.split(row)]


@dataclass(slots=True)
class Entry:
    """A part in the order of writing, the numbers of the evidence it rests on, and what is thought of it.

    `is_bare` tells one that needs no citation, since what it introduces or what is missing from the documents has
    none of its own; those of one `block` stand in one paragraph; `mended` is what was written anew in its place.
    """

    part: Part
    cited: tuple[int, ...]
    verdict: Verdict
    is_bare: bool = False
    is_gap: bool = False
    block: int = 0
    mended: "Entry | None" = None

    @property
    def is_introduction(self) -> bool:
        """Whether it only leads to what comes, and cites nothing."""
        return self.is_bare and self.part.introduces


def reason_told(verdict: Verdict, language: str) -> str:
    """Why a sentence is not proved, in words; empty if it is."""
    if verdict.reason is None:
        return ""
    return phrase(f"dropped_{verdict.reason}", language, detail=verdict.detail)


def is_cited_with(each: Part, part: Part) -> bool:
    """Whether the markers of `part` are those of `each` before it as well: of one paragraph, or of code."""
    if each.form.kind is BlockKind.CODE:
        return True
    return not part.form.opens and part.form.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def is_under(part: Part, heading: Part) -> bool:
    """Whether a part is an item nested in another."""
    kinds = {part.form.kind, heading.form.kind}
    return kinds == {BlockKind.ITEM} and part.form.level > heading.form.level


def without_idle(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without titles and lead-ins that nothing follows any more."""
    remaining: list[Entry] = []
    for entry in reversed(entries):
        following = remaining[-1].part if remaining else None
        is_idle = entry.is_introduction and _is_idle(entry.part, following)
        remaining += [] if is_idle else [entry]
    return remaining[::-1]


def _is_idle(part: Part, following: Part | None) -> bool:
    if following is None or (part.form.kind is BlockKind.ROW and following.form.kind is not BlockKind.ROW):
        return True
    if following.form.kind is not BlockKind.HEADING:
        return False
    return part.form.kind is not BlockKind.HEADING or following.form.level <= part.form.level
