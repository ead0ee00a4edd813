import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.errors import HemerotecaError, IndexBusy, IndexDamaged
from index.holds import Hold, remove_unheld
from index.home import Home

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "index")


def make_next(home: Home) -> None:
    home.next.mkdir(parents=True)
    (home.next / "store.sqlite3").touch()


def test_looking_for_an_index_makes_nothing(home: Home) -> None:
    assert not home.exists()
    assert not home.path.exists()


def test_a_switch_makes_the_next_generation_the_live_one(home: Home) -> None:
    make_next(home)
    before = home.live
    home.switch()
    assert home.exists()
    assert home.live != before


def test_a_generation_that_is_read_is_not_swept(home: Home) -> None:
    hold = Hold(home.live)
    old = home.live
    make_next(home)
    home.switch()
    home.sweep()
    assert old.is_dir()
    hold.close()
    home.sweep()
    assert not old.exists()
    assert home.live.is_dir()


def test_a_hold_dies_with_its_process(tmp_path: Path) -> None:
    folder = tmp_path / "held"
    code = (
        "import sys; from pathlib import Path; from index.holds import Hold; "
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


def test_a_second_writer_is_told_who_is_busy(home: Home) -> None:
    with home.writing(), pytest.raises(IndexBusy, match=rf"Process {os.getpid()} .* --wait"), home.writing():
        raise AssertionError("two writers at once")


def test_a_writer_that_waits_gets_its_turn(home: Home) -> None:
    turns: list[str] = []

    def second() -> None:
        with home.writing(wait=True):
            turns.append("second")

    waiting = threading.Thread(target=second)
    with home.writing():
        waiting.start()
        turns.append("first")
    waiting.join(timeout=30)
    assert turns == ["first", "second"]


def test_a_pointer_that_names_nothing_is_an_error_that_says_what_to_do(home: Home) -> None:
    home.path.mkdir()
    (home.path / "current").write_text("")
    with pytest.raises(IndexDamaged, match="delete the folder"):
        home.exists()


def test_a_folder_that_cannot_be_made_is_an_error_that_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HemerotecaError, match="--index"), Home(tmp_path / "file" / "index").writing():
        raise AssertionError("nowhere to write")
