from pathlib import Path

from assistant import Assistant
from assistant.evaluation.data import export_feedback, load_questions

WHERE = "¿Dónde será la reunión ministerial?"
UNKNOWN = "¿Cuál es el PIB de México?"


def test_feedback_becomes_questions_that_can_be_asked_again(assistant: Assistant, tmp_path: Path) -> None:
    kept = assistant.conversations
    for question, verdict in ((WHERE, "good"), (UNKNOWN, "good"), ("¿Quién es el canciller?", "bad")):
        conversation = assistant.conversation()
        conversation.ask(question)
        assert conversation.id is not None
        kept.give_feedback(conversation.id, 1, "good" if verdict == "good" else "bad")
    written = export_feedback(tmp_path / "set", kept.feedback(), assistant.documents())
    answered, declined = load_questions(tmp_path / "set")
    assert written == (2, 1)
    assert (answered.text, answered.answerable) == (WHERE, True)
    assert "Washington" in answered.answers[0]
    assert (declined.text, declined.answerable) == (UNKNOWN, False)
