"""The queue belongs to its reader: another sees nothing of it, ends nothing in it, and cannot fill it."""

import logging
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest

import ui.gradio_gate
from tests.security.conftest import add_users
from tests.security.gradio_page import PageClient
from tests.servers import wait_until
from tests.ui.conftest import Archive
from ui.documents_panel import DocumentsPanel
from ui.gradio_gate import SHARE

SESSION = "anas0page0"


def attempts(page: PageClient, session: str, event: str = "0" * 32) -> dict[str, int]:
    """What a reader is answered who tries what goes on in a session."""
    cancel = {"session_hash": session, "fn_index": 0, "event_id": event}
    api, query = "/es/gradio_api", {"session_hash": session}
    return {
        "data": page.client.get(f"{api}/queue/data", params=query).status_code,
        "heartbeat": page.client.get(f"{api}/heartbeat/{session}").status_code,
        "cancel": page.client.post(f"{api}/cancel", json=cancel).status_code,
        "join": page.join("search", "change", session).status_code,
        "call": page.join(None, "then", session).status_code,
    }


def test_who_knows_anothers_session_can_neither_read_nor_end_nor_join_it(
    ana: PageClient, luis: PageClient
) -> None:
    joined = ana.join("search", "change", SESSION)
    assert joined.status_code == 200
    assert set(attempts(luis, SESSION, joined.json()["event_id"]).values()) == {404}
    assert [message["msg"] for message in ana.told(SESSION)][-2:] == ["process_completed", "close_stream"]


def test_where_nobody_logs_in_a_page_is_known_by_the_mark_that_its_browser_carries(
    serve_anew: Callable[..., Archive], enter: Callable[..., PageClient]
) -> None:
    archive = serve_anew()
    first, second, bare = (enter(archive.address) for _ in range(3))
    for page in (first, second):
        assert len(page.client.cookies["reader"]) >= 22
    bare.client.cookies.clear()
    joined = first.join("search", "change", SESSION)
    for other in (second, bare):
        assert set(attempts(other, SESSION, joined.json()["event_id"]).values()) == {404}
    assert first.told(SESSION)[-1]["msg"] == "close_stream"


def test_the_mark_is_no_scripts_and_no_other_sites_to_read(
    serve_anew: Callable[..., Archive], enter: Callable[..., PageClient]
) -> None:
    page = enter(serve_anew().address)
    page.client.cookies.clear()
    told = page.client.get("/es/").headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=lax" in told and "path=/" in told
    forged = page.client.get("/es/", headers={"cookie": "reader=<script>"}).headers
    assert "script" not in forged["set-cookie"]


@pytest.mark.parametrize("session", ["", "A", "../x", "a" * 33, "a b", "é", "a\n"])
def test_a_session_of_another_shape_is_none(ana: PageClient, session: str) -> None:
    body = {**ana.body(ana.function("search", "change")), "session_hash": session}
    assert ana.send(ana.function("search", "change"), body).status_code == 422


def test_who_ends_an_event_in_a_session_of_their_own_does_not_end_anothers(
    slow: Archive, held: Event, enter: Callable[..., PageClient]
) -> None:
    ana, luis = enter(slow.address, "ana"), enter(slow.address, "luis")
    event = ana.join("search", "change", SESSION).json()["event_id"]
    luis.join("question", "submit", "luis0page", data=["hola", "", "", ""])
    cancel = {
        "session_hash": "luis0page",
        "fn_index": ana.function("search", "change")["id"],
        "event_id": event,
    }
    assert luis.client.post("/es/gradio_api/cancel", json=cancel).status_code == 404
    held.set()
    assert ana.told(SESSION)[-2]["success"]


@pytest.fixture
def held() -> Iterator[Event]:
    """What slow archives wait for."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def slow(held: Event, serve_anew: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive, for Ana and Luis, in which looking at the documents and indexing them end when `held` is set."""

    def waiting(then: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*given: Any) -> Any:
            held.wait(60)
            return then(*given)

        return wait

    monkeypatch.setattr(DocumentsPanel, "_synced", waiting(DocumentsPanel._synced))
    monkeypatch.setattr(DocumentsPanel, "draw", waiting(DocumentsPanel.draw))
    archive = serve_anew()
    add_users(archive.assistant)
    return archive


def test_the_same_indexing_is_not_queued_twice_and_others_are_served_meanwhile(
    slow: Archive, held: Event, enter: Callable[..., PageClient]
) -> None:
    ana, luis = enter(slow.address, "ana"), enter(slow.address, "luis")
    statuses = [ana.join("reindex", "click").status_code for _ in range(248)]
    assert statuses.count(200) <= 2
    assert set(statuses) == {200, 409}
    assert luis.join("question", "submit", "luis0page", data=["hola", "", "", ""]).status_code == 200
    assert luis.told("luis0page")[-1]["msg"] == "close_stream"
    opened = luis.join("conversations-tab", "select", event_data={"value": "", "index": 2})
    assert opened.status_code == 200 and opened.json()["data"]
    assert luis.join("reindex", "click").json()["code"] == "already_waiting"
    held.set()


def test_no_reader_fills_the_queue(slow: Archive, held: Event, enter: Callable[..., PageClient]) -> None:
    ana, luis = enter(slow.address, "ana"), enter(slow.address, "luis")
    statuses = [ana.join("search", "change").status_code for _ in range(SHARE + 20)]
    assert statuses == [200] * SHARE + [429] * 20
    refused = ana.join("search", "change").json()
    assert refused["code"] == "too_many_waiting" and "curso" in refused["detail"]
    assert luis.join("search", "change").status_code == 200
    held.set()


def test_what_nobody_fetches_is_not_kept_for_ever(ana: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.gradio_gate, "MOST_UNREAD", 10)
    wait_until(lambda: ana.join("search", "change", "left0page").status_code == 429)
    wait_until(lambda: ana.join("search", "change", "new0page").status_code == 200)
    left = ana.client.get("/es/gradio_api/queue/data", params={"session_hash": "left0page"})
    assert left.status_code == 404


def test_a_session_in_which_nothing_was_called_has_no_messages(
    ana: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    with ana.client.stream("GET", "/es/gradio_api/heartbeat/quiet0page") as heartbeat:
        assert heartbeat.status_code == 200
    quiet = ana.client.get("/es/gradio_api/queue/data", params={"session_hash": "quiet0page"})
    assert quiet.status_code == 404
    assert [record for record in caplog.records if record.exc_info] == []


def test_neither_sessions_nor_cookies_are_in_any_log(
    ana: PageClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A command that ran in this process may have left its handler, which tells what this client sends, and its levels.
    monkeypatch.setattr(logging.getLogger(), "handlers", [caplog.handler])
    for name in ("", "ui", "hemeroteca"):
        caplog.set_level(logging.DEBUG, logger=name)
    token, session = ana.client.cookies["session"], "secretsession"
    ana.join("search", "change", session)
    ana.told(session)
    ana.join("search", "change", session, data=[{}])
    ana.client.get("/es/gradio_api/queue/data", params={"session_hash": f"{session}x"})
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    told = "\n".join([*ours, *capfd.readouterr()])
    assert "request" in told
    assert session not in told and token not in told
