"""Whose page a session is: Gradio knows a page by a number that the page makes up, and asks nobody who sends it."""

from collections import OrderedDict
from collections.abc import Callable

from ui.readers import Reader

MOST = 5000
MOST_OF_ONE = 300  # of a user, or of an address


class PageSessions:
    """Binds each session to the reader who came with it first. To be used within one event loop.

    At most `most` are known, and `most_of_one` of one user or address; those that are not idle stay. `forget` is told
    of a session that is not known any more.
    """

    def __init__(
        self,
        is_idle: Callable[[str], bool],
        forget: Callable[[str], None],
        most: int = MOST,
        most_of_one: int = MOST_OF_ONE,
    ) -> None:
        self._is_idle, self._forget = is_idle, forget
        self._most, self._most_of_one = most, most_of_one
        self._readers: OrderedDict[str, Reader] = OrderedDict()

    def claim(self, session: str, reader: Reader) -> bool:
        """Whether a session is the reader's, who gets it if it is nobody's yet."""
        if session not in self._readers:
            self._make_room(reader)
            self._readers[session] = reader
        return self.belongs(session, reader)

    def belongs(self, session: str, reader: Reader) -> bool:
        """Whether the reader has that session."""
        if self._readers.get(session) != reader:
            return False
        self._readers.move_to_end(session)
        return True

    def payer(self, session: str) -> str | None:
        """Whom limits count what the session does to."""
        reader = self._readers.get(session)
        return None if reader is None else reader.payer

    def of(self, reader: Reader) -> list[str]:
        """The sessions of all whom limits count as one with the reader, the one used longest ago first."""
        return [session for session, other in self._readers.items() if other.payer == reader.payer]

    def forget_idle(self, reader: Reader, but: str) -> None:
        """Forget the reader's sessions in which nothing goes on, apart from one."""
        for session in self.of(reader):
            if session != but and self._is_idle(session):
                self._drop(session)

    def _make_room(self, reader: Reader) -> None:
        own = self.of(reader)
        if len(own) >= self._most_of_one:
            self._drop_first(own)
        elif len(self._readers) >= self._most:
            self._drop_first(list(self._readers))

    def _drop_first(self, sessions: list[str]) -> None:
        oldest = next(filter(self._is_idle, sessions), None)
        if oldest is not None:
            self._drop(oldest)

    def _drop(self, session: str) -> None:
        del self._readers[session]
        self._forget(session)
