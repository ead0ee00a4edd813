import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from index.errors import DocumentsMissing, UnreadableDocument
from index.inside import MOST_BYTES, open_inside
from index.reasons import SkipReason
from index.walk import Walk, walk


def paths(found: Walk) -> list[str]:
    return [file.path for file in found.files]


def reasons(found: Walk) -> dict[str, str]:
    return {skipped.path: str(skipped.reason) for skipped in found.skipped}


def write(root: Path, path: str, content: str = "Hola.") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return file


def test_files_are_found_in_folders_and_sorted_by_path(tmp_path: Path) -> None:
    for path in ("b.txt", "a/z.md", "a/a.txt"):
        write(tmp_path, path)
    assert paths(walk(tmp_path)) == ["a/a.txt", "a/z.md", "b.txt"]


def test_a_found_file_carries_the_facts_of_its_stat(tmp_path: Path) -> None:
    facts = write(tmp_path, "a.txt").stat()
    found = walk(tmp_path).files[0]
    assert (found.size, found.mtime_ns) == (facts.st_size, facts.st_mtime_ns)


def test_a_missing_root_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentsMissing, match="nowhere"):
        walk(tmp_path / "nowhere")


def test_a_root_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentsMissing):
        walk(write(tmp_path, "a.txt"))


def test_a_root_may_itself_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert paths(walk(tmp_path / "link")) == ["a.txt"]


def test_hidden_files_and_excluded_folders_are_left_out_in_silence(tmp_path: Path) -> None:
    for path in (".hidden.txt", ".git/a.txt", "store/a.txt", "kept.txt"):
        write(tmp_path, path)
    found = walk(tmp_path, exclude=[tmp_path / "store"])
    assert (paths(found), found.skipped) == (["kept.txt"], ())


@pytest.mark.parametrize(
    "name",
    ["~$carta.docx", "a.pdf.part", "a.pdf.crdownload", ".a.txt.swp", "a.tmp", "a.txt~", ".~lock.a.odt#"],
)
def test_a_temporary_file_is_not_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert walk(tmp_path).files == ()


def test_an_unknown_suffix_is_skipped_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "a.doc")
    write(tmp_path, "a.exe")
    found = reasons(walk(tmp_path))
    assert "save it as .docx" in found["a.doc"]
    assert ".exe" in found["a.exe"]


def test_a_file_without_a_suffix_may_be_text(tmp_path: Path) -> None:
    write(tmp_path, "LICENSE")
    assert paths(walk(tmp_path)) == ["LICENSE"]


def test_a_sparse_file_of_five_gigabytes_is_skipped_before_it_is_read(tmp_path: Path) -> None:
    os.truncate(write(tmp_path, "huge.txt"), 5 * 1024**3)
    assert reasons(walk(tmp_path))["huge.txt"].startswith("too large: 5,368,709,120 bytes")


def test_a_file_at_the_limit_is_found(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x" * 10)
    assert paths(walk(tmp_path, max_bytes=10)) == ["a.txt"]
    assert paths(walk(tmp_path, max_bytes=9)) == []


def test_links_out_of_the_root_are_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "secret/a.txt")
    root = tmp_path / "root"
    root.mkdir()
    (root / "file.txt").symlink_to(tmp_path / "secret/a.txt")
    (root / "folder").symlink_to(tmp_path / "secret")
    found = walk(root)
    assert found.files == ()
    assert {path: "out of" in reason for path, reason in reasons(found).items()} == {
        "file.txt": True,
        "folder": True,
    }


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "x.txt").symlink_to(tmp_path / "y.txt")
    (tmp_path / "y.txt").symlink_to(tmp_path / "x.txt")
    found = walk(tmp_path)
    assert paths(found) == ["a/b.txt"]
    assert set(reasons(found)) == {"a/up", "x.txt", "y.txt"}


def test_a_link_to_a_file_that_is_read_itself_is_not_read_twice(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert paths(walk(tmp_path)) == ["a.txt"]


def test_a_link_to_a_hidden_file_inside_the_root_is_read(tmp_path: Path) -> None:
    write(tmp_path, ".store/content", "Hola.")
    (tmp_path / "a.txt").symlink_to(".store/content")
    assert paths(walk(tmp_path)) == ["a.txt"]
    assert open_inside(tmp_path, "a.txt") == b"Hola."


def test_pipes_are_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reasons(walk(tmp_path)) == {"a.txt": "not a regular file"}


def test_the_ignore_file_is_obeyed(tmp_path: Path) -> None:
    write(tmp_path, ".hemerotecaignore", "# drafts\nborradores/\n*.csv\n!keep.csv\n")
    for path in ("borradores/a.txt", "b.csv", "keep.csv", "c.txt"):
        write(tmp_path, path)
    found = walk(tmp_path)
    assert (paths(found), found.skipped) == (["c.txt", "keep.csv"], ())


def test_a_name_that_is_ignored_is_left_out_where_it_is_a_folder_too(tmp_path: Path) -> None:
    write(tmp_path, ".hemerotecaignore", "drafts\n")
    write(tmp_path, "drafts/a.txt")
    write(tmp_path, "kept.txt")
    assert paths(walk(tmp_path)) == ["kept.txt"]


@pytest.mark.parametrize(
    "name",
    ["a..b.txt", "a\nb.txt", "🗞️.txt", "\u202egnp.txt", "<img onerror>.txt", "a" * 251 + ".txt"],
)
def test_an_odd_name_is_found_as_it_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    write(folder, name)
    assert paths(walk(tmp_path)) == [f"in/{name}"]


def test_a_name_that_is_not_utf_8_is_skipped_with_a_printable_path(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Hola.")
    (skipped,) = walk(tmp_path).skipped
    assert skipped.path == "caf\\xe9.txt"
    assert skipped.reason == SkipReason("misnamed")


def test_a_file_that_vanished_is_unreadable(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt")
    found = walk(tmp_path).files[0]
    file.unlink()
    with pytest.raises(UnreadableDocument, match="vanished"):
        open_inside(tmp_path, found.path)


@pytest.mark.parametrize("path", ["../secret.txt", "in/../../secret.txt"])
def test_nothing_outside_the_root_is_opened(tmp_path: Path, path: str) -> None:
    write(tmp_path, "secret.txt")
    write(tmp_path, "root/in/a.txt")
    with pytest.raises(UnreadableDocument, match="out of"):
        open_inside(tmp_path / "root", path)


def test_a_file_that_became_a_pipe_is_unreadable_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableDocument):
        open_inside(tmp_path, "a.txt")


def test_a_file_that_grew_past_the_limit_is_unreadable(tmp_path: Path) -> None:
    os.truncate(write(tmp_path, "a.txt"), MOST_BYTES + 1)
    with pytest.raises(UnreadableDocument, match="too large"):
        open_inside(tmp_path, "a.txt")


def test_files_and_folders_without_permission_are_reported_to_an_ordinary_user(tmp_path: Path) -> None:
    write(tmp_path, "a.txt").chmod(0)
    write(tmp_path, "closed/b.txt").parent.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == os.getuid() and str(folder) != "/tmp":
            folder.chmod(folder.stat().st_mode | 0o055)
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from index.errors import UnreadableDocument
        from index.inside import open_inside
        from index.walk import walk
        if os.getuid() == 0:
            os.setgroups([]); os.setgid(65534); os.setuid(65534)
        root = Path(sys.argv[1])
        print([(skipped.path, skipped.reason.code, skipped.reason.detail) for skipped in walk(root).skipped])
        try:
            open_inside(root, "a.txt")
        except UnreadableDocument as error:
            print(error.reason.code, error.reason.detail)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    (tmp_path / "closed").chmod(0o755)
    assert done.stderr == ""
    assert "('closed/', 'unlisted_folder', 'Permission denied')" in done.stdout
    assert "unreadable Permission denied" in done.stdout
