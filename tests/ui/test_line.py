import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.line import Busy, Crowding, Line, Place


async def stand(place: Place, seen: list[int]) -> None:
    with place:
        async for position in place.positions():
            seen.append(position)


async def until(seen: list[int], position: int) -> None:
    while position not in seen:
        await asyncio.sleep(0)


def test_who_joins_waits_for_a_turn_and_is_told_the_place() -> None:
    async def told() -> list[int]:
        line, seen = Line(1, 2, pause=0.001), list[int]()
        first, second, third = line.join(), line.join(), line.join()
        waiting = asyncio.ensure_future(stand(third, seen))
        await until(seen, 2)
        with first:
            await first.turn()
        await until(seen, 1)
        with second:
            await second.turn()
        await waiting
        assert line.is_empty
        return seen

    assert asyncio.run(told()) == [2, 1]


def test_a_turn_that_comes_between_two_tellings_is_taken_at_once() -> None:
    async def told() -> list[int]:
        line, seen = Line(1, 1, pause=3600), list[int]()
        first = line.join()
        waiting = asyncio.ensure_future(stand(line.join(), seen))
        await until(seen, 1)
        line.leave(first)
        await asyncio.wait_for(waiting, 60)
        return seen

    assert asyncio.run(told()) == [1]


def test_a_full_line_takes_nobody_more_until_a_place_is_given_back() -> None:
    async def fill() -> None:
        line = Line(2, 1)
        places = [line.join() for _ in range(3)]
        with pytest.raises(Busy):
            line.join()
        line.leave(places[2])
        assert line.join().position == 1
        line.leave(places[0])
        assert line.join().position == 1

    asyncio.run(fill())


def test_who_gives_up_while_waiting_lets_the_others_step_up() -> None:
    async def give_up() -> None:
        line = Line(1, 5)
        inside, second, third = line.join(), line.join(), line.join()
        seen: list[int] = []
        waiting = asyncio.ensure_future(stand(second, seen))
        await until(seen, 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert third.position == 1
        line.leave(inside)
        assert third.position == 0

    asyncio.run(give_up())


def test_nobody_holds_more_places_than_one_may_and_others_find_theirs() -> None:
    async def crowd() -> None:
        line = Line(4, 8, each=3)
        places = [line.join("ana") for _ in range(3)]
        assert [place.position for place in places] == [0, 0, 1], "half of those inside are kept for others"
        with pytest.raises(Crowding):
            line.join("ana")
        assert [line.join("luis").position for _ in range(2)] == [0, 0]
        line.leave(places[0])
        assert places[2].position == 0
        assert line.join("ana").position == 1

    asyncio.run(crowd())


def test_each_ones_first_question_stands_before_everybodys_second() -> None:
    async def stand_in_line() -> None:
        line = Line(2, 10)
        inside = [line.join(), line.join()]
        of_ana = [line.join("ana") for _ in range(3)]
        of_luis = [line.join("luis") for _ in range(2)]
        assert [place.position for place in of_ana] == [1, 3, 5]
        assert [place.position for place in of_luis] == [2, 4]
        for place in inside:
            line.leave(place)
        assert of_ana[0].position == of_luis[0].position == 0

    asyncio.run(stand_in_line())


@given(
    st.lists(st.tuples(st.sampled_from(["", "ana", "luis", "eva"]), st.booleans()), max_size=60),
    st.integers(1, 6),
)
def test_whatever_comes_and_goes_all_bounds_hold_and_nobody_waits_for_nothing(
    steps: list[tuple[str, bool]], at_once: int
) -> None:
    async def come_and_go() -> None:
        line, places = Line(at_once, 10, each=5), list[Place]()
        for name, leaves in steps:
            if leaves and places:
                line.leave(places.pop(0))
            else:
                with suppress(Busy):
                    places.append(line.join(name))
            inside = [place.name for place in places if place.position == 0]
            waiting = sorted(place.position for place in places if place.position)
            assert waiting == list(range(1, len(waiting) + 1))
            assert len(inside) <= at_once
            for each in ("ana", "luis", "eva"):
                assert inside.count(each) <= max(1, at_once // 2)
                assert sum(place.name == each for place in places) <= 5
            if len(inside) < at_once:
                assert "" not in [place.name for place in places if place.position]

    asyncio.run(come_and_go())


def test_a_closed_line_still_lets_in_who_stands_in_it() -> None:
    async def close() -> None:
        line = Line(1, 5)
        inside, waiting = line.join(), line.join()
        line.close()
        with pytest.raises(Busy):
            line.join()
        line.leave(inside)
        assert waiting.position == 0
        assert not line.is_empty
        line.leave(waiting)
        assert line.is_empty

    asyncio.run(close())
