import json
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.backups.backup import write_backup
from assistant.backups.restore import restore_backup
from assistant.errors import BackupFailed
from assistant.people.conversations import Conversations
from assistant.people.keys import Keys
from assistant.people.users import Users
from index.errors import IndexBusy, IndexDamaged
from index.store.home import FolderHome
from tests.archives import TestArchive, assert_every_vector_is_found, content
from tests.assistant.backups.conftest import settings_of

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def backup(kept: TestArchive, tmp_path: Path) -> Path:
    write_backup(settings_of(kept.folder), tmp_path / "a.backup", with_documents=True)
    return tmp_path / "a.backup"


def change(kept: TestArchive) -> None:
    """Let the archive be another one than the backup's."""
    (kept.root / "0001.txt").unlink()
    kept.write("new.txt", "Una noticia nueva.")
    kept.sync()
    conversations = Conversations(settings_of(kept.folder).conversations)
    conversations.add_turn(None, "¿Y ahora?", "¿Y ahora?", {"text": "Algo."})
    conversations.close()


def titles(folder: Path) -> list[str]:
    conversations = Conversations(settings_of(folder).conversations)
    found = [summary.title for summary in conversations.summaries()]
    conversations.close()
    return found


def test_all_comes_back_and_nothing_is_embedded_or_read_again(
    kept: TestArchive, backup: Path, place: Callable[[], TestArchive], tmp_path: Path
) -> None:
    settings = settings_of(tmp_path / "restored")
    before = content(kept.live.get().store)
    report = restore_backup(settings, backup)
    assert report.parts == (
        "documents/",
        "index/store.sqlite3",
        "conversations.sqlite3",
        "keys.json",
        "users.json",
    )
    restored = place()
    index = restored.live.get()
    assert {**content(index.store), "counts": 0} == {**before, "counts": 0}
    synced = restored.sync()
    assert (synced.unchanged, synced.changed) == (20, 0)
    assert_every_vector_is_found(restored)
    assert restored.embedder.passages == 0
    assert titles(restored.folder) == ["¿Qué pasó?"]
    assert [key.name for key in Keys(settings.keys).all()] == ["a program"]
    assert Users(settings.auth).verified("ana", "correcto caballo") is not None
    assert {stat.S_IMODE(path.stat().st_mode) for path in (settings.keys, settings.auth)} == {0o600}
    names = sorted(path.name for path in restored.folder.iterdir())
    assert [name for name in names if name.startswith(".")] == []


def test_what_is_there_is_replaced_only_if_asked(kept: TestArchive, backup: Path) -> None:
    change(kept)
    before = content(kept.live.get().store)
    with pytest.raises(BackupFailed, match="--replace"):
        restore_backup(settings_of(kept.folder), backup)
    assert content(kept.live.get().store) == before
    report = restore_backup(settings_of(kept.folder), backup, replace=True)
    assert "new.txt" not in kept.ids()
    assert report.documents_before is not None
    assert (report.documents_before / "new.txt").is_file()
    assert titles(kept.folder) == ["¿Qué pasó?"]


def test_what_a_link_points_to_is_restored_and_the_link_stays(
    kept: TestArchive, backup: Path, tmp_path: Path
) -> None:
    change(kept)
    settings, elsewhere = settings_of(kept.folder), tmp_path / "elsewhere"
    elsewhere.mkdir()
    places = (settings.documents, settings.conversations, settings.keys, settings.auth)
    linked = [place for place in places if isinstance(place, Path)]
    for place in linked:
        place.rename(elsewhere / place.name)
        place.symlink_to(elsewhere / place.name)
    (elsewhere / "keys.json").write_text("[]")
    report = restore_backup(settings, backup, replace=True)
    assert report.documents_before == elsewhere / "documents.before-1"
    assert (report.documents_before / "new.txt").is_file()
    assert [place.is_symlink() for place in linked] == [True] * 4
    assert (settings.documents / "0001.txt").is_file()
    assert [key.name for key in Keys(settings.keys).all()] == ["a program"]
    assert titles(kept.folder) == ["¿Qué pasó?"]
    assert list(tmp_path.rglob("*.restoring*")) == []


def test_a_file_for_what_is_kept_in_postgresql_now_is_refused_before_anything_changes(
    kept: TestArchive, backup: Path
) -> None:
    elsewhere = SecretStr("postgresql://ana:s3cr3t@127.0.0.1:9/archive")
    settings = settings_of(kept.folder).model_copy(update={"conversations": elsewhere})
    change(kept)
    with pytest.raises(BackupFailed, match="HEMEROTECA_CONVERSATIONS") as told:
        restore_backup(settings, backup, replace=True)
    assert "s3cr3t" not in str(told.value)
    assert "new.txt" in kept.ids()


def test_a_running_archive_answers_from_what_was_restored(kept: TestArchive, backup: Path) -> None:
    change(kept)
    open_conversations = Conversations(settings_of(kept.folder).conversations)
    index = kept.live.get()
    restore_backup(settings_of(kept.folder), backup, replace=True)
    assert index.store.document("new.txt") is not None
    assert kept.live.get().store.document("new.txt") is None
    assert [summary.title for summary in open_conversations.summaries()] == ["¿Qué pasó?"]
    open_conversations.add_turn(None, "¿Sigue?", "¿Sigue?", {"text": "Sí."})
    open_conversations.close()
    assert_every_vector_is_found(kept)


def test_while_somebody_indexes_nothing_is_restored(kept: TestArchive, backup: Path) -> None:
    with kept.live.home.writing(), pytest.raises(IndexBusy):
        restore_backup(settings_of(kept.folder), backup, replace=True)


@pytest.mark.parametrize(
    ("step", "count"),
    [
        ("extracted", 1),
        ("extracted", 21),
        ("extracted", 23),
        ("replaced", 1),
        ("switched", 1),
        ("overwritten", 1),
    ],
)
def test_a_restore_that_is_killed_leaves_whole_parts_and_the_next_one_completes(
    kept: TestArchive, backup: Path, step: str, count: int
) -> None:
    change(kept)
    old = set(kept.ids())
    kept.close()
    command = [sys.executable, "-m", "tests.assistant.backups.killing", "restore", str(kept.folder)]
    killed = subprocess.run(
        [*command, str(backup), step, str(count)], cwd=PROJECT, capture_output=True, timeout=120, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    survivor = TestArchive(kept.folder)
    wanted = {f"{number:04}.txt" for number in range(20)}
    assert survivor.ids() in (old, wanted)
    assert titles(kept.folder) in (["¿Y ahora?", "¿Qué pasó?"], ["¿Qué pasó?"])
    survivor.close()
    restore_backup(settings_of(kept.folder), backup, replace=True)
    assert survivor.ids() == wanted
    assert {path.name for path in survivor.root.iterdir()} == wanted
    assert titles(kept.folder) == ["¿Qué pasó?"]
    assert_every_vector_is_found(survivor)
    survivor.close()


def rewrite(backup: Path, alter: Callable[[dict[str, bytes]], object]) -> None:
    """Write a backup anew with other entries."""
    with zipfile.ZipFile(backup) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    alter(entries)
    with zipfile.ZipFile(backup, "w") as target:
        for name, data in entries.items():
            target.writestr(name, data)


def listed(held: dict[str, bytes], /, **changes: Any) -> dict[str, Any]:
    """The manifest's content with changes, put back."""
    manifest: dict[str, Any] = json.loads(held["manifest.json"])
    manifest.update(changes)
    held["manifest.json"] = json.dumps(manifest).encode()
    return manifest


def smuggle(name: str) -> Callable[[dict[str, bytes]], object]:
    """Add an entry to the list and to the file."""

    def alter(entries: dict[str, bytes]) -> None:
        manifest = listed(entries)
        listed(entries, entries=[*manifest["entries"], {**manifest["entries"][0], "name": name}])
        entries[name] = entries["index/store.sqlite3"]

    return alter


def misdescribe(field: str, value: Any) -> Callable[[dict[str, bytes]], object]:
    """Let the list say something else of its first entry."""

    def alter(entries: dict[str, bytes]) -> None:
        first, *others = listed(entries)["entries"]
        listed(entries, entries=[{**first, field: value}, *others])

    return alter


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (smuggle("documents/../../escaped.txt"), "no backup does"),
        (smuggle("../escaped.txt"), "no backup does"),
        (smuggle("/escaped.txt"), "no backup does"),
        (smuggle("documents//escaped.txt"), "no backup does"),
        (smuggle("documents/..\\escaped.txt"), "no backup does"),
        (smuggle("index/other.sqlite3"), "no backup does"),
        (lambda entries: listed(entries, format=2), "upgrade Hemeroteca"),
        (lambda entries: listed(entries, entries=[{"name": 1}]), "manifest cannot be read"),
        (lambda entries: entries.update({"manifest.json": b"[]"}), "manifest cannot be read"),
        (lambda entries: entries.update({"manifest.json": b"[" * 100_000}), "manifest cannot be read"),
        (lambda entries: listed(entries, entries=5), "manifest cannot be read"),
        (lambda entries: listed(entries, created=[]), "manifest cannot be read"),
        (misdescribe("name", 5), "manifest cannot be read"),
        (misdescribe("bytes", "x"), "manifest cannot be read"),
        (misdescribe("bytes", -5), "manifest cannot be read"),
        (misdescribe("sha256", None), "manifest cannot be read"),
        (misdescribe("mtime_ns", 10**40), "manifest cannot be read"),
        (lambda entries: entries.update({"more": b""}), "not those that its manifest lists"),
        (lambda entries: entries.pop("keys.json"), "not those that its manifest lists"),
        (lambda entries: entries.pop("manifest.json"), "no whole backup"),
        (lambda entries: entries.update({"keys.json": b"[]"}), "damaged"),
        (lambda entries: entries.update({"keys.json": entries["keys.json"] + b" "}), "damaged"),
        (lambda entries: entries.update({"index/store.sqlite3": b"SQLite"}), "damaged"),
    ],
)
def test_a_file_that_is_not_what_was_written_changes_nothing(
    kept: TestArchive,
    backup: Path,
    tmp_path: Path,
    alter: Callable[[dict[str, bytes]], object],
    told: str,
) -> None:
    rewrite(backup, alter)
    change(kept)
    before = content(kept.live.get().store)
    with pytest.raises(BackupFailed, match=told):
        restore_backup(settings_of(kept.folder), backup, replace=True)
    assert content(kept.live.get().store) == before
    assert titles(kept.folder) == ["¿Y ahora?", "¿Qué pasó?"]
    assert list(tmp_path.rglob("*escaped*")) == []
    assert list(kept.folder.glob(".*")) == []


@pytest.mark.parametrize("keep", [0, 10, -10])
def test_a_file_that_was_cut_is_told(kept: TestArchive, backup: Path, tmp_path: Path, keep: int) -> None:
    backup.write_bytes(backup.read_bytes()[:keep])
    with pytest.raises(BackupFailed, match="no whole backup"):
        restore_backup(settings_of(tmp_path / "restored"), backup)
    assert not (tmp_path / "restored").exists()


def test_a_store_of_a_newer_version_is_refused(kept: TestArchive, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept.live.home.live / "store.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 99")
    write_backup(settings_of(kept.folder), tmp_path / "newer.backup")
    settings = settings_of(tmp_path / "restored")
    with pytest.raises(IndexDamaged, match="newer Hemeroteca"):
        restore_backup(settings, tmp_path / "newer.backup")
    assert not FolderHome(settings.index).exists()


def test_there_is_no_file_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="There is no file"):
        restore_backup(settings_of(tmp_path), tmp_path / "none.backup")


def test_the_commands_back_up_and_restore(kept: TestArchive, tmp_path: Path) -> None:
    def run(folder: Path, *arguments: str) -> str:
        settings = settings_of(folder)
        finished = subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=PROJECT,
            env={
                "HEMEROTECA_DOCUMENTS": str(settings.documents),
                "HEMEROTECA_INDEX": str(settings.index),
                "HEMEROTECA_CONVERSATIONS": str(settings.conversations),
                "HEMEROTECA_KEYS": str(settings.keys),
                "HOME": str(tmp_path),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    file = str(tmp_path / "a.backup")
    assert "20 documents" in run(kept.folder, "backup", file, "--with-documents")
    restored = json.loads(run(tmp_path / "restored", "restore", file, "--json"))
    assert "index/store.sqlite3" in restored["parts"]
    assert (tmp_path / "restored" / "documents" / "0001.txt").is_file()
