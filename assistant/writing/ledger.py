"""The account of an answer being written: sentences proved, citations given out, sentences that failed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import AnswerSentence, Citation, Evidence, Verified
from assistant.writing.checks.proof import Similarity, proof_of
from assistant.writing.citations import Reason, Verdict, judge, split_markers

NO_ANSWER = "NO_ANSWER"
# A bare marker or bullet says nothing.
_WORD = re.compile(r"\w")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence as it was written, markers included, and what was wrong with it."""

    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence without its markers, the numbers of the evidence that it cited, and the verdict on it."""

    text: str
    cited: tuple[int, ...]
    verdict: Verdict


@dataclass(slots=True)
class Ledger:
    """Judges each written sentence against the evidence. Citations are numbered as they are first used.

    What a sentence repeats from `question` must stand in the evidence too; `literal` as in `judge`.
    """

    language: str
    evidence: Sequence[Evidence]
    similarity: Similarity | None = None
    question: str = ""
    literal: bool = False
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: dict[int, Citation] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    refused: bool = False
    unknown_markers: int = 0

    def settle(self, sentence: str) -> Verified | None:
        """Judge one sentence; None if it says nothing new, is a refusal or is not supported."""
        if NO_ANSWER in sentence:
            self.refused = True
            return None
        bullet = _BULLET.match(sentence)
        marked = split_markers(sentence[bullet.end() :] if bullet else sentence)
        if not _WORD.search(marked.text) or any(marked.text == said.text for said in self.sentences):
            return None
        verdict, proving = self._prove(marked.text, self._known(marked.markers))
        self.judged.append(Judged(marked.text, marked.markers, verdict))
        if not verdict.supported:
            self.fail(sentence, verdict)
            return None
        return self._accept(AnswerSentence(marked.text, point=bullet is not None), proving)

    def fail(self, sentence: str, verdict: Verdict) -> None:
        """Note that a sentence may not be shown."""
        self.failed.append(Failed(sentence, verdict))

    def break_off(self, sentence: str) -> None:
        """Note a sentence that the model did not finish."""
        self.fail(sentence, Verdict(Reason.CUT))

    def _known(self, markers: Sequence[int]) -> list[Evidence]:
        by_number = {item.number: item for item in self.evidence}
        self.unknown_markers += sum(marker not in by_number for marker in markers)
        return [by_number[marker] for marker in markers if marker in by_number]

    def _prove(self, text: str, cited: list[Evidence]) -> tuple[Verdict, list[Evidence]]:
        """The verdict on what is cited, or where that fails, the one other sentence that proves the text."""
        verdict = self._judge(text, cited)
        if verdict.supported:
            return verdict, cited
        others = [item for item in self.evidence if item not in cited]
        proving = next((item for item in others if self._judge(text, [item]).supported), None)
        return (verdict, []) if proving is None else (Verdict(), [proving])

    def _judge(self, text: str, cited: list[Evidence]) -> Verdict:
        proofs = [proof_of(item) for item in cited]
        return judge(
            text,
            self.language,
            proofs,
            question=self.question,
            similarity=self.similarity,
            literal=self.literal,
        )

    def _accept(self, written: AnswerSentence, proving: list[Evidence]) -> Verified:
        new = [item for item in proving if item.number not in self.citations]
        for item in new:
            self.citations[item.number] = _citation(len(self.citations) + 1, item)
        markers = tuple(self.citations[item.number].marker for item in proving)
        sentence = replace(written, citations=markers)
        self.sentences.append(sentence)
        return Verified(sentence, tuple(self.citations[item.number] for item in new))


def _citation(marker: int, item: Evidence) -> Citation:
    return Citation(marker, item.quote, item.span.start, item.span.end, item.document, also=item.also)
