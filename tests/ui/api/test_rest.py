import logging
from typing import Any

import httpx
import pytest

from tests.ui.conftest import Archive

SEED = "2026-01-16-de-la-fuente-rubio.txt"
QUESTION = "¿Dónde será la reunión ministerial?"


def test_an_answer_is_that_of_the_command(client: httpx.Client, archive: Archive) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    own = archive.assistant.ask(QUESTION).to_dict()
    assert {**answer, "timings_ms": 0} == {**own, "timings_ms": 0}


def test_a_follow_up_leans_on_its_history(client: httpx.Client) -> None:
    history = [{"question": QUESTION, "answer": "En Washington."}]
    answer = client.post("/api/ask", json={"question": "¿Y cuándo?", "history": history}).json()
    assert "reunión ministerial" in answer["standalone"]


def test_a_search_gives_passages_within_its_bounds(client: httpx.Client, archive: Archive) -> None:
    found = client.get("/api/search", params={"q": "reunión ministerial", "limit": 2}).json()
    assert [hit["number"] for hit in found["hits"]] == [1, 2]
    text = archive.assistant.document(SEED).text
    assert all(text[hit["start"] : hit["end"]] == hit["text"] for hit in found["hits"])
    before = client.get("/api/search", params={"q": "reunión", "to": "2026-01-15"}).json()
    assert before["hits"] == []


def test_documents_are_listed_and_read(client: httpx.Client, archive: Archive) -> None:
    listed = client.get("/api/documents", params={"limit": 1}).json()
    assert listed["total"] == len(listed["documents"]) == 1
    entry = listed["documents"][0]
    read = client.get(f"/api/documents/{entry['id']}").json()
    assert read == archive.assistant.document(SEED).to_dict()
    assert entry["characters"] == len(read["text"])
    assert client.get("/api/documents", params={"offset": 1}).json()["documents"] == []


def test_a_timeline_tells_events_in_order(client: httpx.Client) -> None:
    timeline = client.get("/api/timeline", params={"topic": "reuniones de seguridad"}).json()
    starts = [event["from"] for event in timeline["events"]]
    assert starts == ["2026-01-23", "2026-02-01"]


def test_the_state_of_the_index_is_told(client: httpx.Client) -> None:
    status = client.get("/api/status").json()
    assert (status["documents"], status["engine"]) == (1, "extractive")


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("GET", "/api/documents/nothing.txt", {}, 404),
        ("GET", "/api/search", {}, 400),
        ("GET", "/api/search", {"params": {"q": "x", "limit": 0}}, 400),
        ("GET", "/api/search", {"params": {"q": "x", "from": "2026-02-01", "to": "2026-01-01"}}, 400),
        ("GET", "/api/search", {"params": {"q": "x", "unknown": "1"}}, 400),
        ("POST", "/api/ask", {"json": {"question": "x" * 2001}}, 400),
        ("POST", "/api/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ("POST", "/api/ask", {"content": b"\xff", "headers": {"content-type": "application/json"}}, 400),
    ],
)
def test_a_mistake_is_told_in_openais_shape(
    client: httpx.Client, method: str, path: str, given: dict[str, Any], status: int
) -> None:
    answer = client.request(method, path, **given)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"]


def test_what_is_asked_is_not_logged(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/api/ask", json={"question": "¿Qué es zarzaparrilla?"}).raise_for_status()
    client.post("/api/ask", json={"question": "zarzaparrilla", "unknown": "zarzaparrilla"})
    assert "/api/ask" in caplog.text
    assert "zarzaparrilla" not in caplog.text
