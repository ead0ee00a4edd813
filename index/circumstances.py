"""The circumstances of a run: a file that was read in others may be read differently though it is the same."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from index.errors import Outside, UnreadableDocument
from index.readers import ocr


class Circumstances:
    """What files may depend on from the outside, as it is on a day."""

    def __init__(self, today: date) -> None:
        self._today = today

    @cached_property
    def _languages(self) -> frozenset[str]:
        # Asks a program of the system, which a run without scanned pages is spared.
        try:
            return ocr.languages()
        except UnreadableDocument:
            # A program that fails reads nothing; the files that need it say so.
            return frozenset()

    def written(self, depends: Iterable[Outside]) -> str:
        """These circumstances for the ledger, as far as a file depends on them; empty if it does not."""
        return " ".join(f"{outside}:{'+'.join(sorted(self._now(outside)))}" for outside in sorted(depends))

    def still(self, written: str) -> bool:
        """Whether a file that was read in the circumstances that are `written` need not be read again.

        A language that is gone is no reason to; and what a busy machine may have caused is tried once a day.
        """
        entries = (entry.split(":", 1) for entry in written.split())
        return all(self._now(Outside(outside)) <= set(then.split("+")) for outside, then in entries)

    def _now(self, outside: Outside) -> frozenset[str]:
        return self._languages if outside is Outside.OCR else frozenset({self._today.isoformat()})
