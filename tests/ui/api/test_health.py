from collections.abc import Callable

import httpx

from assistant import Assistant, Settings
from tests.ui.conftest import Archive, served
from ui.api.metrics import part_of


def figure(client: httpx.Client, name: str) -> float:
    """A figure by its name and labels."""
    lines = client.get("/metrics").text.splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(f"{name} ")), 0.0)


def test_an_archive_that_answers_is_alive_and_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_an_archive_that_was_never_indexed_is_alive_and_not_ready(seed: Settings) -> None:
    with Assistant(seed) as assistant, served(assistant) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        ready = httpx.get(f"{address}/readyz")
        assert ready.status_code == 503
        assert "hemeroteca index" in ready.json()["error"]["message"]


def test_requests_are_counted_by_part_and_never_by_what_they_ask(client: httpx.Client) -> None:
    name = 'hemeroteca_requests_total{part="/api/search",status="200"}'
    before = figure(client, name)
    client.get("/api/search", params={"q": "palabra"})
    assert figure(client, name) == before + 1
    assert "palabra" not in client.get("/metrics").text


def test_the_size_of_the_index_is_told(client: httpx.Client, archive: Archive) -> None:
    state = archive.assistant.status()
    for name in ("documents", "chunks", "pending"):
        assert figure(client, f"hemeroteca_{name}") == state[name]


def test_figures_need_a_key_and_health_does_not(client: httpx.Client, keyed: Callable[[], str]) -> None:
    keyed()
    assert client.get("/metrics").status_code == 401
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200


def test_a_documents_name_is_no_part() -> None:
    assert part_of("/api/documents/secret.txt") == "/api/documents"
    assert part_of("/api/secret.txt") == part_of("/es/") == part_of("/") == "page"
