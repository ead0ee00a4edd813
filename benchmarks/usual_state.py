"""Makes the state that e5 usually gives to a token, from which the bits of token states are counted.

    python -m benchmarks.usual_state

The mean over two kinds of text, the project's own document and its test sentences in the manner of the press in
several languages, of the states of their tokens, of length 1 each; written to `index/embed/e5/usual_state.npy`.
It is part of the engine's identity: change CODEC with it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import unit
from index.embed.e5 import engine
from index.embed.e5.tokenizer import E5Tokenizer
from index.embed.e5.weights import ModelFile, bundled_model
from tests.index.passages import NEWS

_DOCUMENTS = Path(__file__).parent.parent / "documents"
# Characters of a document that are read at once, about 200 tokens, and how often.
_READ, _TIMES = 800, 40


def main() -> None:
    kinds = ([part for file in sorted(_DOCUMENTS.glob("*.txt")) for part in _parts(file)], NEWS)
    usual = np.mean([_mean_state(texts) for texts in kinds], axis=0)
    print(f"length of the usual state: {np.linalg.norm(usual):.3f}")
    np.save(engine.USUAL_STATE, usual.astype(np.float16))


def _mean_state(texts: Sequence[str]) -> NDArray[np.float32]:
    e5, tokenizer = engine.open_e5(), E5Tokenizer(ModelFile(bundled_model()).vocabulary)
    ids = tokenizer.ids([f"passage: {text}" for text in texts])
    mean: NDArray[np.float32] = np.concatenate([unit(e5.token_states(i)[1:-1]) for i in ids]).mean(axis=0)
    return mean


def _parts(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    return [text[start : start + _READ] for start in range(0, len(text), _READ)][:_TIMES]


if __name__ == "__main__":
    main()
