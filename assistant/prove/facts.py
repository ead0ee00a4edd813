"""The judge of facts: quotations, dates, numbers and names of a sentence, certain and at once.

Whether the sentence also says of them what its evidence says is not judged here: that is the second look's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.prove.dates import missing_dates
from assistant.prove.names import missing_names
from assistant.prove.proof import Proof, Similarity
from assistant.prove.quantities import missing_numbers
from assistant.prove.quotations import missing_quotations
from assistant.prove.verdicts import Reason, Verdict
from index.language.terms import words


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
