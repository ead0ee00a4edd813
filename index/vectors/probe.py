"""Tries whether a Chroma folder can be opened and finds what it holds; run as a process of its own.

    python -m index.vectors.probe FOLDER

Ends with status 0 if it can. A broken folder may end the process by a signal instead.
"""

import sys
from pathlib import Path

import chromadb
import numpy as np

from index.vectors.chroma import open_collection
from index.vectors.folder import COLLECTION, open_client

_BATCH = 500
# Asking for so many takes some ten seconds; of more vectors, this many are tried.
_MOST = 20_000


def main(folder: Path) -> int:
    """Ask for each stored vector, or for an even sample: each must be found. Returns the exit status."""
    collection = open_collection(open_client(folder), COLLECTION)
    ids = collection.get(include=[])["ids"]
    sample = ids[:: len(ids) // _MOST + 1]
    found = all(_finds(collection, sample[at : at + _BATCH]) for at in range(0, len(sample), _BATCH))
    return 0 if found else 1


def _finds(collection: "chromadb.Collection", ids: list[str]) -> bool:
    stored = collection.get(ids=ids, include=["embeddings"])["embeddings"]
    if stored is None or len(stored) != len(ids):
        return False
    answers = collection.query(
        query_embeddings=np.asarray(stored, np.float32), n_results=1, include=["distances"]
    )
    return all(nearest and nearest[0] < 0.01 for nearest in answers["distances"] or [])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
