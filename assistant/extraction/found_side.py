"""What was found of one side of a comparison."""

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
