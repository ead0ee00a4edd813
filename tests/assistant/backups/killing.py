"""Backs up or restores an archive and kills itself, with SIGKILL, at a named step; run as a process of its own.

    python -m tests.assistant.backups.killing (backup|restore) FOLDER FILE STEP COUNT

The process dies the COUNT-th time that it has done the step.
"""

import sys
from pathlib import Path
from typing import Any

from assistant.backups import restore
from assistant.backups.backup import write_backup
from assistant.backups.container import Packing, Unpacking
from index.store.home import FolderHome
from tests.assistant.backups.conftest import settings_of
from tests.crashing import Bomb

STEPS = ("extracted", "switched", "overwritten", "replaced")


def plant(bomb: Bomb) -> None:
    """Put the bomb behind what moves data."""

    def after(owner: Any, name: str, step: str) -> None:
        original = getattr(owner, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            result = original(*arguments, **options)
            bomb.reach(step)
            return result

        setattr(owner, name, wrapped)

    after(Packing, "add", "packed")
    after(Unpacking, "extract", "extracted")
    after(FolderHome, "switch", "switched")
    after(restore, "overwrite", "overwritten")
    after(Path, "replace", "replaced")


def main(mode: str, folder: Path, file: Path, step: str, count: int) -> None:
    plant(Bomb(step, count))
    if mode == "backup":
        write_backup(settings_of(folder), file)
    else:
        restore.restore_backup(settings_of(folder), file, replace=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
