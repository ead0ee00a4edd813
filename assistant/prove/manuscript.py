"""The account of an answer being written: parts judged, citations given out, what is shown and what is left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Form, Verified
from assistant.prove.facts import Claim, judge, judge_code
from assistant.prove.part import Entry, Part, is_cited_with, is_under, reason_told, without_idle
from assistant.prove.proof import Judged, Proof, Reason, Similarity, Verdict, proof_of
from assistant.prove.strict import judge_strictly
from index.document import BlockKind
from index.language.terms import terms
from index.text.sentences import rests_on_others
from prompts import phrase

NO_ANSWER = "NO_ANSWER"
_GAP = re.compile(r"MISSING:\s*+(.*)", re.DOTALL)
_LISTED = (BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE)
# A closing sentence joins as many cited ones at least.
_FEWEST_JOINED = 2
# The share of a left-out sentence's words that one which stands in for it has.
_ENOUGH_SHARED = 0.3


@dataclass
class Manuscript:
    """Judges each written part by what it cites. Citations are numbered as they are first used.

    What invents is left out, what is merely unproved is marked; of a model that `is_strict` both are left out, and
    its sentences are held to the words of the evidence. What `question` names may be named. Nothing is shown before
    something is cited. `entries` are all parts; what a part without markers rests on is seen by what follows it.
    """

    language: str
    evidence: Sequence[Evidence]
    similarity: Similarity | None = None
    question: str = ""
    is_strict: bool = False
    entries: list[Entry] = field(default_factory=list)
    citations: dict[int, Citation] = field(default_factory=dict)
    refused: bool = False
    unknown_markers: int = 0
    _pending: list[Part] = field(default_factory=list)
    _held: list[Entry] = field(default_factory=list)
    _lead: tuple[int, ...] = ()
    _last: Entry | None = None

    def settle(self, part: Part) -> list[Verified]:
        """Judge one part; what can be shown now, which may be parts before it, and may be nothing."""
        if self.refused or self._is_repeated(part):
            return []
        if NO_ANSWER in part.text:
            self.refused = True
            return []
        if gap := _GAP.fullmatch(part.text):
            return [*self._flush(), *self._note_gap(gap[1], part)]
        cited = self._known(part.markers)
        if not part.text:
            return self._resolve(cited)
        if part.form.kind not in _LISTED:
            self._lead = ()
        if part.is_lead and cited:
            self._lead = cited
        rests_on = cited or (self._lead if part.form.kind in _LISTED and not part.is_title else ())
        if rests_on or part.markers:
            return [*self._before(part, rests_on), *self._enter(part, rests_on)]
        before = self._begun(part) if part.form.opens else []
        self._pending.append(part)
        return before

    def break_off(self, part: Part) -> None:
        """Note a part that the model did not finish."""
        self.entries.append(Entry(part, (), Verdict(Reason.CUT, is_left_out=True)))

    def close(self) -> list[Verified]:
        """What is still to be shown at the end: closing sentences, and what no citation followed."""
        closing = self._pending
        joined = self._joined()
        is_closing = (
            len(self._shown_with_citations()) >= _FEWEST_JOINED
            and bool(closing)
            and closing[0].form.opens
            and all(part.form.kind is BlockKind.PARAGRAPH for part in closing)
        )
        if is_closing:
            self._pending = []
            shown = [each for part in closing for each in self._enter_bare(part, joined)]
        else:
            shown = self._flush()
        self._let_go()
        return shown

    def inventions(self) -> list[Entry]:
        """What was left out and may be written anew."""
        return [e for e in self.entries if e.verdict.is_left_out and e.verdict.reason is not Reason.CUT]

    def mend(self, parts: Iterable[Part]) -> list[Verified]:
        """Put what was written anew in the place of what was left out, as far as it is proved."""
        shown: list[Verified] = []
        for part in parts:
            cited = self._known(part.markers)
            verdict = self._judge(part, cited)
            entry = self._like(part)
            if entry is not None and verdict.is_proved:
                mended = Part(part.text, part.markers, entry.part.form, part.written)
                entry.mended = Entry(mended, cited, verdict, block=entry.block)
                shown += self._show(entry.mended)
        return shown

    def claims(self) -> list[Claim]:
        """What a second look may look at: the proved sentences with the pieces that they cite."""
        return [
            Claim(place, " ".join(entry.part.words.split()), tuple(map(self._piece, entry.cited)))
            for place, entry in enumerate(self.shown, 1)
            if entry.cited and entry.verdict.is_proved and entry.part.form.kind is not BlockKind.CODE
        ]

    def review(self, opinions: Mapping[int, Reason]) -> None:
        """Take what a second look said of the claims, by their numbers: what is contradicted is struck."""
        for place, entry in enumerate(self.shown, 1):
            reason = opinions.get(place)
            if reason is not None and entry.verdict.is_proved:
                entry.verdict = Verdict(reason, is_left_out=reason is Reason.CONTRADICTED)
        for before, entry in pairwise(self.entries):
            is_alone = before.verdict.reason is Reason.CONTRADICTED and entry.verdict.is_proved
            if is_alone and rests_on_others(entry.part.words):
                entry.verdict = Verdict(Reason.LEANING)

    @property
    def shown(self) -> list[Entry]:
        """What the answer consists of, in order."""
        entries = [entry.mended or entry for entry in self.entries]
        held = set(map(id, self._held))
        remaining = [entry for entry in entries if not self._is_left_out(entry) and id(entry) not in held]
        return without_idle(remaining)

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """The sentences of the answer."""
        shown = self.shown
        return tuple(map(self._sentence, shown, [None, *shown]))

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What was left out and nothing stands in for."""
        return tuple(
            Dropped(entry.part.written, reason_told(entry.verdict, self.language))
            for entry in self.entries
            if entry.mended is None and self._is_left_out(entry)
        )

    @property
    def judged(self) -> tuple[Judged, ...]:
        """All that was judged, what was written anew behind what it stands in for."""
        entries = [each for entry in self.entries for each in (entry, entry.mended) if each is not None]
        return tuple(Judged(e.part.text, e.part.markers, e.verdict) for e in entries if not e.is_bare)

    def _before(self, part: Part, cited: tuple[int, ...]) -> list[Verified]:
        """Settle all that waited for this part, which rests on what it cites."""
        waiting, self._pending = self._pending, []
        return [
            shown
            for each in waiting
            for shown in (
                self._enter_bare(each, cited)
                if each.introduces or is_under(part, each)
                else self._enter(each, cited if is_cited_with(each, part) else ())
            )
        ]

    def _begun(self, part: Part) -> list[Verified]:
        """Settle the sentences of a paragraph that ended uncited, and what introduced them, when another begins."""
        ended = [
            place for place, each in enumerate(self._pending) if not (each.introduces or is_under(part, each))
        ]
        count = ended[-1] + 1 if ended else 0
        settled, self._pending = self._pending[:count], self._pending[count:]
        return [
            shown
            for each in settled
            for shown in (self._enter_bare if each.introduces else self._enter)(each, ())
        ]

    def _let_go(self) -> None:
        """At the end nothing is held any more: without a citation nothing is shown."""
        self._held = without_idle(self._held)
        self.refused = self.refused or (bool(self._held) and all(entry.is_gap for entry in self._held))
        for entry in self._held:
            reason = entry.verdict.reason or Reason.NO_CITATION
            entry.verdict = replace(entry.verdict, reason=reason, is_left_out=True)
        if self.refused:
            self.entries = [entry for entry in self.entries if not entry.is_gap]
        self._held = []

    def _resolve(self, cited: tuple[int, ...]) -> list[Verified]:
        """Give markers that stand alone to all that waits for some."""
        waiting, self._pending = self._pending, []
        return [
            shown
            for part in waiting
            for shown in (self._enter_bare if part.introduces else self._enter)(part, cited)
        ]

    def _flush(self) -> list[Verified]:
        """Settle all that waits, though nothing follows: an introduction goes, a sentence is unproved."""
        waiting, self._pending = self._pending, []
        return [shown for part in waiting if not part.introduces for shown in self._enter(part, ())]

    def _note_gap(self, missing: str, part: Part) -> list[Verified]:
        sentence = phrase("gap", self.language, what=missing.strip().rstrip("."))
        written = Part(sentence, (), Form(), part.written)
        return self._show_entry(Entry(written, (), Verdict(), is_bare=True, is_gap=True))

    def _enter(self, part: Part, cited: tuple[int, ...]) -> list[Verified]:
        return self._show_entry(Entry(part, cited, self._judge(part, cited)))

    def _enter_bare(self, part: Part, joined: tuple[int, ...]) -> list[Verified]:
        return self._show_entry(Entry(part, (), self._judge(part, joined, is_bare=True), is_bare=True))

    def _show_entry(self, entry: Entry) -> list[Verified]:
        last = self.entries[-1] if self.entries else None
        if (
            last is not None
            and self._is_left_out(last)
            and entry.verdict.is_proved
            and rests_on_others(entry.part.words)
        ):
            entry.verdict = Verdict(Reason.LEANING)
        entry.block = (last.block if last else 0) + entry.part.form.opens
        self.entries.append(entry)
        return [] if self._is_left_out(entry) else self._show(entry)

    def _show(self, entry: Entry) -> list[Verified]:
        """The entry to show, after those that were held: introductions for what they introduce, all for a citation."""
        self._held.append(entry)
        if entry.is_introduction or self._is_unsettled():
            return []
        ready, self._held = without_idle(self._held), []
        return [self._verified(each) for each in ready]

    def _is_unsettled(self) -> bool:
        """Whether nothing that is shown or held cites anything."""
        entries = (*self.entries, *self._held)
        return not any(entry.cited and not self._is_left_out(entry) for entry in entries)

    def _verified(self, entry: Entry) -> Verified:
        new = [number for number in entry.cited if number not in self.citations]
        for number in new:
            self.citations[number] = _citation(len(self.citations) + 1, self._by_number[number])
        before, self._last = self._last, entry
        return Verified(self._sentence(entry, before), tuple(self.citations[number] for number in new))

    def _sentence(self, entry: Entry, before: Entry | None) -> AnswerSentence:
        """The sentence as it stands behind the one `before`: the first of its block that is shown opens it."""
        part = entry.part
        opens = part.form.opens or (
            part.form.kind is not BlockKind.ROW and (before is None or before.block != entry.block)
        )
        markers = tuple(self.citations[number].marker for number in entry.cited if number in self.citations)
        doubt = reason_told(entry.verdict, self.language)
        form = replace(part.form, opens=opens)
        return AnswerSentence(part.text, markers, doubt, form.kind is BlockKind.ITEM, form, entry.is_gap)

    def _judge(self, part: Part, cited: Sequence[int], *, is_bare: bool = False) -> Verdict:
        proofs = [self._proofs[number] for number in cited]
        if is_bare and not proofs:
            # It may say nothing that could be wrong.
            proofs = [Proof("", self.language)]
        if part.form.kind is BlockKind.CODE:
            return judge_code(part.text, proofs)
        verdict = judge(
            f"{part.words}:" if part.is_title else part.words,
            self.language,
            proofs,
            others=[proof for number, proof in self._proofs.items() if number not in cited],
            question=self.question,
            similarity=self.similarity,
            is_title=part.is_title,
        )
        if self.is_strict and verdict.is_proved:
            return judge_strictly(part.words, self.language, proofs)
        return verdict

    def _is_left_out(self, entry: Entry) -> bool:
        return entry.verdict.is_left_out or (self.is_strict and not entry.verdict.is_proved)

    def _is_repeated(self, part: Part) -> bool:
        if part.form.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not part.text:
            return False
        return any(
            part.text == other.text for other in (*(entry.part for entry in self.entries), *self._pending)
        )

    def _piece(self, number: int) -> str:
        """A piece of evidence on one line, behind the date, the title and whoever says it."""
        proof = self._proofs[number]
        over = ["" if proof.date is None else proof.date.isoformat(), *proof.heading.splitlines()]
        return " ".join(f"({'; '.join(filter(None, over))}) {proof.quote}".split())

    def _known(self, markers: Sequence[int]) -> tuple[int, ...]:
        self.unknown_markers += sum(marker not in self._by_number for marker in markers)
        return tuple(marker for marker in markers if marker in self._by_number)

    def _shown_with_citations(self) -> list[Entry]:
        return [entry for entry in self.shown if entry.cited and entry.verdict.is_proved]

    def _joined(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for e in self._shown_with_citations() for number in e.cited))

    def _like(self, part: Part) -> Entry | None:
        """What a part stands in for: the left-out one with most of its words."""
        stems = set(terms(part.words, self.language))
        open_entries = [entry for entry in self.inventions() if entry.mended is None]
        shares = [
            len(stems & set(terms(e.part.words, self.language))) / (len(stems) or 1) for e in open_entries
        ]
        best = max(zip(shares, open_entries, strict=True), key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= _ENOUGH_SHARED else None

    @cached_property
    def _by_number(self) -> dict[int, Evidence]:
        return {item.number: item for item in self.evidence}

    @cached_property
    def _proofs(self) -> dict[int, Proof]:
        return {number: proof_of(item) for number, item in self._by_number.items()}


def _citation(marker: int, item: Evidence) -> Citation:
    return Citation(marker, item.quote, item.span.start, item.span.end, item.document, also=item.also)
