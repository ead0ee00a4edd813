"""How much longer something takes of twice as much, on a machine that does other work too."""

from collections.abc import Callable

_TRIES = 5


def least(seconds: Callable[[int], float], size: int) -> float:
    """The least of a few measurements at one size: what else the processor did in between only adds."""
    return min(seconds(size) for _ in range(_TRIES))
