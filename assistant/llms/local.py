"""A llama.cpp model in this process, behind its own OpenAI-compatible server on the loopback.

The server makes one generation at a time, takes waiting ones in order, keeps the prompt's common prefix, and
stops when the connection closes; so the local model is called, timed and cancelled like any other.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import EngineFailed
from assistant.llms.clients import client_options
from assistant.llms.gguf import bundled_model
from assistant.settings import Settings

if TYPE_CHECKING:
    import xllamacpp
    from llama_index.core.llms import LLM

CONTEXT_TOKENS = 4096
LONGEST_ANSWER = 256
_CACHED_PROMPTS = 128  # MiB


@dataclass(frozen=True, slots=True)
class Running:
    """A loaded model: where it listens, and the key that only this process knows."""

    server: "xllamacpp.Server"
    url: str
    key: str


_running: dict[Path, Running] = {}
_loading = Lock()


def open_local(settings: Settings) -> "LLM":
    """The local model, loaded the first time it is asked for. Raises EngineFailed when it cannot be."""
    from llama_index.llms.openai_like import OpenAILike

    path = settings.local_model or bundled_model()
    running = serve(path)
    options: dict[str, Any] = {
        "model": path.stem,
        "temperature": 0.0,
        "max_tokens": LONGEST_ANSWER,
        "context_window": CONTEXT_TOKENS,
        **client_options(running.url, running.key, settings.deadline, loopback=True),
    }
    return OpenAILike(**options, is_chat_model=True)


def serve(model: Path | None) -> Running:
    """The server of a model file, of the bundled one if None: one a file, for as long as the process lives.

    Raises EngineFailed when the file cannot be loaded.
    """
    path = (model or bundled_model()).resolve()
    with _loading:
        if path not in _running:
            _running[path] = _start(path)
        return _running[path]


def _start(path: Path) -> Running:
    import xllamacpp

    if not path.is_file():
        raise EngineFailed(f"There is no model file {path}: check HEMEROTECA_LOCAL_MODEL.", transient=False)
    key = secrets.token_urlsafe(32)
    try:
        server = xllamacpp.Server(_parameters(path, key))
    except RuntimeError as error:
        raise EngineFailed(
            f"The model file {path} cannot be loaded: check that it is a whole GGUF file.", transient=False
        ) from error
    return Running(server, f"{server.listening_address}/v1", key)


def _parameters(path: Path, key: str) -> "xllamacpp.CommonParams":
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.offline = True
    # Prompts that were read before, 28 kB a token; 8 GB by default. The rules stay read when a follow-up is
    # rewritten, which has a prompt of its own, in between.
    parameters.cache_ram_mib = _CACHED_PROMPTS
    parameters.verbosity = -1
    # The threads of a generation wait for each other at every layer: on a busy machine of two cores one
    # thread wrote 4.7 tokens a second, two wrote 2.1. Reading a prompt gains from every core all the same.
    parameters.cpuparams.n_threads = max(1, (os.cpu_count() or 1) - 1)
    parameters.cpuparams_batch.n_threads = os.cpu_count() or 1
    return parameters
