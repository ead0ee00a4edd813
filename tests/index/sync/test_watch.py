import threading
from collections.abc import Callable
from pathlib import Path

from index.sync.live import follow


class Followed:
    """A folder that is followed in a thread; `calls` is set at each call."""

    def __init__(self, root: Path, on_change: Callable[[], None] = lambda: None, *exclude: Path) -> None:
        self.calls = threading.Semaphore(0)
        self.stop = threading.Event()
        self._on_change = on_change
        self._thread = threading.Thread(
            target=follow, args=(root, self._called, self.stop), kwargs={"exclude": exclude}
        )

    def _called(self) -> None:
        self._on_change()
        self.calls.release()

    def __enter__(self) -> "Followed":
        self._thread.start()
        assert self.calls.acquire(timeout=30)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()


def test_a_change_leads_to_a_call(tmp_path: Path) -> None:
    with Followed(tmp_path) as followed:
        (tmp_path / "new.txt").write_text("Una noticia.")
        assert followed.calls.acquire(timeout=30)


def test_the_first_call_comes_when_the_folder_is_already_watched(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(sorted(path.name for path in tmp_path.iterdir()))
        if len(seen) == 1:
            # Arrives after this call has looked: only a second call can see it.
            (tmp_path / "late.txt").touch()

    with Followed(tmp_path, look) as followed:
        assert followed.calls.acquire(timeout=30)
    assert seen[:2] == [[], ["late.txt"]]


def test_changes_in_an_excluded_folder_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    with Followed(tmp_path, lambda: None, tmp_path / "index") as followed:
        (tmp_path / "index" / "store").touch()
        assert not followed.calls.acquire(timeout=2)
        (tmp_path / "new.txt").touch()
        assert followed.calls.acquire(timeout=30)


def test_many_changes_at_once_are_one_call(tmp_path: Path) -> None:
    with Followed(tmp_path) as followed:
        for number in range(200):
            (tmp_path / f"{number}.txt").touch()
        assert followed.calls.acquire(timeout=30)
        assert not followed.calls.acquire(timeout=2)
