"""What documents say as a whole."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, Settings
from assistant.finding.gist import gist, segments
from index.filters import EVERYTHING, DocumentFilter
from index.store.home import FolderHome
from index.store.store import Store
from tests.interrupted import OLD, Interrupted, put, remove, replace
from tests.news import small_archive

CONFERENCE = (
    "SECRETARIA DE SALUD, ANA RUIZ\nBuenos días a todas y a todos ustedes, gracias por estar aquí tan temprano.\n"
    "Las vacunas contra el sarampión llegarán a todos los hospitales de Oaxaca en el mes de febrero. "
    "Las vacunas contra el sarampión son gratuitas en los hospitales y no hace falta pedir cita. "
    "Entonces, eso es lo que les podemos decir el día de hoy sobre las vacunas en los hospitales.\n"
    "PREGUNTA\nSecretaria, buenos días, yo quisiera que nos contara del puente nuevo de Arteaga.\n"
    "SECRETARIO DE OBRAS, LUIS PAZ\nEl puente de Arteaga sobre el río Salado se abrirá a los coches en marzo. "
    "Pero eso del puente sobre el río Salado todavía lo tienen que ver los ingenieros de Arteaga.\n"
    "PREGUNTA\nGracias.\n"
)

NEWS = {
    "2026-01-09-puerto.txt": "El puerto de Salina cerró por el huracán que llegó de madrugada a la costa. "
    "Doscientos barcos quedaron amarrados en la dársena del puerto hasta nuevo aviso. "
    "¿Cuándo volverá a abrir el puerto de Salina a los barcos de la costa de Oaxaca? "
    "El huracán dejó sin luz a los barrios que rodean el puerto y la costa.",
    "2025-03-02-tren.txt": "El tren de la sierra volvió a correr con quince vagones y dos locomotoras nuevas.",
}


@pytest.fixture
def archive(tmp_path: Path) -> Assistant:
    (tmp_path / "documents").mkdir()
    for name, text in NEWS.items():
        (tmp_path / "documents" / name).write_text(text, "utf-8")
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    assistant = Assistant(settings)
    assistant.sync()
    return assistant


def test_a_document_is_told_by_different_sentences_that_tell_something(archive: Assistant) -> None:
    with archive:
        found = gist(archive.retriever().store, DocumentFilter(published_from=date(2026, 1, 1)))
    assert [item.number for item in found] == [1, 2, 3]
    assert len({item.quote for item in found}) == 3
    assert not any("?" in item.quote for item in found)


def test_each_of_several_documents_has_its_share_the_newest_first(archive: Assistant) -> None:
    with archive:
        found = gist(archive.retriever().store, EVERYTHING)
    assert [item.document.path[:4] for item in found] == ["2026", "2026", "2026", "2025"]


def test_a_long_talk_is_told_by_a_sentence_of_each_subject_that_stands_by_itself(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "2026-01-09.txt").write_text(CONFERENCE * 8, "utf-8")
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as assistant:
        assistant.sync()
        found = gist(assistant.retriever().store, EVERYTHING)
    told = {item.quote for item in found}
    assert any("vacunas" in quote for quote in told) and any("puente" in quote for quote in told)
    assert not any(quote.startswith(("Entonces", "Pero", "Buenos", "SECRETARI")) for quote in told)
    assert not any("quisiera" in quote for quote in told)


def test_each_fact_of_a_note_of_few_words_is_told(tmp_path: Path) -> None:
    facts = ("La prima es de 214 euros.", "La franquicia es de 150 euros.", "No cubre a las mascotas.")
    note = {"id": "note", "title": "Póliza", "text": f"PÓLIZA\n\n{' '.join(facts)}"}
    with small_archive(tmp_path, [note]) as opened:
        evidence = gist(opened.retriever().store, EVERYTHING)
    assert {item.quote for item in evidence} == set(facts)


def test_without_documents_there_is_no_gist(archive: Assistant) -> None:
    with archive:
        assert gist(archive.retriever().store, DocumentFilter(published_from=date(2030, 1, 1))) == ()


def test_the_summary_of_a_day_is_of_the_year_that_the_archive_has(archive: Assistant) -> None:
    with archive:
        answer = archive.ask("Resume la noticia del 9 de enero", as_of=date(2026, 11, 22))
    assert answer.answered and answer.searched is not None
    assert answer.searched.first == date(2026, 1, 9)
    assert {citation.document.path for citation in answer.citations} == {"2026-01-09-puerto.txt"}
    assert all(citation.verified for citation in answer.citations)


def test_a_bare_day_that_may_be_of_another_year_finds_what_happened_on_it(archive: Assistant) -> None:
    with archive:
        answer = archive.ask("¿Qué puerto cerró el 9 de enero?", as_of=date(2026, 11, 22))
    assert answer.answered and answer.searched is not None
    assert answer.searched.first == date(2026, 1, 9) and not answer.searched.relaxed


@pytest.mark.parametrize("statements", range(1, 6))
@pytest.mark.parametrize("write", [remove, replace])
def test_the_gist_of_a_document_that_goes_meanwhile_is_cut_from_its_own_text(
    tmp_path: Path, write: Callable[[Store], None], statements: int
) -> None:
    home = FolderHome(tmp_path)
    with closing(home.open_store(home.live)) as store, closing(home.open_store(home.live)) as other:
        put(store, OLD)
        found = gist(Store(Interrupted(store, statements, lambda: write(other))), EVERYTHING)
    assert [item.quote for item in found] == [OLD]


RIVER, TRAIN, VOTE = np.eye(3, dtype=np.float32)


def test_a_text_is_cut_where_its_subject_changes() -> None:
    passages = np.array([RIVER, RIVER, RIVER, TRAIN, VOTE, VOTE])
    assert segments(passages, 3).tolist() == [0, 0, 0, 1, 2, 2]


def test_a_subject_that_comes_back_is_another_run() -> None:
    assert segments(np.array([RIVER, TRAIN, TRAIN, RIVER]), 3).tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_there_are_no_more_runs_than_passages(count: int) -> None:
    passages = np.random.default_rng(1).normal(size=(count, 4)).astype(np.float32)
    assert segments(passages, 9).tolist() == list(range(count))


@settings(deadline=None)
@given(st.integers(1, 1000), st.integers(1, 8))
def test_every_passage_has_a_run_and_runs_follow_each_other(count: int, most: int) -> None:
    passages = np.random.default_rng(count).normal(size=(count, 3)).astype(np.float32)
    runs = segments(passages, most)
    assert len(runs) == count
    assert runs[0] == 0 and runs[-1] < most
    assert set(np.diff(runs)) <= {0, 1}
