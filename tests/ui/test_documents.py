from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.documents import MAX_FILE, MAX_NAME, Bin, check, folder_size, safe_name, store_file
from ui.texts import load_texts

SUFFIXES = (".txt", ".md")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("nota.txt", "nota.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ana\\Nota final.TXT", "Nota final.txt"),
        (".oculto.md", "oculto.md"),
        ("", "documento"),
        ("...", "documento"),
        ("<img src=x onerror=alert(1)>.txt", "img src=x onerror=alert(1)-.txt"),
        ("fa\u202ectxt.exe.txt", "factxt.exe.txt"),
        ("a\x00b\n.txt", "ab-.txt"),
        ("Canción del año.md", "Canción del año.md"),
    ],
)
def test_an_added_file_gets_a_safe_name(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_a_name_never_leaves_the_folder_and_always_fits(given_name: str) -> None:
    name = safe_name(given_name)
    assert name and name == Path(name).name and not name.startswith(".")
    assert len(name.encode()) <= MAX_NAME
    assert not set(name) & set('/\\<>:"|?*\x00\n')


def test_a_file_is_stored_under_its_name_and_the_same_one_again_is_not_doubled(tmp_path: Path) -> None:
    upload, folder = tmp_path / "upload", tmp_path / "documents"
    upload.write_text("una nota")
    assert store_file(upload, "nota.txt", folder) == Path("nota.txt")
    assert store_file(upload, "nota.txt", folder) == Path("nota.txt")
    assert [file.name for file in folder.iterdir()] == ["nota.txt"]


def test_a_file_of_other_content_never_writes_over_an_existing_one(tmp_path: Path) -> None:
    upload, folder = tmp_path / "upload", tmp_path / "documents"
    upload.write_text("la primera")
    store_file(upload, "nota.txt", folder)
    upload.write_text("otra")
    assert store_file(upload, "nota.txt", folder) == Path("nota (2).txt")
    assert (folder / "nota.txt").read_text() == "la primera"


def test_a_link_in_the_folder_is_not_written_through(tmp_path: Path) -> None:
    outside, upload, folder = tmp_path / "outside", tmp_path / "upload", tmp_path / "documents"
    folder.mkdir()
    upload.write_text("contenido")
    (folder / "nota.txt").symlink_to(outside)
    assert store_file(upload, "nota.txt", folder) == Path("nota (2).txt")
    assert not outside.exists()


def test_a_file_of_another_type_or_size_is_refused_with_the_reason() -> None:
    wrong, large = check("virus.exe", 10, SUFFIXES, 60, 0), check("nota.txt", MAX_FILE + 1, SUFFIXES, 60, 0)
    assert wrong is not None and wrong.code == "wrong_type"
    assert large is not None and large.code == "too_large"
    assert check("NOTA.TXT", MAX_FILE, SUFFIXES, 60, 10 * 1024**2) is None


@pytest.mark.parametrize(
    "path", ["../secreto.txt", "/etc/hostname", "sub/../../secreto.txt", "no.txt", ".", ""]
)
def test_only_a_file_within_the_folder_can_be_removed(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secreto.txt").write_text("x")
    assert not Bin(folder, 30).put(path)
    assert (tmp_path / "secreto.txt").exists()


def test_a_linked_folder_does_not_lead_removal_out(tmp_path: Path) -> None:
    folder, outside = tmp_path / "documents", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text("x")
    (folder / "link").symlink_to(outside)
    assert not Bin(folder, 30).put("link/a.txt")
    assert (outside / "a.txt").exists()


def test_a_removed_file_stays_in_the_bin_and_comes_back_to_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("x")
    kept = Bin(tmp_path, 30)
    assert kept.put("sub/a.txt") and not kept.put("sub/a.txt")
    assert not (tmp_path / "sub" / "a.txt").exists()
    [binned] = kept.files()
    assert binned.path == "sub/a.txt" and 29 <= (binned.until - datetime.now()).days <= 30
    assert kept.restore(binned.number) == "sub/a.txt"
    assert (tmp_path / "sub" / "a.txt").read_text() == "x"
    assert kept.files() == () and kept.restore(binned.number) is None


def test_a_file_whose_name_was_taken_since_comes_back_under_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("la primera")
    kept = Bin(tmp_path, 30)
    kept.put("a.txt")
    (tmp_path / "a.txt").write_text("otra")
    assert kept.restore(kept.files()[0].number) == "a (2).txt"
    assert (tmp_path / "a.txt").read_text() == "otra"


def test_the_bin_lets_go_of_what_is_past_its_days_and_keeps_none_with_no_days(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    assert Bin(tmp_path, 0).put("b.txt") and Bin(tmp_path, 30).put("a.txt")
    (binned,) = Bin(tmp_path, 30).files()
    held = tmp_path / ".hemeroteca-bin" / binned.number
    held.rename(held.with_name("20200101T000000-00000000"))
    assert Bin(tmp_path, 30).files() == ()
    assert [path.name for path in tmp_path.rglob("*.txt")] == []


@pytest.mark.parametrize("number", ["../../secreto", "..", "", "20260101T000000-x"])
def test_nothing_but_what_is_in_the_bin_comes_back(tmp_path: Path, number: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secreto.txt").write_text("x")
    assert Bin(folder, 30).restore(number) is None


def test_a_file_that_goes_while_the_folder_is_measured_takes_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = tmp_path / "kept.txt", tmp_path / "gone.txt"
    kept.write_bytes(b"x" * 1000)
    monkeypatch.setattr("os.walk", lambda folder: [(str(folder), [], [gone.name, kept.name])])
    assert folder_size(tmp_path) == 1000


def test_a_folder_grows_to_its_quota_and_no_further(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"x" * 1000)
    (tmp_path / "link").symlink_to("/dev/zero")
    taken = folder_size(tmp_path)
    assert 1000 <= taken < 1100
    assert check("b.txt", 1024**2 - taken, SUFFIXES, 1, taken) is None
    full = check("b.txt", 1024**2 - taken + 1, SUFFIXES, 1, taken)
    assert full is not None and full.code == "quota_full"
    assert "puede llegar a 1 MB" in load_texts("es")(full.code, **full.fields)
