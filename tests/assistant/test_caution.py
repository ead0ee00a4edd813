"""Answers from weak evidence: given, but with words that say so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answer import Finished, Retrieved
from assistant.answer_json import answer_from_dict
from assistant.engine import Engine
from assistant.settings import load_settings

MEETING = "¿Dónde será la reunión ministerial?"
CAUTION = {
    "es": "No es seguro, pero puede que esto responda: ",
    "en": "This is not certain, but it may answer",
}


@pytest.fixture
def careful(seed_assistant: Assistant) -> Iterator[Engine]:
    """An engine to which no evidence is sure."""
    engine = seed_assistant.engine()
    settings = engine.settings.model_copy(update={"sure_threshold": 1.0})
    yield replace(engine, settings=settings)


def asked(engine: Engine, question: str) -> tuple[Retrieved, Finished]:
    events = list(engine.stream(question))
    first, last = events[0], events[-1]
    assert isinstance(first, Retrieved)
    assert isinstance(last, Finished)
    return first, last


def test_an_answer_between_the_thresholds_begins_with_words_of_caution(careful: Engine) -> None:
    retrieved, finished = asked(careful, MEETING)
    answer = finished.answer
    assert answer.answered
    assert not answer.sure
    assert answer.text.startswith(CAUTION["es"])
    assert f"{retrieved.caution} " == CAUTION["es"]
    assert answer.to_dict()["sure"] is False


def test_caution_speaks_the_language_of_the_question(careful: Engine) -> None:
    answer = asked(careful, "Where will the ministerial meeting take place?")[1].answer
    assert answer.text.startswith(CAUTION["en"])


def test_caution_is_no_sentence_of_the_answer_which_are_all_cited(careful: Engine) -> None:
    answer = asked(careful, MEETING)[1].answer
    assert all(sentence.citations for sentence in answer.sentences)


def test_a_sure_answer_begins_with_what_it_says(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask(MEETING)
    assert answer.sure
    assert answer.text.startswith(answer.sentences[0].text)


def test_a_refusal_has_no_words_of_caution(careful: Engine) -> None:
    answer = asked(careful, "¿Quién escribió Cien años de soledad?")[1].answer
    assert not answer.answered
    assert answer.text == "No lo encuentro en los documentos."


def test_caution_is_kept_with_a_stored_answer_and_older_ones_had_none(
    careful: Engine, seed_assistant: Assistant
) -> None:
    stored = asked(careful, MEETING)[1].answer.to_dict()
    assert not answer_from_dict(stored, seed_assistant.document).sure
    del stored["sure"]
    assert answer_from_dict(stored, seed_assistant.document).sure


def test_between_the_default_thresholds_there_is_room_for_caution() -> None:
    settings = load_settings()
    assert settings.threshold < settings.sure_threshold
