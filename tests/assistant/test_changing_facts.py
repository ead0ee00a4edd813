"""Facts that change: the newest value first with its date, the older one named, the archive as it stood then."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant, Settings
from assistant.answer import Evidence, ReadAnswer
from assistant.extraction.extractive import write
from assistant.questions.understanding import understand
from index.document import Document, Span

NEWS = {
    "2025-03-10 Gabinete": "El canciller de Valdoria es Ernesto Quiroga, que asumió el cargo en enero.",
    "2025-09-02 Cambio de gabinete": "La nueva canciller de Valdoria es Marta Iriarte, que sustituye a Quiroga.",
    "2025-10-01 La cosecha": "La cosecha de Valdoria creció. El canciller de Valdoria no comentó la noticia.",
    "2025-06-02 Sismo": "El sismo de Puerto Lindo dejó 12 muertos, informó Protección Civil.",
    "2025-06-05 Nuevo recuento": "El sismo de Puerto Lindo dejó 31 muertos, según Protección Civil.",
    "2025-06-09 Recuento": "El sismo de Puerto Lindo dejó 31 muertos, confirmó Protección Civil.",
    "2025-06-20 Ayuda": "La ayuda por el sismo de Puerto Lindo llegó a la costa con víveres.",
    "2025-02-01 Apicultura": "El congreso de apicultura se celebrará en Mérida.",
    "2025-04-01 Cambio de sede": "El congreso de apicultura se celebrará en Durango, lejos de la costa.",
    "2025-02-03 Puente": "El puente de San Telmo se inaugurará el 3 de mayo.",
    "2025-04-02 Puente y lluvias": "El puente de San Telmo se inaugurará el 20 de junio por las lluvias.",
    "2024-05-05 Faro": "El faro de Cabo Ruiz fue diseñado por Elena Prats.",
    "2025-10-20 Faro pintado": "El faro de Cabo Ruiz fue pintado de blanco.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("changing")
    (folder / "documents").mkdir()
    for number, (heading, text) in enumerate(NEWS.items()):
        (folder / "documents" / f"{number:02}.txt").write_text(f" date {heading}\n{text}\n", "utf-8")
    with Assistant(Settings(documents=folder / "documents", index=folder / "index")) as opened:
        opened.sync()
        yield opened


@pytest.mark.parametrize(
    ("question", "newest", "older"),
    [
        ("¿Quién es el canciller de Valdoria?", "Marta Iriarte", "Ernesto Quiroga"),
        ("¿Cuántos muertos dejó el sismo de Puerto Lindo?", "31 muertos", "12 muertos"),
        ("¿Cuándo se inaugurará el puente de San Telmo?", "20 de junio", "3 de mayo"),
    ],
)
def test_where_documents_disagree_both_are_shown_each_with_its_day(
    archive: Assistant, question: str, newest: str, older: str
) -> None:
    answer = archive.ask(question)
    for value in (newest, older):
        (citation,) = (citation for citation in answer.citations if value in citation.quote)
        assert citation.verified
        assert citation.document.date is not None


def test_a_value_that_comes_back_is_the_newest() -> None:
    days = {date(2025, 3, 1): "Mérida", date(2025, 3, 5): "Durango", date(2025, 3, 9): "Mérida"}
    evidence = [
        Evidence(
            1,
            document,
            Span(0, len(document.text)),
            0.0,
            0.9,
            answer=ReadAnswer(Span(20, 20 + len(place)), 5.0, 5.0),
        )
        for day, place in days.items()
        for document in [Document(f"{day}", "a.txt", "Sede", f"El congreso será en {place}.", "es", day)]
    ]
    sentences, _ = write(understand("¿Dónde será el congreso?", "es"), evidence, sure=True)
    assert [sentence.text for sentence in sentences[:2]] == [
        "Según el documento del 9 de marzo de 2025: Mérida.",
        "Según el documento del 5 de marzo de 2025: Durango.",
    ]


@pytest.mark.parametrize(
    ("question", "as_of", "value"),
    [
        ("¿Quién es el canciller de Valdoria?", date(2025, 5, 1), "Ernesto Quiroga."),
        ("¿Cuántos muertos dejó el sismo de Puerto Lindo?", date(2025, 6, 3), "12."),
        ("¿Dónde se celebrará el congreso de apicultura?", date(2025, 3, 1), "Mérida."),
        ("¿Cuándo se inaugurará el puente de San Telmo?", date(2025, 3, 1), "3 de mayo de 2025."),
    ],
)
def test_as_of_a_day_the_archive_tells_what_it_knew_then(
    archive: Assistant, question: str, as_of: date, value: str
) -> None:
    answer = archive.ask(question, as_of=as_of)
    assert value.rstrip(".").removesuffix(" de 2025") in answer.citations[0].quote
    assert all(citation.document.date <= as_of for citation in answer.citations if citation.document.date)


def test_before_the_first_report_nothing_is_known(archive: Assistant) -> None:
    assert not archive.ask("¿Cuántos muertos dejó el sismo de Puerto Lindo?", as_of=date(2025, 1, 1)).answered


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("¿Quién es la nueva canciller de Valdoria?", "Marta Iriarte"),
        ("¿Cuál es la última cifra de muertos del sismo de Puerto Lindo?", "31 muertos"),
        ("¿Quién diseñó el faro de Cabo Ruiz según la última información?", "Elena Prats"),
    ],
)
def test_a_newer_document_without_the_answer_does_not_bury_the_one_that_has_it(
    archive: Assistant, question: str, holder: str
) -> None:
    assert holder in archive.ask(question).citations[0].quote
