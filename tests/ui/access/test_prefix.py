"""The archive as a part of another site, under a path of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from assistant import Assistant, Settings
from assistant.people.users import Users
from assistant.settings import load_settings
from tests.servers import free_port, is_up, nginx_server
from tests.ui.access.conftest import PASSWORD
from tests.ui.conftest import Archive, Visit, served

# What the documentation hands out.
CONFIGURATION = Path(__file__).parents[3] / "docs" / "subpath.nginx.conf"
QUESTION = "¿Dónde será la reunión ministerial?"


@pytest.fixture(scope="module")
def under_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is told to be at /archivo, in a page of the intranet."""
    home = tmp_path_factory.mktemp("part")
    (home / "documents").mkdir()
    (home / "documents" / "nota.txt").write_text("La reunión ministerial será en Washington.\n", "utf-8")
    settings = Settings(
        documents=home / "documents",
        index=home / "index",
        conversations=home / "conversations.sqlite3",
        keys=home / "keys.json",
        auth=home / "users.json",
        sessions=home / "sessions.sqlite3",
        engine="extractive",
        root_path="/archivo",
        frame_ancestors=("https://intranet.example.org",),
    )
    with Assistant(settings) as assistant, served(assistant) as address:
        yield address


@pytest.mark.parametrize("taken_off", [False, True])
def test_every_address_that_is_told_has_the_path_whether_the_proxy_takes_it_off_or_not(
    under_a_path: str, taken_off: bool
) -> None:
    base = under_a_path if taken_off else f"{under_a_path}/archivo"
    with httpx.Client(base_url=base, headers={"accept-language": "es"}, timeout=60) as client:
        assert client.get("/").headers["location"] == "./es/"
        page = client.get("/es/")
        assert page.status_code == 200
        assert "Path=/archivo;" in page.headers["set-cookie"]
        assert client.get("/es/config").json()["root"] == f"{under_a_path}/archivo/es"
        assert client.get("/static/page.css").status_code == 200
        asked = {"model": "hemeroteca", "messages": [{"role": "user", "content": QUESTION}]}
        reply = client.post("/v1/chat/completions", json=asked).json()
    cited = reply["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert cited.startswith(f"{under_a_path}/archivo/document?")
    assert "<mark" in httpx.get(cited, timeout=60).text


def test_the_path_without_its_slash_leads_to_the_start(under_a_path: str) -> None:
    assert httpx.get(f"{under_a_path}/archivo", timeout=60).headers["location"] == "/archivo/"
    assert httpx.get(f"{under_a_path}/archivos", timeout=60).status_code == 404


def test_who_is_no_proxy_does_not_choose_the_path(under_a_path: str) -> None:
    page = httpx.get(f"{under_a_path}/es/config", headers={"x-forwarded-prefix": "/otro"}, timeout=60).json()
    assert page["root"] == f"{under_a_path}/archivo/es"


def test_the_sites_that_are_named_may_show_the_chat_within_theirs(
    under_a_path: str, archive: Archive
) -> None:
    named, other = (
        httpx.get(f"{address}/es/", timeout=60).headers for address in (under_a_path, archive.address)
    )
    assert "frame-ancestors 'self' https://intranet.example.org" in named["content-security-policy"]
    assert "x-frame-options" not in named
    assert "frame-ancestors 'none'" in other["content-security-policy"]
    assert other["x-frame-options"] == "DENY"


@pytest.fixture
def behind_nginx(seed: Settings, tmp_path: Path) -> Iterator[str]:
    """The address, with its path, of an archive with a user behind nginx as the documentation has it."""
    Users(seed.auth).add("ana", PASSWORD)  # type: ignore[arg-type]
    port = free_port()
    settings = load_settings(**{**seed.model_dump(), "proxies": "127.0.0.1", "engine": "extractive"})
    with Assistant(settings) as assistant:
        assistant.sync()
        with served(assistant) as address:
            written = CONFIGURATION.read_text("utf-8")
            assert "http://127.0.0.1:7860/" in written
            part = written.replace("http://127.0.0.1:7860/", f"{address}/")
            site = f"access_log off; server {{ listen 127.0.0.1:{port}; {part} }}"
            outside = f"http://127.0.0.1:{port}/archivo/"
            with nginx_server(tmp_path, site, lambda: is_up(outside)):
                yield outside


@pytest.mark.services
@pytest.mark.browser
def test_behind_nginx_under_a_path_all_of_the_page_works(
    behind_nginx: str, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    reader = visit(Archive(behind_nginx, tmp_path, None), until="form.login")  # type: ignore[arg-type]
    page = reader.page
    page.fill("#name", "ana")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".welcome").wait_for()
    reader.ask(QUESTION)
    assert "Washington" in page.locator("#live .answer").inner_text()
    link = page.locator("#live a.cite").first
    link.click()
    page.locator("dialog .fulltext mark").first.wait_for()
    page.keyboard.press("Escape")
    document = urljoin(page.url, link.get_attribute("href"))
    assert document.startswith(f"{behind_nginx}document?")
    assert page.request.get(document).ok
    page.reload()
    page.locator("#history .turn").wait_for()
    reader.show_documents()
    reader.show_conversations()
    export = page.locator("#conversations a[download]").first.get_attribute("href")
    assert page.request.get(urljoin(page.url, export)).ok
    page.get_by_role("button", name="Salir").click()
    page.locator("form.login").wait_for()
    assert page.url == f"{behind_nginx}login"
