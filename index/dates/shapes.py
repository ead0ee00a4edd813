"""What a temporal expression says before it is resolved: the grammar makes shapes, `resolve` reads them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from index.dates.calendar import Season, Unit
from index.dates.expressions import Grain, Interval


class Portion(Enum):
    """A vague or exact part of a period."""

    START = auto()
    MIDDLE = auto()
    END = auto()
    REST = auto()  # from the reference on
    ELAPSED = auto()  # up to the reference


class Bound(Enum):
    """Which side of a date is open."""

    SINCE = auto()
    UNTIL = auto()
    BEFORE = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date with parts missing: "23 de enero", "enero", "viernes 6", "2018".

    `side` is -1 for "pasado", 0 for "este", 1 for "próximo", None when nothing is said. `month_first` marks
    a numeric date that may be read in two orders.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    side: int | None = None
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance from the reference: "ayer" is (DAY, -1), "hace tres meses" (MONTH, -3)."""

    steps: tuple[tuple[Unit, int], ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """A whole unit, counted from the one of the reference: "la semana pasada" is (WEEK, -1).

    `relative` marks "anterior" and "siguiente", which count from another date of the text when there is one.
    """

    unit: Unit
    offset: int
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A number of units up to or from the reference: "los últimos tres meses" is (MONTH, -3).

    `whole` marks calendar units, "los dos meses pasados", where others are counted to the day.
    """

    unit: Unit
    count: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that needs no reference: a decade, a century."""

    interval: Interval
    grain: Grain


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day; `year` is a number or a shape that names a year."""

    name: str
    year: Shape | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """A season, of a year when it is said."""

    season: Season
    year: Shape | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """`count` units from the nth of a period: "la segunda semana de enero"; `nth` -1 counts from its end."""

    nth: int
    unit: Unit
    within: Shape | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """ "el primer viernes de marzo"; `nth` -1 is the last."""

    nth: int
    weekday: int
    within: Shape


@dataclass(frozen=True, slots=True)
class Part:
    """ "a mediados de mayo", "el resto del mes"."""

    portion: Portion
    within: Shape


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "la semana del 10 de abril"."""

    day: Shape


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """ "el miércoles de la semana que viene"."""

    weekday: int
    week: Shape


@dataclass(frozen=True, slots=True)
class MonthOf:
    """ "junio del próximo año", "el 21 de este mes": missing parts of a date, taken from a period."""

    date: Partial
    period: Shape


@dataclass(frozen=True, slots=True)
class Away:
    """ "dos días después de Navidad"."""

    steps: tuple[tuple[Unit, int], ...]
    origin: Shape


@dataclass(frozen=True, slots=True)
class Range:
    """From the start of one to the end of the other."""

    first: Shape
    last: Shape


@dataclass(frozen=True, slots=True)
class Open:
    """A period with an open end: "desde marzo"."""

    bound: Bound
    date: Shape


Shape = (
    Partial
    | Shift
    | Cycle
    | Window
    | Fixed
    | Holiday
    | SeasonOf
    | Nth
    | NthWeekday
    | Part
    | WeekOf
    | WeekdayOf
    | MonthOf
    | Away
    | Range
    | Open
)
