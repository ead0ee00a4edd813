from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answer import Correction
from assistant.finding.spelling import respell, vocabulary_of
from tests.news import small_archive

DOCUMENTS = (
    {
        "id": "techo",
        "date": "2025-04-10",
        "title": "Acta",
        "text": "El canciller inauguró la biblioteca. El presupuesto de la biblioteca es de 4.200.000 pesos. "
        "La factura F-2025-044 de Ramón Lerma se pagó en abril.",
    },
)


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("minutes"), DOCUMENTS) as opened:
        yield opened


def _respelled(archive: Assistant, question: str, language: str = "es") -> str | None:
    retriever = archive.retriever()
    vocabulary = vocabulary_of(retriever.store)
    respelled = respell(question, language, retriever.store, vocabulary, retriever.embedder)
    return None if respelled is None else respelled.question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿quién es el cansiller?", "¿quién es el canciller?"),
        ("el presupesto de la bibliotcea", "el presupuesto de la biblioteca"),
    ],
)
def test_a_word_that_the_archive_lacks_becomes_the_nearest_that_it_has(
    minutes: Assistant, question: str, expected: str
) -> None:
    assert _respelled(minutes, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién es el canciller?",
        "¿Qué dice el «cansiller»?",
        '¿Qué dice el "cansiller"?',
        "¿Quién es Ramón Lermo?",
        "¿Qué dice la factura F-2025-045?",
        "¿Qué dice cansiller2025?",
        "¿Quién hizo la zanahoria?",
    ],
)
def test_what_is_known_quoted_a_name_or_far_from_all_words_stays_as_it_is(
    minutes: Assistant, question: str
) -> None:
    assert _respelled(minutes, question) is None


def test_words_of_a_language_that_no_document_is_in_are_not_misspelled(minutes: Assistant) -> None:
    assert _respelled(minutes, "who is the chancellier of the bibliotecka?", "en") is None


def test_the_correction_is_told_and_quotation_marks_undo_it(minutes: Assistant) -> None:
    answer = minutes.ask("¿Cuál es el presupesto de la bibliotcea?")
    assert answer.answered and "4.200.000" in answer.text
    assert answer.corrections == (
        Correction("presupesto", "presupuesto"),
        Correction("bibliotcea", "biblioteca"),
    )
    assert not minutes.ask("¿Cuál es el «presupesto» de la «bibliotcea»?").corrections
