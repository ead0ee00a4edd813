"""Indexes an archive on a cluster and kills itself, with SIGKILL; run as a process of its own.

    python -m tests.index.cluster.driver FOLDER ADDRESS COUNT

The process dies when it has stored COUNT documents.
"""

import sys
from dataclasses import replace
from pathlib import Path

from index.cluster.pipeline import RayPipeline
from index.sync.indexer import Progress, Step
from tests.archives import TestArchive
from tests.crashing import Bomb
from tests.embedders import HashEmbedder


def main(folder: Path, address: str, count: int) -> None:
    bomb = Bomb(Step.STORED, count)

    def progress(step: Progress) -> None:
        bomb.reach(step.step)

    archive = TestArchive(folder)
    pipeline = RayPipeline(address, HashEmbedder, archive.embedder)
    replace(archive.builder(progress), pipeline=pipeline).sync()
    archive.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
