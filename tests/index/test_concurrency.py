import threading
from collections.abc import Iterator

import pytest

from index.concurrency import Ahead


def test_items_come_in_their_order() -> None:
    with Ahead(iter(range(50))) as items:
        assert list(items) == list(range(50))


def test_an_item_is_made_while_the_one_before_is_used() -> None:
    made = threading.Semaphore(0)

    def source() -> Iterator[int]:
        for number in range(3):
            made.release()
            yield number

    with Ahead(source()) as items:
        assert next(items) == 0
        for _ in range(2):
            assert made.acquire(timeout=30)


def test_what_the_source_raises_is_raised_in_its_place() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with Ahead(source()) as items:
        assert next(items) == 1
        with pytest.raises(ValueError, match="broken"):
            next(items)


def test_leaving_early_ends_the_thread() -> None:
    before = threading.active_count()
    with Ahead(iter(range(1_000_000))) as items:
        next(items)
    assert threading.active_count() == before
