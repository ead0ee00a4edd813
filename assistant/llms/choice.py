"""Which engine answers, whether the text it is given leaves this machine, and the LlamaIndex model behind it.

Choosing opens nothing. Retries are off in what is opened: `calls` owns them.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import SplitResult, urlsplit

from assistant.errors import SettingsError
from assistant.llms import local
from assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Destination:
    """A host that text is sent to, and the model there."""

    host: str
    model: str


def embedding_destination(settings: Settings) -> Destination | None:
    """Where documents and questions are embedded; None if that is on this machine."""
    if settings.embedding != "openai":
        return None
    url = settings.embedding_base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL
    host = host_beyond(urlsplit(url))
    return None if host is None else Destination(host, settings.embedding_model)


def host_beyond(url: SplitResult) -> str | None:
    """The host and port of a URL, without a user's name and password; None if it is this machine."""
    return None if is_loopback(url) else url.netloc.rpartition("@")[2]


def is_loopback(url: SplitResult) -> bool:
    """Whether the URL's host is this machine."""
    host = url.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


# Models of OpenAI's that reason take no temperature but 1.
_REASONING = re.compile(r"(?:.*/)?(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*chat)")


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What will write answers. `destination` is the host that text is sent to; None if it stays here.

    `most_characters` is how much it is shown. One that `reads_passages` is shown whole passages, words its own
    searches and decides whether they answer; any other the first `most_evidence` sentences that were found: a small
    model blends what it reads, and reads slowly. `repair` says whether sentences that failed are asked
    for anew, which a small model does in vain, `literal` that it is to keep to the words of the evidence: what a small
    model says in its own is too often something else.
    """

    name: Literal["extractive", "openai", "local"]
    model: str | None = None
    destination: str | None = None
    reads_passages: bool = False
    most_evidence: int = 8
    most_characters: int = 8000
    repair: bool = True
    literal: bool = False


def choose_engine(settings: Settings) -> EngineChoice:
    """The engine that `settings` ask for; `auto` takes a model server if there is a key or URL, else extraction.

    The local model is taken only by its name: it says no more of the answers than extraction does, a hundred times
    more slowly (benchmarks/README.md).

    Raises SettingsError when the engine asked for lacks its key, its URL or its packages.
    """
    match settings.engine:
        case "extractive":
            return EngineChoice("extractive")
        case "openai":
            return _openai(settings)
        case "local":
            return _local(settings)
        case "auto":
            return _openai(settings) if _has_server(settings) else EngineChoice("extractive")


def _openai(settings: Settings) -> EngineChoice:
    if not _has_server(settings):
        raise SettingsError(
            "The openai engine needs a key or a server: set OPENAI_API_KEY, or HEMEROTECA_BASE_URL to that "
            "of an OpenAI-compatible server; or set HEMEROTECA_ENGINE=extractive to answer without a model."
        )
    url = server_url(settings)
    return EngineChoice(
        "openai",
        settings.model,
        host_beyond(url),
        reads_passages=True,
        most_characters=settings.prompt_characters,
    )


def _local(settings: Settings) -> EngineChoice:
    if not _has_local(settings):
        raise SettingsError("The local engine is not installed: run pip install 'hemeroteca[local]'.")
    model = local.NAME if settings.local_model is None else settings.local_model.stem
    return EngineChoice("local", model, most_evidence=4, most_characters=1000, repair=False, literal=True)


def _has_server(settings: Settings) -> bool:
    return bool(settings.openai_key() or settings.openai_url())


def server_url(settings: Settings) -> SplitResult:
    """The model server's URL, split. Raises SettingsError when it is not an http(s) URL."""
    given = settings.openai_url() or OPENAI_URL
    url = urlsplit(given)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingsError(
            f"HEMEROTECA_BASE_URL is “{given}”: it must be a whole URL, such as http://localhost:11434/v1."
        )
    return url


def reasons(model: str) -> bool:
    """Whether a model of this name thinks before it writes."""
    return _REASONING.match(model) is not None


def _has_local(settings: Settings) -> bool:
    """Whether llama.cpp is installed and has a model, without importing it."""
    has_model = settings.local_model is not None or local.parts_installed()
    return find_spec("xllamacpp") is not None and has_model


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


# Servers that ask for no key still need the header to be well-formed.
_NO_KEY = "none"


def open_llm(settings: Settings, choice: EngineChoice) -> "LLM | None":
    """The model behind `choice`, ready to stream; None for extraction.

    The local model is loaded by its first opening, in seconds. Raises SettingsError when the server's
    URL or the model cannot be used, EngineFailed when the local model cannot be loaded.
    """
    match choice.name:
        case "extractive":
            return None
        case "openai":
            return _open_server(settings)
        case "local":
            return local.open_local(settings)


def _open_server(settings: Settings) -> "LLM":
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS
    from llama_index.llms.openai_like import OpenAILike

    common = _common_options(settings)
    try:
        if settings.openai_url() is None and settings.model in ALL_AVAILABLE_MODELS:
            return OpenAI(**common)
        return OpenAILike(**common, is_chat_model=True)
    except ValueError as error:
        raise SettingsError(
            f"The model {settings.model} is not one that chats: set HEMEROTECA_MODEL to another."
        ) from error


def _common_options(settings: Settings) -> dict[str, Any]:
    from assistant.llms.openai_client import client_options

    url = server_url(settings)
    key = settings.openai_key() or _NO_KEY
    return {
        "model": settings.model,
        "temperature": 1.0 if reasons(settings.model) else 0.0,
        **client_options(url.geturl(), key, settings.deadline, loopback=is_loopback(url)),
    }
