"""The account of an answer being written: sentences judged, citations given out, sentences left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.answer import AnswerSentence, Citation, Evidence, Verified
from assistant.prove.facts import judge
from assistant.prove.markers import split_markers
from assistant.prove.proof import Proof, Similarity, proof_of
from assistant.prove.strict import judge_strictly
from assistant.prove.verdicts import Judged, Reason, Verdict
from prompts import phrase

NO_ANSWER = "NO_ANSWER"
# A bare marker or bullet says nothing.
_WORD = re.compile(r"\w")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence as it was written, markers included, and what was wrong with it."""

    text: str
    verdict: Verdict


@dataclass
class Ledger:
    """Judges each written sentence by what it cites. Citations are numbered as they are first used.

    What invents is left out, what is merely unproved is marked; of a model that `is_strict` both are left out, and
    its sentences are held to the words of the evidence. What `question` names may be named.
    """

    language: str
    evidence: Sequence[Evidence]
    similarity: Similarity | None = None
    question: str = ""
    is_strict: bool = False
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: dict[int, Citation] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    refused: bool = False
    unknown_markers: int = 0

    def settle(self, sentence: str) -> Verified | None:
        """Judge one sentence; None if it says nothing new, is a refusal or is left out."""
        if NO_ANSWER in sentence:
            self.refused = True
            return None
        bullet = _BULLET.match(sentence)
        marked = split_markers(sentence[bullet.end() :] if bullet else sentence)
        if not _WORD.search(marked.text) or any(marked.text == said.text for said in self.sentences):
            return None
        known = self._known(marked.markers)
        verdict = self._judge(marked.text, known)
        self.judged.append(Judged(marked.text, marked.markers, verdict))
        if verdict.is_left_out or (self.is_strict and not verdict.is_proved):
            self.fail(sentence, verdict)
            return None
        return self._accept(marked.text, bullet is not None, known, verdict)

    def fail(self, sentence: str, verdict: Verdict) -> None:
        """Note that a sentence may not be shown."""
        self.failed.append(Failed(sentence, verdict))

    def break_off(self, sentence: str) -> None:
        """Note a sentence that the model did not finish."""
        self.fail(sentence, Verdict(Reason.CUT, is_left_out=True))

    def _known(self, markers: Sequence[int]) -> list[int]:
        self.unknown_markers += sum(marker not in self._by_number for marker in markers)
        return [marker for marker in markers if marker in self._by_number]

    def _judge(self, text: str, cited: Sequence[int]) -> Verdict:
        proofs = [self._proofs[number] for number in cited]
        others = [proof for number, proof in self._proofs.items() if number not in cited]
        verdict = judge(
            text,
            self.language,
            proofs,
            others=others,
            question=self.question,
            similarity=self.similarity,
        )
        return (
            judge_strictly(text, self.language, proofs) if self.is_strict and verdict.is_proved else verdict
        )

    def _accept(self, text: str, is_point: bool, cited: Sequence[int], verdict: Verdict) -> Verified:
        new = [number for number in cited if number not in self.citations]
        for number in new:
            self.citations[number] = _citation(len(self.citations) + 1, self._by_number[number])
        markers = tuple(self.citations[number].marker for number in cited)
        sentence = AnswerSentence(text, markers, doubt=reason_told(verdict, self.language), point=is_point)
        self.sentences.append(sentence)
        return Verified(sentence, tuple(self.citations[number] for number in new))

    @cached_property
    def _by_number(self) -> dict[int, Evidence]:
        return {item.number: item for item in self.evidence}

    @cached_property
    def _proofs(self) -> dict[int, Proof]:
        return {number: proof_of(item) for number, item in self._by_number.items()}


def reason_told(verdict: Verdict, language: str) -> str:
    """Why a sentence is not proved, in words; empty if it is."""
    if verdict.reason is None:
        return ""
    return phrase(f"dropped_{verdict.reason}", language, detail=verdict.detail)


def _citation(marker: int, item: Evidence) -> Citation:
    return Citation(marker, item.quote, item.span.start, item.span.end, item.document, also=item.also)
