import pytest

from ui.access.throttle import Limits, Rate, TooOften
from ui.access.visitor import Visitor, Way
from ui.line import Busy, Line

ANA = Visitor("ana", Way.SESSION)


def test_a_question_that_found_no_place_does_not_count() -> None:
    limits = Limits(Line(1, 0), Rate(1, 60))
    place = limits.line.join()
    for _ in range(3):
        with pytest.raises(Busy):
            limits.join(ANA)
    limits.line.leave(place)
    limits.join(ANA)


def test_who_asks_too_often_is_told_so_and_takes_no_place() -> None:
    limits = Limits(Line(1, 1), Rate(1, 60))
    with limits.join(ANA), pytest.raises(TooOften) as told:
        limits.join(ANA)
    assert 0 < told.value.seconds <= 60
    assert limits.line.is_empty
