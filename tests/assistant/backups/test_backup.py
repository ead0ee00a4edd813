import json
import os
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from assistant.backups.backup import write_backup
from assistant.backups.restore import restore_backup
from assistant.cli import app
from assistant.errors import BackupFailed
from assistant.people.conversations import Conversations
from tests.archives import TestArchive, content
from tests.assistant.backups.conftest import settings_of

PROJECT = Path(__file__).parents[3]


def test_a_backup_lists_what_it_holds_and_is_its_owners_alone(kept: TestArchive, tmp_path: Path) -> None:
    report = write_backup(settings_of(kept.folder), tmp_path / "a.backup")
    assert (report.index, report.conversations, report.documents) == (True, True, 0)
    assert stat.S_IMODE((tmp_path / "a.backup").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "a.backup") as opened:
        listed = [entry["name"] for entry in json.loads(opened.read("manifest.json"))["entries"]]
        assert listed == ["index/store.sqlite3", "conversations.sqlite3", "keys.json", "users.json"]
        assert opened.namelist() == [*listed, "manifest.json"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_documents_come_too_if_asked_but_no_link_and_not_the_index(tmp_path: Path, kept: TestArchive) -> None:
    kept.write("deep/er/a.txt", "Una noticia.")
    kept.write(".hemerotecaignore", "*.tmp")
    (kept.root / "link.txt").symlink_to("/etc/hostname")
    settings = settings_of(kept.folder).model_copy(update={"index": kept.root / "index"})
    (kept.root / "index").mkdir()
    (kept.root / "index" / "anything").write_text("x")
    report = write_backup(settings, kept.root / "a.backup", with_documents=True)
    assert (report.documents, report.left_out) == (22, ("link.txt",))


def test_what_is_there_is_not_overwritten_and_nothing_is_not_kept(kept: TestArchive, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("mine")
    with pytest.raises(BackupFailed, match="already"):
        write_backup(settings_of(kept.folder), tmp_path / "a.backup")
    assert (tmp_path / "a.backup").read_text() == "mine"
    with pytest.raises(BackupFailed, match="nothing to keep"):
        write_backup(settings_of(tmp_path / "nowhere"), tmp_path / "b.backup")
    assert not (tmp_path / "b.backup").exists()


def test_a_backup_taken_while_others_write_is_of_one_moment(kept: TestArchive, tmp_path: Path) -> None:
    settings = settings_of(kept.folder)
    stop, turns = threading.Event(), threading.Semaphore(0)

    def talk() -> None:
        conversations = Conversations(settings.conversations)
        while not stop.is_set():
            conversations.add_turn(None, "¿Y?", "¿Y?", {"text": "Sí. " * 500})
            turns.release()
        conversations.close()

    def index() -> None:
        writer = TestArchive(kept.folder)
        number = 0
        while not stop.is_set():
            writer.write_lines("many.jsonl", {f"m{n}": f"Noticia {n}, {number}." for n in range(50)})
            writer.sync()
            number += 1
        writer.close()

    threads = [threading.Thread(target=talk), threading.Thread(target=index)]
    for thread in threads:
        thread.start()
    for number in range(5):
        turns.acquire()
        write_backup(settings, tmp_path / f"{number}.backup")
    stop.set()
    for thread in threads:
        thread.join()
    for number in range(5):
        place = settings_of(tmp_path / f"restored {number}")
        restore_backup(place, tmp_path / f"{number}.backup")
        restored = TestArchive(tmp_path / f"restored {number}")
        held = content(restored.live.get().store)
        restored.close()
        chunks, full_text, _ = held["counts"][0]
        assert chunks == full_text
        assert {row[1] for row in held["chunks"]} == {row[0] for row in held["documents"]}
        kept_turns = Conversations(place.conversations)
        assert all(len(kept_turns.turns(summary.id)) == 1 for summary in kept_turns.summaries())
        kept_turns.close()


def test_a_damaged_database_is_not_kept_as_if_it_were_whole(kept: TestArchive, tmp_path: Path) -> None:
    kept.close()
    path = kept.live.home.live / "store.sqlite3"
    data = bytearray(path.read_bytes())
    data[5 * 4096 : 9 * 4096] = os.urandom(4 * 4096)
    path.write_bytes(data)
    with pytest.raises(BackupFailed, match="damaged"):
        write_backup(settings_of(kept.folder), tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_is_whole(
    kept: TestArchive, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.assistant.backups.killing", "backup", str(kept.folder)]
    killed = subprocess.run(
        [*command, str(tmp_path / "a.backup"), "packed", "2"], cwd=PROJECT, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert not (tmp_path / "a.backup").exists()
    assert write_backup(settings_of(kept.folder), tmp_path / "a.backup").index


def test_what_is_kept_in_postgresql_is_left_out_and_told(kept: TestArchive, tmp_path: Path) -> None:
    elsewhere = SecretStr("postgresql://ana:s3cr3t@127.0.0.1:9/archive")
    settings = settings_of(kept.folder).model_copy(update={"conversations": elsewhere, "auth": elsewhere})
    report = write_backup(settings, tmp_path / "a.backup")
    assert (report.index, report.conversations, report.elsewhere) == (True, False, ("conversations", "auth"))
    with zipfile.ZipFile(tmp_path / "a.backup") as opened:
        assert opened.namelist() == ["index/store.sqlite3", "keys.json", "manifest.json"]


def test_the_command_says_what_it_left_to_pg_dump(
    kept: TestArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMEROTECA_CONVERSATIONS", "postgresql://ana:s3cr3t@127.0.0.1:9/archive")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        app, ["backup", "a.backup", "--index", str(kept.folder / "index"), "--documents", "none"]
    )
    assert done.exit_code == 0
    assert "conversations: in PostgreSQL" in done.stderr
    assert "pg_dump" in done.stderr
    assert "s3cr3t" not in done.output
