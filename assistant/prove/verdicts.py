"""What is thought of a written sentence: proved, not proved by what it cites, or not to be shown."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a sentence is not proved; each has a phrase `dropped_<reason>`."""

    NO_CITATION = "no_citation"
    QUOTATION = "quotation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    LITERAL = "literal"
    ORDER = "order"
    NEGATION = "negation"
    CONTRADICTED = "contradicted"
    NOT_SAID = "not_said"
    LEANING = "leaning"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judging led to. `detail` is the words, number or name that the evidence lacks.

    A sentence that `is_left_out` invents or contradicts; another with a reason is shown, marked as unproved.
    """

    reason: Reason | None = None
    detail: str = ""
    is_left_out: bool = False

    @property
    def is_proved(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence without its markers, the numbers of the evidence that it cited, and the verdict on it."""

    text: str
    cited: tuple[int, ...]
    verdict: Verdict
