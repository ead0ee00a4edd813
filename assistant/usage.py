"""What an answer cost: the tokens that a model read and wrote, and their price where one is configured."""

from collections.abc import Sequence

from assistant.answer import Usage
from assistant.llms.record import ModelCall
from assistant.settings import Settings

_PRICED_TOKENS = 1_000_000


def usage_of(calls: Sequence[ModelCall], settings: Settings) -> Usage | None:
    """The sum of the calls; None if no model was called. A call whose server tells no tokens counts none."""
    if not calls:
        return None
    tokens_in = sum(call.tokens_in or 0 for call in calls)
    tokens_out = sum(call.tokens_out or 0 for call in calls)
    return Usage(len(calls), tokens_in, tokens_out, _cost(tokens_in, tokens_out, settings))


def _cost(tokens_in: int, tokens_out: int, settings: Settings) -> float | None:
    if settings.price_in is None and settings.price_out is None:
        return None
    price = tokens_in * (settings.price_in or 0.0) + tokens_out * (settings.price_out or 0.0)
    return price / _PRICED_TOKENS
