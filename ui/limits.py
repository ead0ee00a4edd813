"""How much may be asked, and how much embedded: of all together by a line, of each user by the minute."""

from dataclasses import dataclass

from assistant.settings import Settings
from ui.access.rates import Rate
from ui.access.visitor import Visitor, Way
from ui.line import Line, Place

_MINUTE = 60
# Each batch keeps every processor busy by itself; a second one so that nobody's keeps all others out.
EMBEDDING_AT_ONCE = 2


class TooOften(Exception):
    """A user asks more often than allowed; may ask again in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one server."""

    line: Line
    rate: Rate

    def join(self, visitor: Visitor) -> Place:
        """A place in the line for one request. Raises Busy, Crowding and TooOften.

        Where no one is asked for a name, all are one reader at this machine, whose rate is not limited.
        """
        limited = visitor.way is not Way.OPEN
        if limited and (seconds := self.rate.wait(visitor.user)):
            raise TooOften(seconds)
        place = self.line.join(visitor.user if limited else "")
        if limited:
            self.rate.count(visitor.user)  # now, since a busy server must not use up anyone's questions
        return place


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings make for questions."""
    return Limits(
        Line(settings.answers_at_once, settings.answers_waiting, settings.answers_each),
        Rate(settings.questions_per_minute, _MINUTE),
    )


def embedding_limits_of(settings: Settings) -> Limits:
    """The limits that the settings make for programs that have texts embedded."""
    return Limits(
        Line(EMBEDDING_AT_ONCE, settings.answers_waiting, settings.answers_each),
        Rate(settings.embeddings_per_minute, _MINUTE),
    )
