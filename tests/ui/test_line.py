import asyncio

import pytest

from ui.line import Busy, Line, Place


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
