import gc
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from index.concurrency import remove_unheld
from index.errors import HemerotecaError, IndexDamaged
from index.store.home import FolderHome

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> FolderHome:
    return FolderHome(tmp_path / "index")


def test_looking_for_an_index_makes_nothing(home: FolderHome) -> None:
    assert not home.exists()
    assert not home.path.exists()


def test_a_hold_dies_with_its_process(tmp_path: Path) -> None:
    folder = tmp_path / "held"
    code = (
        "import sys; from pathlib import Path; from index.concurrency import Hold; "
        f"hold = Hold(Path({str(folder)!r})); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert not remove_unheld(folder)
        holder.kill()
    assert remove_unheld(folder)
    assert not folder.exists()


def test_a_pointer_that_names_nothing_is_an_error_that_says_what_to_do(home: FolderHome) -> None:
    home.path.mkdir()
    (home.path / "current").write_text("")
    with pytest.raises(IndexDamaged, match="hemeroteca index --full"):
        home.exists()


def test_a_folder_that_cannot_be_made_is_an_error_that_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HemerotecaError, match="--index"), FolderHome(tmp_path / "file" / "index").writing():
        raise AssertionError("nowhere to write")


def test_the_writer_lets_go_at_the_end_though_somebody_still_knows_its_lock(home: FolderHome) -> None:
    with home.writing():
        locks = [known for known in gc.get_objects() if type(known) is FileLock]
        (lock,) = (each for each in locks if Path(each.lock_file) == home.path / "writer.lock")
        assert lock.is_locked
    assert not lock.is_locked
    with home.writing():
        pass
