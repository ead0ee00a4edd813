"""The time that the stages of an answer take."""

from time import monotonic, time

from assistant.answer import Timings


class Stopwatch:
    """Runs from its making. `began` is that moment in seconds since the epoch."""

    def __init__(self) -> None:
        self.began = time()
        self._start = self._lap = monotonic()
        self._spent: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note what the stage that ends now has taken since the one before it; `stage` is a name of Timings."""
        now = monotonic()
        self._spent[stage] = 1000 * (now - self._lap)
        self._lap = now

    def first(self) -> None:
        """Note that the reader sees the first sentence now, if none came before."""
        self._spent.setdefault("first", self._since_start())

    def timings(self) -> Timings:
        """What was noted, and the time since the start."""
        return Timings(**self._spent, total=self._since_start())

    def _since_start(self) -> float:
        return 1000 * (monotonic() - self._start)
