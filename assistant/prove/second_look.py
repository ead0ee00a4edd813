"""A second look by the model: does each sentence say what the pieces say that it cites?

The judge of facts knows inventions; a negation dropped, an actor swapped or a number of another thing it does not. One
short call hands the model the sentences with their pieces; what it does not answer in the form asked changes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.prove.verdicts import Reason
from prompts import render

_OPINION = re.compile(r"^\W{0,4}(\d{1,4})\W{1,4}(SUPPORTED|ABSENT|CONTRADICTED)\b", re.MULTILINE)
_REASONS = {"ABSENT": Reason.NOT_SAID, "CONTRADICTED": Reason.CONTRADICTED}
_LONGEST_PIECE = 1500  # characters of one piece that are looked at


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence by its number, and what it cites: each piece with its date and title before it."""

    number: int
    text: str
    pieces: tuple[str, ...]


def second_look_prompt(claims: Sequence[Claim], question: str, language: str) -> str:
    """What the model is asked about the sentences."""
    told = "\n\n".join(_told(claim) for claim in claims)
    return render("second_look", language, question=question, claims=told)


def opinions_of(reply: str, claims: Sequence[Claim]) -> dict[int, Reason]:
    """Why sentences are doubted, by their numbers; those that are supported or not spoken of are not in it."""
    numbers = {claim.number for claim in claims}
    opinions = {int(number): _REASONS.get(opinion) for number, opinion in _OPINION.findall(reply)}
    return {number: reason for number, reason in opinions.items() if reason is not None and number in numbers}


def _told(claim: Claim) -> str:
    pieces = "\n".join(f"  > {piece[:_LONGEST_PIECE]}" for piece in claim.pieces)
    return f"{claim.number}. {claim.text}\n{pieces}"
