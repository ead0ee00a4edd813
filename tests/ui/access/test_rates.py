from ui.access.throttle import Rate


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_too_often_waits_until_the_first_is_past() -> None:
    clock = Clock()
    rate = Rate(2, 60, clock)
    for moment in (0, 10):
        clock.seconds = 1000.0 + moment
        assert rate.wait("ana") == 0
        rate.count("ana")
    assert rate.wait("ana") == 50
    clock.seconds = 1060.0
    assert rate.wait("ana") == 0
    rate.count("ana")
    assert rate.wait("ana") == 10


def test_each_name_has_its_own_count_and_can_be_forgiven() -> None:
    rate = Rate(1, 60, Clock())
    rate.count("ana")
    assert rate.wait("ana") == 60
    assert rate.wait("luis") == 0
    rate.forget("ana")
    assert rate.wait("ana") == 0


def test_names_without_number_do_not_fill_the_memory() -> None:
    rate = Rate(1, 60, Clock())
    for n in range(10_050):
        rate.count(str(n))
    assert rate.wait("0") == 0
    assert rate.wait("10049") == 60
