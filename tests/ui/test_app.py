"""The application over real HTTP, without a browser."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import gradio
import httpx
import pytest

from assistant import Assistant
from assistant.errors import HemerotecaError
from tests.servers import wait_until
from tests.ui.conftest import served
from ui.access.access import is_loopback
from ui.app import create_app
from ui.gradio_gate import GradioGate
from ui.server import listen, serve


@pytest.fixture(scope="module")
def client(seed_assistant: Assistant) -> Iterator[httpx.Client]:
    with served(seed_assistant) as address, httpx.Client(base_url=address, trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", ["/", "/es/", "/en/config", "/static/page.css", "/document?id=no", "/nowhere"]
)
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "img-src 'self' data: blob:" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_a_foreign_host_and_a_foreign_origin_are_refused_with_the_headers_too(client: httpx.Client) -> None:
    for foreign in ({"host": "evil.example"}, {"origin": "https://evil.example"}):
        answer = client.get("/es/", headers=foreign)
        assert answer.status_code in (400, 403)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_start_page_leads_to_the_readers_language_and_remembers_a_choice(client: httpx.Client) -> None:
    spanish = client.get("/", headers={"accept-language": "es-MX"})
    assert spanish.headers["location"] == "./es/"
    chosen = client.get("/?lang=en", headers={"accept-language": "es-MX"})
    assert chosen.headers["location"] == "./en/"
    assert "httponly" in chosen.headers["set-cookie"].lower()
    assert "samesite=strict" in chosen.headers["set-cookie"].lower()


def test_gradio_makes_the_routes_of_each_page_once(
    seed_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[gradio.Blocks] = []
    configure = gradio.routes.App.configure_app
    monkeypatch.setattr(
        "gradio.routes.App.configure_app", lambda app, page: (made.append(page), configure(app, page))[1]
    )

    async def build() -> None:
        create_app(seed_assistant)

    asyncio.run(build())
    assert len(made) == len(set(map(id, made))) == 2


def test_an_idle_server_looks_into_each_pages_queue_seldom(seed_assistant: Assistant) -> None:
    async def pauses() -> list[float]:
        app = create_app(seed_assistant)
        gates = [route.app for route in app.routes if isinstance(getattr(route, "app", None), GradioGate)]
        return [gate._page._queue.sleep_when_free for gate in gates]

    assert all(0.02 <= pause <= 0.05 for pause in asyncio.run(pauses()))


def test_the_page_names_its_language_and_no_other_site(client: httpx.Client) -> None:
    page = client.get("/es/").text
    assert '<html\n\tlang="es"' in page or '<html lang="es"' in page
    assert "<title>Hemeroteca</title>" in page
    assert "raw.githubusercontent.com" not in page.partition("<script>window.gradio_config")[0]


def test_an_unknown_document_is_told_in_the_readers_language(client: httpx.Client) -> None:
    answer = client.get("/document", params={"id": "../../etc/passwd", "lang": "es"})
    assert answer.status_code == 404
    assert "ya no está en el archivo" in answer.text


def test_a_document_is_shown_whole_with_its_quotes_marked(client: httpx.Client) -> None:
    seed = "2026-01-16-de-la-fuente-rubio.txt"
    page = client.get(
        "/document", params={"id": seed, "lang": "en", "quote": ["1:17-40", "2:1-999999999"]}
    ).text
    assert page.count("<mark") == 1
    assert 'id="quote-1"' in page
    assert "January 16, 2026" in page


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example.org", "::"])
def test_an_address_that_others_can_reach_is_refused_in_words(seed_assistant: Assistant, host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(HemerotecaError, match="hemeroteca user add"):
        serve(seed_assistant, host)


def test_a_taken_port_is_told_in_words() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(HemerotecaError, match="--port"):
            listen("127.0.0.1", port)
    assert isinstance(taken, socket.socket)


def test_the_sessions_are_closed_though_the_server_ends_by_an_error(
    seed_assistant: Assistant, tmp_path: Path
) -> None:
    sessions = tmp_path / "sessions.sqlite3"
    settings = seed_assistant.settings.model_copy(update={"sessions": sessions})

    async def break_off(assistant: Assistant) -> None:
        app = create_app(assistant)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as browser,
        ):
            await browser.get("/", headers={"cookie": "session=somebody"})
            assert sessions.with_name(f"{sessions.name}-wal").exists()
            raise RuntimeError("broken off")

    with Assistant(settings) as assistant, pytest.raises(ExceptionGroup) as told:
        asyncio.run(break_off(assistant))
    assert "broken off" in repr(told.value.exceptions)
    # The gate's thread, which ends with the event loop, lets go of what it had opened by itself.
    wait_until(lambda: not sessions.with_name(f"{sessions.name}-wal").exists())
