"""The graph is built once and kept in a cache folder, behind the hash of its bytes."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

_DIGEST_BYTES = hashlib.sha256().digest_size
_log = logging.getLogger(__name__)


def default_cache() -> Path:
    """The user's cache folder for Hemeroteca; on Linux it follows XDG_CACHE_HOME."""
    return user_cache_path("hemeroteca", appauthor=False)


def cached(path: Path, build: Callable[[], bytes]) -> bytes:
    """The content kept at `path`, or what `build` returns, which is then kept.

    A file that is cut or altered is built anew. Processes that build at the same time each rename a whole
    file into place. A folder that cannot be written costs a warning and a build every time, nothing more.
    """
    content = _read(path)
    if content is None:
        content = build()
        _write(path, content)
    return content


def _read(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("The cached model %s cannot be read (%s); it is built again.", path, error)
        return None
    digest, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        _log.warning("The cached model %s is damaged; it is built again.", path)
        return None
    return content


def _write(path: Path, content: bytes) -> None:
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            temporary = Path(file.name)
            file.write(hashlib.sha256(content).digest())
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        _log.warning("The model cannot be kept at %s (%s); it will be built at every start.", path, error)
        if temporary is not None:
            temporary.unlink(missing_ok=True)
