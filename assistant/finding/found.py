"""What was found for a question, whatever was looked for."""

from dataclasses import dataclass

from assistant.answer import Evidence, Searched
from assistant.extraction.found_side import FoundSide
from assistant.finding.retrieval import Candidate


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, best first, with the probability that it answers, and the days that were searched for it.

    `candidates` are the chunks that the evidence was chosen from, best first. `sides` are those of a
    comparison, whose evidence is `evidence` together; none of any other question. `in_points` says that
    the question wants all of it: what happened on a day, what somebody said. `others` counts the documents that
    a list of them leaves out; None where no such list is asked for.
    """

    evidence: tuple[Evidence, ...]
    confidence: float
    searched: Searched | None
    candidates: tuple[Candidate, ...] = ()
    sides: tuple[FoundSide, ...] = ()
    in_points: bool = False
    others: int | None = None
