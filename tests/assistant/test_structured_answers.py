"""Summaries, comparisons and lists over several documents, by extraction and by a model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.model_server import ModelServer, says
from tests.news import small_archive

NEWS = {
    "2026-02-03-a.txt": (
        " date 2026-02-03 El ferry Aurora encalló frente a Punta Brava con 120 pasajeros a bordo. "
        "La naviera abrió una investigación."
    ),
    "2026-02-05-b.txt": (
        " date 2026-02-05 Los pasajeros del ferry Aurora fueron evacuados por la Marina en lanchas. "
        "El operativo duró seis horas según el comandante."
    ),
    "2026-02-09-c.txt": (
        " date 2026-02-09 El ferry Aurora fue remolcado hasta el puerto de Santa Rita para su reparación.\n\n"
        "Ferry Aurora remolcado"
    ),
    "2026-02-10-d.txt": (
        " date 2026-02-10 La ciudad de Valdemar subió el boleto del tranvía a 12 pesos desde marzo. "
        "La medida durará un año."
    ),
    "2026-02-11-e.txt": (
        " date 2026-02-11 La ciudad de Lomas bajó el boleto del tranvía a 7 pesos para los estudiantes. "
        "En Yuste y en Quiroga el tranvía es gratis para los mayores de 65 años."
    ),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (folder / name).write_text(text, "utf-8")
    with Assistant(Settings(documents=folder, index=tmp_path_factory.mktemp("index"))) as opened:
        opened.sync()
        yield opened


def days(answer: Answer) -> list[str]:
    return [str(citation.document.date) for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("¿Qué pasó con el ferry Aurora?", "3 de febrero de 2026: «El ferry Aurora encalló"),
        ("Resume lo del ferry Aurora", "3 de febrero de 2026: «El ferry Aurora encalló"),
        ("What happened to the ferry Aurora?", "February 3, 2026: «El ferry Aurora encalló"),
    ],
)
def test_what_happened_is_told_in_dated_points_oldest_first(
    archive: Assistant, question: str, day: str
) -> None:
    answer = archive.ask(question)
    assert answer.text.startswith(f"- {day}")
    assert days(answer) == sorted(days(answer)) and len(set(days(answer))) == 3
    assert all(sentence.point and len(sentence.citations) == 1 for sentence in answer.sentences)
    assert all(citation.verified for citation in answer.citations)


def test_a_headline_is_no_point(archive: Assistant) -> None:
    answer = archive.ask("¿Qué pasó con el ferry Aurora?")
    assert "Ferry Aurora remolcado" not in answer.text


def test_a_name_that_the_documents_do_not_hold_has_no_summary(archive: Assistant) -> None:
    assert not archive.ask("¿Qué pasó con el ferry Borealis?").answered


def test_a_comparison_has_the_points_of_each_side_under_its_name(archive: Assistant) -> None:
    answer = archive.ask("Compara el boleto del tranvía en Valdemar y Lomas")
    first, valdemar, second, lomas = answer.sentences
    assert (first.text, second.text) == ("Valdemar:", "Lomas:")
    assert "12 pesos" in valdemar.text and valdemar.citations == (1,)
    assert "7 pesos" in lomas.text and lomas.citations == (2,)


def test_a_sentence_about_both_sides_stands_under_both(archive: Assistant) -> None:
    answer = archive.ask("Compara el tranvía de Yuste y Quiroga")
    assert [sentence.text for sentence in answer.sentences if not sentence.point] == ["Yuste:", "Quiroga:"]
    assert answer.text.count("gratis") == 2


def test_a_side_that_the_documents_do_not_speak_of_is_told(archive: Assistant) -> None:
    answer = archive.ask("Compara el boleto del tranvía en Valdemar y Borealis")
    assert "Sobre Borealis no encuentro nada en los documentos." in answer.text
    assert "12 pesos" in answer.text


def test_what_is_asked_to_be_listed_is_a_list(archive: Assistant) -> None:
    answer = archive.ask("Enumera los cambios del boleto del tranvía")
    assert len(answer.sentences) > 1 and all(sentence.point for sentence in answer.sentences)


def test_the_points_that_a_model_writes_are_points(archive: Assistant, tmp_path: Path) -> None:
    reply = "- El ferry Aurora encalló con 120 pasajeros [1]\n- La Marina evacuó a los pasajeros [2]"
    with ModelServer(says(reply)) as server:
        settings = archive.settings.model_copy(
            update={"engine": "openai", "base_url": server.url, "model": "m"}
        )
        with Assistant(settings) as other:
            answer = other.ask("¿Qué pasó con el ferry Aurora?")
            prompt = server.prompt(1)
    assert prompt.count("Aurora") >= 3
    assert all(sentence.point for sentence in answer.sentences)
    assert answer.text.startswith("- El ferry Aurora encalló con 120 pasajeros [1]")


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué documentos hablan del ferry Aurora?",
        "Which documents mention the ferry Aurora?",
        "Quais documentos falam do ferry Aurora?",
        "Quels documents parlent du ferry Aurora ?",
    ],
)
def test_the_documents_that_speak_of_a_name_are_listed_each_with_a_quote(
    archive: Assistant, question: str
) -> None:
    answer = archive.ask(question)
    assert days(answer) == ["2026-02-03", "2026-02-05", "2026-02-09"]
    assert all("Aurora" in citation.quote and citation.verified for citation in answer.citations)
    count, *points = answer.sentences
    assert "3" in count.text and all(sentence.point for sentence in points)


def test_a_document_is_listed_only_where_it_says_all_that_a_subject_without_names_is(
    archive: Assistant,
) -> None:
    answer = archive.ask("¿Qué notas hablan del boleto del tranvía?")
    assert days(answer) == ["2026-02-10", "2026-02-11"]
    assert not archive.ask("¿Qué documentos hablan de energía nuclear?").answered


def test_a_model_does_not_shorten_the_list_of_documents(archive: Assistant) -> None:
    with ModelServer(says("Uno [1].")) as server:
        settings = archive.settings.model_copy(
            update={"engine": "openai", "base_url": server.url, "model": "m"}
        )
        with Assistant(settings) as other:
            assert len(other.ask("¿Qué documentos hablan del ferry Aurora?").citations) == 3
        assert "<evidence>" not in server.prompt(-1)


def test_a_long_list_of_documents_is_counted_whole_and_gone_on_with_page_by_page(tmp_path: Path) -> None:
    documents = [{"text": f"El tren Meseta llegó a la parada {n}.", "date": "2026-02-03"} for n in range(45)]
    with small_archive(tmp_path, documents) as archive:
        conversation = archive.conversation()
        pages = [
            conversation.ask(said) for said in ("¿Qué documentos hablan del tren Meseta?", "Más", "el resto")
        ]
    assert [len(page.citations) for page in pages] == [20, 20, 5]
    assert len({citation.document.id for page in pages for citation in page.citations}) == 45
    assert pages[0].text.startswith("Documentos que mencionan «tren Meseta»: 45. Del 1 al 20:")
    assert pages[1].text.endswith("Quedan 5: pida «más».") and "Quedan" not in pages[2].text
