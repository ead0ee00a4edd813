"""The routes of kept conversations over real HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from assistant import Assistant
from tests.ui.conftest import served

QUESTION = "¿Quién es el canciller de México?"


@pytest.fixture
def client(assistant: Assistant) -> Iterator[httpx.Client]:
    with served(assistant) as address, httpx.Client(base_url=address, trust_env=False) as opened:
        yield opened


def kept(assistant: Assistant) -> str:
    """The id of a conversation with one answer."""
    conversation = assistant.conversation()
    conversation.ask(QUESTION)
    assert conversation.id is not None
    return conversation.id


def test_a_verdict_is_kept_with_its_reason_and_the_last_one_counts(
    assistant: Assistant, client: httpx.Client
) -> None:
    address = f"/conversations/{kept(assistant)}/1/feedback"
    for verdict, reason in (("good", ""), ("bad", " Falta la fecha. ")):
        assert client.put(address, json={"verdict": verdict, "reason": reason}).status_code == 204
    (given,) = assistant.conversations.feedback()
    assert (given.verdict, given.reason) == ("bad", "Falta la fecha.")


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("{id}/2/feedback", {"verdict": "good"}, 404),
        ("guessed/1/feedback", {"verdict": "good"}, 404),
        ("{id}/0/feedback", {"verdict": "good"}, 400),
        ("{id}/1/feedback", {"verdict": "splendid"}, 400),
        ("{id}/1/feedback", {"verdict": "good", "reason": "x" * 1001}, 400),
        ("{id}/1/feedback", {"verdict": "good", "user": "ana"}, 400),
    ],
)
def test_what_is_no_verdict_on_a_kept_answer_is_refused(
    assistant: Assistant, client: httpx.Client, path: str, sent: dict[str, str], status: int
) -> None:
    answer = client.put("/conversations/" + path.format(id=kept(assistant)), json=sent)
    assert answer.status_code == status
    assert list(assistant.conversations.feedback()) == []


def test_another_site_cannot_judge(assistant: Assistant, client: httpx.Client) -> None:
    address = f"/conversations/{kept(assistant)}/1/feedback"
    sent = client.put(address, json={"verdict": "good"}, headers={"origin": "https://evil.example"})
    assert sent.status_code == 403


def test_a_conversation_is_exported_as_markdown_under_its_title(
    assistant: Assistant, client: httpx.Client
) -> None:
    conversation = kept(assistant)
    assistant.conversations.rename(conversation, "El canciller")
    answer = client.get(f"/conversations/{conversation}/export")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith(f"# El canciller\n\n## {QUESTION}")
    assert client.get("/conversations/guessed/export").status_code == 404


def test_the_calendar_of_an_answer_without_days_to_come_is_empty(
    assistant: Assistant, client: httpx.Client
) -> None:
    conversation = kept(assistant)
    answer = client.get(f"/conversations/{conversation}/1/calendar")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" not in answer.text
    assert client.get(f"/conversations/{conversation}/2/calendar").status_code == 404
    assert client.get("/conversations/guessed/1/calendar").status_code == 404
