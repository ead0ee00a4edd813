"""Fields of a request that a server may not know: sent until it refuses them, and never again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.llms.choice import EngineChoice, reasons
from assistant.settings import Settings


@dataclass(slots=True)
class RequestOptions:
    """What every request to one server carries, and which names of fields it has refused."""

    common: Mapping[str, Any] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)

    def attempts(self, own: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The fields to try a request with: the common ones and its `own`, then without its own, then none."""
        common, own = self._known(self.common), self._known(own)
        tries = [{**common, **own}, common, {}]
        return [fields for place, fields in enumerate(tries) if fields not in tries[:place]]

    def give_up(self, tried: Mapping[str, Any], taken: Mapping[str, Any]) -> None:
        """Send no more what was tried in vain before the server took a request."""
        self._refused.update(tried.keys() - taken.keys())

    def _known(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if name not in self._refused}


def options_of(settings: Settings, choice: EngineChoice) -> RequestOptions:
    """What the settings have a server's model told with each request; nothing for any other engine."""
    if choice.name != "openai":
        return RequestOptions()
    thinks = reasons(settings.model)
    effort = settings.reasoning_effort or ("low" if thinks and settings.openai_url() is None else None)
    limit = "max_completion_tokens" if thinks else "max_tokens"
    given = {limit: settings.reply_tokens, **({} if effort is None else {"reasoning_effort": effort})}
    return RequestOptions({**given, **settings.model_options})
