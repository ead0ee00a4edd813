"""Indexes onto a disk that is full and then is not; run as a process that may mount at FOLDER/index.

unshare --user --map-root-user --mount python -m tests.full_disk FOLDER SIZE SCRATCH
"""

import subprocess
import sys
from pathlib import Path

from index.errors import HemerotecaError
from index.filters import EVERYTHING
from tests.archives import TestArchive, assert_equals_fresh_build, fill, question


def mount(folder: Path, *options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    subprocess.run(command, check=True)


def assert_answers(archive: TestArchive) -> None:
    vector = question(archive, 7)
    index = archive.live.get()
    assert index.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999
    assert index.store.document("0007.txt") is not None


def main(folder: Path, size: str, scratch: Path) -> None:
    (folder / "index").mkdir(parents=True)
    mount(folder / "index", f"size={size}")
    archive = TestArchive(folder)
    fill(archive, 20)
    archive.sync()
    archive.write_lines("many.jsonl", {str(n): f"Noticia {n}. " + "Y algo más. " * 20 for n in range(1200)})
    for _ in range(2):
        try:
            archive.sync()
        except HemerotecaError as error:
            print(error)
        else:
            raise AssertionError("the disk was not full")
        assert_answers(archive)
        # As the next command finds it.
        archive.close()
        assert_answers(archive)
        archive.close()
    mount(folder / "index", "remount", "size=200m")
    archive.sync()
    assert_equals_fresh_build(archive, scratch)
    archive.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
