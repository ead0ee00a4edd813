"""Makes the state that e5 usually gives to a token, from which the bits of token states are counted.

    python -m benchmarks.usual_state ../shared/eval/reading

The mean over Spanish sources of contexts (encyclopaedia, medicine) of the states of their tokens, of length 1 each,
searched as the product searches them, behind their title; written to `index/embed/e5/usual_state.npy`. It is part of
the engine's identity: change CODEC with it.
"""

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import unit
from index.embed.e5 import engine
from index.embed.e5.tokenizer import open_tokenizer

SOURCES = ("squad-es", "xquad-es", "casimedicos")
# Contexts of each source, and characters of a context that are read.
_READ, _LENGTH = 60, 800


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the usual state of a token.")
    parser.add_argument("reading", type=Path, help="the folder with contexts.jsonl")
    texts = _texts(parser.parse_args().reading / "contexts.jsonl")
    usual = np.mean([_mean_state(texts[source]) for source in SOURCES], axis=0)
    print(f"length of the usual state: {np.linalg.norm(usual):.3f}")
    np.save(engine.USUAL_STATE, usual.astype(np.float16))


def _texts(contexts: Path) -> dict[str, list[str]]:
    """Some contexts of each source behind their titles."""
    texts: dict[str, list[str]] = defaultdict(list)
    with contexts.open(encoding="utf-8") as lines:
        for context in map(json.loads, lines):
            above = f"{context['title']} › " if context.get("title") else ""
            texts[context["source"]].append(above + context["text"][:_LENGTH])
    draw = random.Random(5)
    return {source: draw.sample(texts[source], min(_READ, len(texts[source]))) for source in SOURCES}


def _mean_state(texts: list[str]) -> NDArray[np.float32]:
    e5, tokenizer = engine.open_e5(), open_tokenizer()
    ids = tokenizer.ids([f"passage: {text}" for text in texts])
    mean: NDArray[np.float32] = np.concatenate([unit(e5.token_states(i)[1:-1]) for i in ids]).mean(axis=0)
    return mean


if __name__ == "__main__":
    main()
