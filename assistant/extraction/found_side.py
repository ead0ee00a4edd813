"""What was found for an answer that is told in points: a side of a comparison, a list."""

from dataclasses import dataclass

from assistant.answer import Evidence


@dataclass(frozen=True, slots=True)
class FoundSide:
    """The evidence of a side; none where the documents do not speak of it.

    `of_days` says that the label is a date, and the evidence what was published then; `published`, whether
    anything was.
    """

    label: str
    evidence: tuple[Evidence, ...]
    of_days: bool = False
    published: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """What is said around a list that is whole as it was found: how many there are, and that there are more.

    `lines` are points without quotes, such as a count a month. The evidence of a `verbatim` one is quoted as it stands.
    """

    opening: str = ""
    lines: tuple[str, ...] = ()
    closing: str = ""
    verbatim: bool = False
