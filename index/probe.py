"""Tries whether a Chroma folder can be opened and asked; run as a process of its own.

    python -m index.probe FOLDER

Ends with status 0 if it can. A broken folder may end the process by a signal instead.
"""

import sys
from pathlib import Path

import numpy as np

from index.vectors import open_collection


def main(folder: Path) -> None:
    """Read what a broken segment would fail on: the count, the vectors, and the nearest to one of them."""
    collection = open_collection(folder)
    stored = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if collection.count() and stored is not None and len(stored):
        collection.query(query_embeddings=np.asarray(stored[:1], np.float32), n_results=10)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
