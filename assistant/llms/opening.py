"""Open the LlamaIndex model that an engine choice names. Retries are off here: `calls` owns them."""

from typing import TYPE_CHECKING, Any

from assistant.destinations import is_loopback
from assistant.errors import SettingsError
from assistant.llms.choice import EngineChoice, reasons, server_url
from assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

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
            from assistant.llms.local import open_local

            return open_local(settings)


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
    from assistant.llms.clients import client_options

    url = server_url(settings)
    key = settings.openai_key() or _NO_KEY
    return {
        "model": settings.model,
        "temperature": 1.0 if reasons(settings.model) else 0.0,
        **client_options(url.geturl(), key, settings.deadline, loopback=is_loopback(url)),
    }
