import os
from dataclasses import replace
from pathlib import Path

import pytest

from index import readers
from index.errors import DocumentsMissing, EmbeddingFailed, HemerotecaError, MassRemoval
from index.reasons import Skipped, SkipReason
from index.sync.indexer import SyncReport
from index.sync.pipeline import LocalPipeline
from tests.archives import TestArchive, assert_equals_fresh_build, fill
from tests.embedders import HashEmbedder


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_new_changed_and_removed_files_are_told_apart(archive: TestArchive, tmp_path: Path) -> None:
    fill(archive, 4)
    assert counts(archive.sync()) == (4, 0, 0, 0)
    archive.write("0001.txt", "Otra noticia, más larga que la de antes.")
    archive.write("new.txt", "Una noticia nueva.")
    (archive.root / "0002.txt").unlink()
    report = archive.sync()
    assert counts(report) == (1, 1, 1, 2)
    assert report.documents == 4
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_run_with_nothing_to_do_embeds_nothing_and_opens_no_vectors(archive: TestArchive) -> None:
    fill(archive, 12)
    archive.sync()
    archive.close()
    embedded = archive.embedder.passages
    lock = archive.live.home.live / "chroma.lock"
    lock.unlink(missing_ok=True)
    assert counts(archive.sync()) == (0, 0, 0, 12)
    assert archive.embedder.passages == embedded
    assert not lock.exists()


def test_a_touched_file_is_not_embedded_again(archive: TestArchive) -> None:
    archive.write("2024-05-01 noticia.txt", "El alcalde habló el martes.")
    archive.sync()
    embedded = archive.embedder.passages
    os.utime(archive.root / "2024-05-01 noticia.txt", (1, 1))
    assert counts(archive.sync()) == (0, 0, 0, 1)
    assert archive.embedder.passages == embedded


def test_a_touch_that_changes_the_date_of_a_document_is_a_change(
    archive: TestArchive, tmp_path: Path
) -> None:
    archive.write("noticia.txt", "El alcalde habló el martes.")
    archive.sync()
    os.utime(archive.root / "noticia.txt", (86400 * 365, 86400 * 365))
    assert counts(archive.sync()) == (0, 1, 0, 0)
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_renamed_file_is_found_by_its_new_name_alone(archive: TestArchive, tmp_path: Path) -> None:
    fill(archive, 3)
    archive.sync()
    (archive.root / "0000.txt").rename(archive.root / "z.txt")
    assert counts(archive.sync()) == (1, 0, 1, 2)
    assert archive.ids() == {"0001.txt", "0002.txt", "z.txt"}
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_each_line_of_a_jsonl_file_is_a_document_of_its_own(archive: TestArchive, tmp_path: Path) -> None:
    archive.write_lines(
        "all.jsonl", {"a": "Primera noticia.", "b": "Segunda noticia.", "c": "Tercera noticia."}
    )
    archive.sync()
    archive.write_lines(
        "all.jsonl", {"a": "Primera noticia.", "b": "Segunda noticia, corregida.", "d": "Cuarta."}
    )
    assert counts(archive.sync()) == (1, 1, 1, 1)
    assert archive.ids() == {"a", "b", "d"}
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_of_two_files_with_one_id_the_first_by_path_has_it_whichever_came_first(
    archive: TestArchive, tmp_path: Path
) -> None:
    archive.write_lines("b.jsonl", {"x": "La noticia según b.", "y": "Otra."})
    archive.sync()
    archive.write_lines("a.jsonl", {"x": "La noticia según a."})
    report = archive.sync()
    assert counts(report) == (0, 1, 0, 1)
    assert report.skipped == (Skipped("b.jsonl", SkipReason("taken_id", "x", "a.jsonl")),)
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_an_id_that_is_free_again_goes_to_the_other_file_that_has_it(
    archive: TestArchive, tmp_path: Path
) -> None:
    archive.write_lines("a.jsonl", {"x": "La noticia según a."})
    archive.write_lines("b.jsonl", {"x": "La noticia según b.", "y": "Otra."})
    archive.sync()
    (archive.root / "a.jsonl").unlink()
    report = archive.sync()
    assert archive.ids() == {"x", "y"}
    assert report.skipped == ()
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_an_id_that_moves_between_files_within_a_run_is_kept(archive: TestArchive, tmp_path: Path) -> None:
    archive.write_lines("a.jsonl", {"x": "La noticia.", "other": "Otra."})
    archive.write_lines("b.jsonl", {"y": "Una más."})
    archive.sync()
    archive.write_lines("a.jsonl", {"other": "Otra."})
    archive.write_lines("b.jsonl", {"y": "Una más.", "x": "La noticia."})
    archive.sync()
    assert archive.ids() == {"x", "y", "other"}
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_file_that_can_no_longer_be_read_keeps_its_last_good_version(archive: TestArchive) -> None:
    fill(archive, 2)
    archive.sync()
    archive.write("0001.txt", "")
    for _ in range(2):
        report = archive.sync()
        assert counts(report) == (0, 0, 0, 2)
        assert report.skipped == (Skipped("0001.txt", SkipReason("empty")),)


def test_a_file_that_the_walk_refuses_keeps_its_last_good_version(
    archive: TestArchive, tmp_path: Path
) -> None:
    fill(archive, 2)
    archive.sync()
    (archive.root / "0001.txt").unlink()
    (archive.root / "0001.txt").symlink_to(tmp_path / "elsewhere")
    report = archive.sync()
    assert counts(report) == (0, 0, 0, 2)
    assert [skip.path for skip in report.skipped] == ["0001.txt"]


def test_a_file_that_could_not_be_opened_is_tried_again_though_it_did_not_change(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, 1)
    os_open = os.open

    def refuse(path: object, *arguments: object, **options: object) -> int:
        if path == "0000.txt":
            raise PermissionError(13, "Permission denied")
        return os_open(path, *arguments, **options)  # type: ignore[call-overload, no-any-return]

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        assert archive.sync().skipped[0].reason == SkipReason("unreadable", detail="Permission denied")
    report = archive.sync()
    assert counts(report) == (1, 0, 0, 0)
    assert report.skipped == ()


def test_a_skipped_part_of_a_file_is_told_by_every_run(archive: TestArchive) -> None:
    archive.write("all.jsonl", '{"id": "a", "text": "Una noticia."}\nnot json\n')
    first, second = archive.sync(), archive.sync()
    assert first.skipped == second.skipped
    assert [skip.path for skip in first.skipped] == ["all.jsonl#2"]


def test_what_was_skipped_is_forgotten_once_it_can_be_read(archive: TestArchive) -> None:
    archive.write("a.xyz", "no reader")
    archive.write("b.txt", "")
    assert len(archive.sync().skipped) == 2
    (archive.root / "a.xyz").unlink()
    archive.write("b.txt", "Ya tiene texto.")
    assert archive.sync().skipped == ()


def test_losing_more_than_half_of_the_files_is_refused_and_removes_nothing(archive: TestArchive) -> None:
    fill(archive, 10)
    archive.sync()
    for number in range(6):
        (archive.root / f"{number:04}.txt").unlink()
    with pytest.raises(MassRemoval, match=r"6 of 10 .* --allow-mass-removal"):
        archive.sync()
    assert len(archive.ids()) == 10
    assert archive.sync(allow_mass_removal=True).removed == 6


def test_a_jsonl_file_that_was_cut_short_removes_nothing(archive: TestArchive) -> None:
    archive.write_lines("all.jsonl", {str(number): f"Noticia {number}." for number in range(20)})
    archive.sync()
    archive.write_lines("all.jsonl", {"0": "Noticia 0."})
    with pytest.raises(MassRemoval, match=r"all\.jsonl"):
        archive.sync()
    assert len(archive.ids()) == 20
    assert archive.sync(allow_mass_removal=True).removed == 19


def test_moving_every_file_into_a_folder_is_no_mass_removal(archive: TestArchive, tmp_path: Path) -> None:
    fill(archive, 12)
    archive.sync()
    (archive.root / "2024").mkdir()
    for file in archive.root.glob("*.txt"):
        file.rename(archive.root / "2024" / file.name)
    assert counts(archive.sync()) == (12, 0, 12, 0)
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_documents_of_a_subfolder_that_cannot_be_listed_stay(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("here.txt", "Una noticia.")
    archive.write("sub/there.txt", "Otra noticia.")
    archive.sync()
    scandir = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("/sub"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    assert archive.sync().removed == 0
    assert archive.ids() == {"here.txt", "sub/there.txt"}


def test_a_missing_folder_of_documents_is_refused_and_removes_nothing(archive: TestArchive) -> None:
    fill(archive, 2)
    archive.sync()
    archive.root.rename(archive.root.with_name("unmounted"))
    with pytest.raises(DocumentsMissing, match="no documents folder"):
        archive.sync()
    with pytest.raises(DocumentsMissing):
        archive.builder().rebuild()
    assert len(archive.ids()) == 2


def test_a_rebuild_over_an_emptied_folder_is_refused(archive: TestArchive) -> None:
    fill(archive, 10)
    archive.sync()
    for file in archive.root.iterdir():
        file.unlink()
    with pytest.raises(MassRemoval):
        archive.builder().rebuild()
    assert len(archive.ids()) == 10


def test_an_embedding_failure_keeps_what_was_stored_and_the_next_run_goes_on(
    archive: TestArchive, tmp_path: Path
) -> None:
    class Failing(HashEmbedder):
        def embed_passages(self, passages):  # type: ignore[no-untyped-def]
            if self.passages >= 64:
                raise EmbeddingFailed("the server is away")
            return super().embed_passages(passages)

    fill(archive, 100)
    whole = archive.embedder
    archive.embedder = Failing()
    with pytest.raises(HemerotecaError, match="the server is away"):
        archive.sync()
    stored = len(archive.ids())
    assert 0 < stored < 100
    archive.embedder = whole
    assert counts(archive.sync()) == (100 - stored, 0, 0, stored)
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_new_version_of_one_reader_reads_its_files_alone_and_embeds_only_what_it_changed(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("a.txt", "Una noticia.")
    archive.write("b.md", "# Título\n\nOtra noticia.")
    archive.sync()
    opened: list[str] = []
    newer = {**readers.READERS, ".md": replace(readers.READERS[".md"], version=99)}
    read_bytes = readers.read_bytes

    def spy(data: bytes, path: str, *rest: object) -> object:
        opened.append(path)
        return read_bytes(data, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(readers, "READERS", newer)
    monkeypatch.setattr("tests.archives.read_bytes", spy)
    embedded = archive.embedder.passages
    assert counts(archive.sync()) == (0, 0, 0, 2)
    assert opened == ["b.md"]
    assert archive.embedder.passages == embedded


def test_a_new_version_of_the_chunker_indexes_everything_again_in_place(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(archive, 3)
    archive.sync()
    monkeypatch.setattr("index.sync.indexer.PASSAGES_VERSION", "99")
    assert counts(archive.sync()) == (0, 3, 0, 0)
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_an_id_that_an_earlier_file_takes_while_the_later_one_changes_is_kept(
    archive: TestArchive, tmp_path: Path
) -> None:
    archive.write_lines("b.jsonl", {"x": "La noticia según b.", "y": "Otra."})
    archive.sync()
    archive.write_lines("a.jsonl", {"x": "La noticia según a."})
    archive.write_lines("b.jsonl", {"x": "La noticia según b.", "y": "Otra, corregida."})
    archive.sync()
    assert archive.ids() == {"x", "y"}
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_files_are_read_in_a_process_of_their_own(archive: TestArchive) -> None:
    archive.write("a.txt", "Una noticia.")
    archive.write("b.json", "[" * 100_000)
    archive.write("c.jsonl", '{"id": "c", "text": "Otra noticia."}')
    report = replace(archive.builder(), pipeline=LocalPipeline(archive.embedder)).sync()
    assert archive.ids() == {"a.txt", "c"}
    assert [skip.path for skip in report.skipped] == ["b.json"]
