"""The reader's trained weights as a file of about 9 MB: the upper layers in int8, and three heads."""

import hashlib
import io
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed.e5.weights import Int8
from index.errors import EmbeddingFailed

_FILE, _HASH = "weights.npz", "weights.sha256"

BUNDLED = Path(__file__).parent
"""Where the weights lie that come with the product."""


class WeightsDamaged(EmbeddingFailed):
    """The file of weights is missing, cut or altered."""


class TrainedWeights:
    """Weights by name, as training named them: `l6.q.w`, `l6.aln.b`, `part`, `span.w`.

    They are unpacked when the first is asked for: where the graph is cached, none is.
    """

    def __init__(self, content: bytes) -> None:
        """`content` is what `packed` made."""
        self._content = content
        self.identity = hashlib.sha256(content).hexdigest()[:16]

    @cached_property
    def _arrays(self) -> dict[str, NDArray[Any]]:
        """All of them. Raises WeightsDamaged."""
        try:
            with np.load(io.BytesIO(self._content), allow_pickle=False) as arrays:
                return dict(arrays)
        except (ValueError, OSError, EOFError) as error:
            raise WeightsDamaged(
                f"The reader's weights cannot be read ({error}); reinstall Hemeroteca."
            ) from error

    def int8(self, name: str, outputs: int, inputs: int) -> Int8:
        """The matrix of a linear map."""
        matrix = Int8(self._arrays[name], self._arrays[f"{name}.scales"])
        if matrix.codes.shape != (outputs, inputs):
            raise WeightsDamaged(f"The reader's weights {name} have another shape; reinstall Hemeroteca.")
        return matrix

    def vector(self, name: str) -> NDArray[np.float32]:
        """A vector, or a small matrix that is kept as it is."""
        vector: NDArray[np.float32] = self._arrays[name].astype(np.float32)
        return vector


def kept_weights(folder: Path) -> TrainedWeights:
    """The weights that `keep` wrote. Raises WeightsDamaged unless they have the hash that stands beside them."""
    try:
        content, known = (folder / _FILE).read_bytes(), (folder / _HASH).read_text(encoding="ascii").strip()
    except OSError as error:
        raise WeightsDamaged(
            f"The reader's weights cannot be read ({error}); reinstall Hemeroteca."
        ) from error
    if hashlib.sha256(content).hexdigest() != known:
        raise WeightsDamaged(f"The reader's weights in {folder} were cut or altered; reinstall Hemeroteca.")
    return TrainedWeights(content)


def packed(trained: dict[str, NDArray[np.float32]]) -> bytes:
    """The file of weights: matrices of layers in int8, all else in half precision."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, values in trained.items():
        if name.startswith("l") and values.ndim == 2:
            matrix = Int8.of(values)
            arrays[name], arrays[f"{name}.scales"] = matrix.codes, matrix.scales
        else:
            arrays[name] = values.astype(np.float16)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def keep(content: bytes, folder: Path) -> None:
    """Write the file of weights and its hash into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_bytes(content)
    (folder / _HASH).write_text(hashlib.sha256(content).hexdigest() + "\n", encoding="ascii")
