"""What a conversation hands on from one question to the next."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answer import Finished, Retrieved
from index.filters import DocumentFilter
from tests.news import small_archive

FAIRS = {
    "mayo": "La feria del queso reunió a los pastores. El montaje costó 30 mil pesos.",
    "octubre": "La feria del queso reunió a los pastores. El montaje costó 50 mil pesos.",
}


@pytest.fixture(scope="module")
def fairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = ({"id": id_, "title": "Feria del queso", "text": text} for id_, text in FAIRS.items())
    with small_archive(tmp_path_factory.mktemp("fairs"), documents) as opened:
        yield opened


@pytest.mark.parametrize("document", FAIRS)
def test_a_follow_up_looks_first_into_the_document_that_was_cited(fairs: Assistant, document: str) -> None:
    assert _first_found(fairs, "¿Y cuánto costó el montaje?", cited=document) == document


def test_a_follow_up_that_says_what_happened_is_put_to_the_cited_document_as_it_is(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    derailed = "El tren entre Lomas y Salina descarriló el lunes y el tren quedó atravesado, según la empresa del tren."
    told = "La fiscalía del estado investigó el accidente durante dos semanas."
    note = {"title": "Nota", "text": f"{derailed}\n\n{told}"}
    with small_archive(tmp_path_factory.mktemp("train"), [note]) as archive:
        conversation = archive.conversation()
        conversation.ask("¿Cuándo descarriló el tren entre Lomas y Salina?")
        answer = conversation.ask("¿Y quién investigó el accidente?")
    assert answer.citations[0].quote == told
    assert "el tren entre Lomas y Salina" in answer.standalone


def test_a_question_that_stands_alone_favours_no_document(fairs: Assistant) -> None:
    question = "¿Cuánto costó el montaje de la feria del queso?"
    assert len({_first_found(fairs, question, cited=document) for document in FAIRS}) == 1


def test_a_question_put_in_the_place_of_another_follows_what_was_before_that(fairs: Assistant) -> None:
    conversation = fairs.conversation()
    conversation.ask("¿A quién reunió la feria del queso?")
    conversation.ask("¿Quién ganó el Mundial?")
    conversation.judge(2, "bad")
    (*_, last) = conversation.stream("¿Cuánto costó el montaje?", instead_of=2)
    assert isinstance(last, Finished) and last.number == 3
    kept = fairs.conversation(conversation.id)
    for each in (conversation, kept):
        assert [turn.number for turn in each.turns] == [1, 3]
        assert each.verdicts() == {}


def test_a_turn_that_another_added_during_an_answer_is_learned_in_its_order(fairs: Assistant) -> None:
    one = fairs.conversation()
    one.ask("¿A quién reunió la feria del queso?")
    answering = one.stream("¿Cuánto costó el montaje?")
    next(answering)
    fairs.conversation(one.id).ask("¿Qué reunió a los pastores?")
    (*_, last) = answering
    assert isinstance(last, Finished)
    assert last.number == 3
    assert [(turn.number, turn.question) for turn in one.turns][1:] == [
        (2, "¿Qué reunió a los pastores?"),
        (3, "¿Cuánto costó el montaje?"),
    ]


def _first_found(fairs: Assistant, question: str, cited: str) -> str:
    conversation = fairs.conversation()
    conversation.ask("¿A quién reunió la feria del queso?", wanted=DocumentFilter(documents=(cited,)))
    found, *_ = conversation.stream(question)
    assert isinstance(found, Retrieved)
    return found.evidence[0].document.id
