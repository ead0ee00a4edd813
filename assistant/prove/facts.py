"""The judge of facts, certain and at once, and the second look by the model, which judges what is said of them.

Quotations, dates, numbers and names of a sentence are those of its evidence, or they are not. A negation dropped, an
actor swapped or a number of another thing the judge of facts does not know: one short call hands the model the
sentences with what they cite, and what it does not answer in the form asked changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.prove.dates import missing_dates
from assistant.prove.names import missing_names
from assistant.prove.numbers import missing_numbers
from assistant.prove.proof import Proof, Reason, Similarity, Verdict
from index.language.terms import words
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
    listing = "\n\n".join(_told(claim) for claim in claims)
    return render("second_look", language, question=question, claims=listing)


def opinions_of(reply: str, claims: Sequence[Claim]) -> dict[int, Reason]:
    """Why sentences are doubted, by their numbers; those that are supported or not spoken of are not in it."""
    numbers = {claim.number for claim in claims}
    opinions = {int(number): _REASONS.get(opinion) for number, opinion in _OPINION.findall(reply)}
    return {number: reason for number, reason in opinions.items() if reason is not None and number in numbers}


def _told(claim: Claim) -> str:
    pieces = "\n".join(f"  > {piece[:_LONGEST_PIECE]}" for piece in claim.pieces)
    return f"{claim.number}. {claim.text}\n{pieces}"


_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
_OMISSION = re.compile(r"\[?(?:…|\.\.\.)\]?")


def missing_quotations(claim: str, proofs: Sequence[Proof]) -> list[str]:
    """The quoted passages of `claim` whose words do not stand, in order, in a quote or around it."""
    texts = [_spaced(text) for proof in proofs for text in (proof.quote, proof.heading, proof.context)]
    quotations = [next(filter(None, match.groups())) for match in _QUOTED.finditer(claim)]
    return [quotation for quotation in quotations if not _stands(quotation, texts)]


def _stands(quotation: str, texts: Sequence[str]) -> bool:
    parts = (_spaced(part) for part in _OMISSION.split(quotation))
    return all(any(part in text for text in texts) for part in parts if part.strip())


def _spaced(text: str) -> str:
    """The words of a text with a space on either side, so that only whole words are found."""
    return f" {' '.join(words(text))} "


@dataclass(frozen=True, slots=True)
class _Lack:
    """A fact of a sentence that proofs do not give. It is certain where it could be nothing else than a fact."""

    reason: Reason
    detail: str
    is_certain: bool = True


def judge(
    sentence: str,
    language: str,
    cited: Sequence[Proof],
    *,
    others: Sequence[Proof] = (),
    question: str = "",
    similarity: Similarity | None = None,
    is_title: bool = False,
) -> Verdict:
    """Whether the facts of `sentence`, in `language` and without markers, are those of what it cites.

    Only what is `cited` may prove. A fact that stands in `others` alone leaves the sentence unproved; one that
    stands nowhere is invented, and the sentence is left out. What the `question` names may be named, and nothing more.
    `similarity` tells translated names. In a title all words may have capitals, so that no name can be told.
    """
    if not cited:
        return Verdict(Reason.NO_CITATION)
    naming = Proof("", language, context=question)

    def lacking(proofs: Sequence[Proof], compare: Similarity | None) -> list[_Lack]:
        lacks = _lacks(sentence, language, [*proofs, naming], compare)
        return [lack for lack in lacks if not (is_title and lack.reason is Reason.NAME)]

    lacks = lacking(cited, similarity)
    if not lacks:
        return Verdict()
    certain = [lack for lack in lacks if lack.is_certain]
    # Names of all the evidence are too many to compare one by one; a translated one is not certain anyway.
    # How certain a lack is depends on what is cited: others may be in another language.
    everywhere = lacking([*cited, *others], None) if certain and others else certain
    nowhere = {(lack.reason, lack.detail) for lack in everywhere}
    invented = next((lack for lack in certain if (lack.reason, lack.detail) in nowhere), None)
    worst = invented or lacks[0]
    return Verdict(worst.reason, worst.detail, is_left_out=invented is not None)


def _lacks(
    sentence: str, language: str, proofs: Sequence[Proof], similarity: Similarity | None
) -> Iterator[_Lack]:
    for quotation in missing_quotations(sentence, proofs):
        yield _Lack(Reason.QUOTATION, quotation)
    for date in missing_dates(sentence, language, proofs):
        yield _Lack(Reason.DATE, date)
    for number in missing_numbers(sentence, language, proofs):
        yield _Lack(Reason.NUMBER, number)
    for name in missing_names(sentence, language, proofs, similarity):
        yield _Lack(Reason.NAME, name.text, name.is_certain)


def judge_code(code: str, cited: Sequence[Proof]) -> Verdict:
    """Whether most lines of a piece of code have only words of what it cites; what is adapted is marked."""
    if not cited:
        return Verdict(Reason.NO_CITATION)
    known = {word for proof in cited for word in words(proof.whole)}
    lines = [line.strip() for line in code.splitlines() if words(line)]
    alien = [line for line in lines if not known.issuperset(words(line))]
    return Verdict(Reason.QUOTATION, alien[0]) if 2 * len(alien) > len(lines) else Verdict()
