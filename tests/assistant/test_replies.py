"""A conversation with the assistant about itself, the archive, and its last answer."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from prompts import phrase
from tests.news import small_archive

DOCUMENTS = (
    {
        "id": "acta-abril",
        "date": "2025-04-10",
        "title": "Acta de abril",
        "text": "Acta de abril. Noemí Quispe informó que el techo del gimnasio tiene filtraciones. "
        "El consejo de Lucía Benítez pidió tres presupuestos para el techo del gimnasio antes de junio.",
    },
    {
        "id": "acta-mayo",
        "date": "2025-05-08",
        "title": "Acta de mayo",
        "text": "Acta de mayo. La empresa Techos Andinos pide 2.100.000 pesos por el techo del gimnasio. "
        "Lucía Benítez propuso que el comedor escolar abra también los viernes.",
    },
)


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("minutes"), DOCUMENTS) as opened:
        yield opened


def test_a_greeting_is_returned_with_what_there_is_and_cites_nothing(minutes: Assistant) -> None:
    answer = minutes.ask("¡Hola!")
    assert answer.text.startswith(phrase("greeting", "es")) and "2 documentos" in answer.text
    assert answer.is_talk and not answer.answered and not answer.citations


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("¿Cuántos documentos tienes?", ("2 documentos", "10 de abril de 2025", "8 de mayo de 2025")),
        ("How many documents are there?", ("2 documents", "April 10, 2025", "May 8, 2025")),
        ("¿De qué tratan?", ("Lucía Benítez: en 2 documentos", "Techos Andinos: en un documento")),
        ("What are they about?", ("Lucía Benítez: in 2 documents",)),
    ],
)
def test_the_archive_is_told_from_its_own_counts(
    minutes: Assistant, question: str, words: tuple[str, ...]
) -> None:
    answer = minutes.ask(question)
    assert answer.answered and answer.is_talk
    assert [each for each in words if each not in answer.text] == []


def test_what_is_new_is_the_newest_titles_each_cited_where_it_stands(minutes: Assistant) -> None:
    answer = minutes.ask("¿Qué hay de nuevo?")
    assert answer.text.index("Acta de mayo") < answer.text.index("Acta de abril")
    assert [citation.quote for citation in answer.citations] == ["Acta de mayo", "Acta de abril"]
    assert all(citation.verified for citation in answer.citations)


def test_more_details_are_quotes_that_were_not_shown_until_there_are_none(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    question = "¿Qué empresa pide 2.100.000 pesos por el techo del gimnasio?"
    answers = [conversation.ask(question), *(conversation.ask("Más detalles") for _ in range(4))]
    quoted = [(one.document.id, one.start, one.end) for answer in answers for one in answer.citations]
    assert {answer.standalone for answer in answers} == {question}
    assert answers[1].citations and len(quoted) == len(set(quoted))
    assert answers[-1].text == phrase("nothing_more", "es")


def test_asked_whether_it_is_sure_it_repeats_the_words_and_says_how_sure(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    before = conversation.ask("¿Quién informó que el techo del gimnasio tiene filtraciones?")
    answer = conversation.ask("¿Estás seguro?")
    assert answer.text.startswith(phrase("certain" if before.sure else "doubtful", "es"))
    assert {one.quote for one in answer.citations} <= {one.quote for one in before.citations}
    assert answer.citations and all(one.quote in answer.text for one in answer.citations)


def test_asked_where_it_stands_it_names_each_document_by_title_and_date(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    conversation.ask("¿Cuánto pide Techos Andinos por el techo del gimnasio?")
    answer = conversation.ask("¿Y en qué documento?")
    assert "Acta de mayo (8 de mayo de 2025)" in answer.text
    assert "acta-mayo" in {one.document.id for one in answer.citations}


@pytest.mark.parametrize("said", ["más detalles", "¿Estás seguro?", "Which document?"])
def test_nothing_can_be_gone_on_from_before_the_first_answer(minutes: Assistant, said: str) -> None:
    language = "en" if said.isascii() else "es"
    assert minutes.conversation().ask(said).text == phrase("nothing_yet", language)


def test_of_what_was_not_answered_nothing_is_vouched_for(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    conversation.ask("¿Quién ganó el Mundial de 1978?")
    answer = conversation.ask("¿Estás seguro?")
    assert "«¿Quién ganó el Mundial de 1978?»" in answer.text and not answer.citations


def test_he_or_she_is_the_person_just_named(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    conversation.ask("¿Qué propuso Lucía Benítez?")
    assert conversation.ask("¿Qué dijo ella sobre el comedor?").standalone == (
        "¿Qué dijo Lucía Benítez sobre el comedor?"
    )


def test_thanks_in_between_do_not_break_a_follow_up(minutes: Assistant) -> None:
    conversation = minutes.conversation()
    conversation.ask("¿Cuándo abre el comedor escolar?")
    conversation.ask("Gracias")
    assert conversation.ask("¿Y dónde?").standalone == "¿Dónde abre el comedor escolar?"


def test_an_empty_archive_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    with small_archive(tmp_path_factory.mktemp("empty"), ()) as empty:
        assert "hemeroteca index" in empty.ask("¿Cuántos documentos tienes?").text
