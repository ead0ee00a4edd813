"""What readers may hold at once, all together and each."""

import pytest
from starlette.types import Scope

from ui.access.throttle import Shares, TooMuch, sender
from ui.access.visitor import Visitor, Way


def scope(visitor: Visitor | None, address: str = "203.0.113.9") -> Scope:
    return {"type": "http", "client": (address, 1), "state": {} if visitor is None else {"visitor": visitor}}


def test_what_one_holds_is_bounded_and_comes_back() -> None:
    shares = Shares(10, 4)
    with shares.held("ana", 3):
        with pytest.raises(TooMuch), shares.held("ana", 2):
            pass
        with shares.held("luis", 4):
            pass
    with shares.held("ana", 4):
        pass


def test_what_all_hold_is_bounded() -> None:
    shares = Shares(5, 4)
    with shares.held("ana", 4), pytest.raises(TooMuch), shares.held("luis", 2):
        pass


def test_readers_and_keys_are_counted_by_name_and_all_others_by_address() -> None:
    assert sender(scope(Visitor("ana", Way.SESSION))) == "ana"
    assert sender(scope(Visitor("ana", Way.KEY))) == "key:ana"
    assert sender(scope(None)) == sender(scope(Visitor("", Way.OPEN))) == ":203.0.113.9"
    assert sender(scope(None, "198.51.100.1")) != sender(scope(None))
