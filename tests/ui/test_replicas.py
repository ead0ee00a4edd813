"""Two chats of one archive behind nginx, as docs/replicas.nginx.conf has it; one is killed, and users go on."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.model_server import Exchange, ModelServer
from tests.servers import new_database
from tests.ui.conftest import PATIENCE
from tests.ui.replicas import PASSWORD, Cluster, new_reader, replicas

pytestmark = [pytest.mark.services, pytest.mark.browser]

MEETING = "¿Cuándo será la reunión ministerial de seguridad?"
WHERE = "¿Y dónde será?"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, postgres: str, chroma_url: str) -> Iterator[Cluster]:
    home = tmp_path_factory.mktemp("cluster")
    with replicas(home, new_database(postgres), chroma_url) as cluster:
        yield cluster


@dataclass
class Slow:
    """A cluster whose model holds as many answers as it is told to, until their server is gone, and fails others.

    Where the model fails, the answer is an extract.
    """

    cluster: Cluster
    to_hold: int = 0
    held: "Queue[str]" = field(default_factory=Queue)

    def behave(self, exchange: Exchange) -> None:
        prompt = exchange.server.owner.prompt(-1)
        if self.to_hold and "<evidence>" in prompt:
            self.to_hold -= 1
            self.held.put(prompt)
            exchange.wait_until_abandoned()
        else:
            exchange.send_error_object(400)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory, postgres: str, chroma_url: str) -> Iterator[Slow]:
    told: list[Slow] = []
    home = tmp_path_factory.mktemp("slow")
    with (
        ModelServer(lambda exchange: told[0].behave(exchange)) as model,
        replicas(
            home,
            new_database(postgres),
            chroma_url,
            HEMEROTECA_ENGINE="openai",
            HEMEROTECA_BASE_URL=model.url,
        ) as cluster,
    ):
        told.append(Slow(cluster))
        yield told[0]


@pytest.fixture
def both(cluster: Cluster) -> Cluster:
    """The cluster with both replicas running."""
    cluster.revive()
    return cluster


@pytest.fixture
def reader(both: Cluster, browser: Browser) -> Iterator[Page]:
    """Ana, logged in in a browser."""
    with logged_in(both, browser) as page:
        yield page


@contextmanager
def logged_in(cluster: Cluster, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="es-MX", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(cluster.address)
    page.fill("[name=name]", "ana")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#welcome .welcome").wait_for()
    yield page
    context.close()


def ask(page: Page, question: str, number: int) -> str:
    """Ask, and wait for the answer that is the conversation's `number`th."""
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    return answer(page, number)


def answer(page: Page, number: int) -> str:
    turn = page.locator(f"#live #turn-{number}:not([aria-busy])")
    turn.wait_for()
    return turn.inner_text()


def titles(page: Page) -> list[str]:
    page.get_by_role("tab").nth(2).click()
    page.locator("#conversations :is(ul, .none)").wait_for()
    return page.locator("#conversations li [data-rename]").evaluate_all(
        "all => all.map(e => e.dataset.title)"
    )


def test_who_is_logged_in_stays_so_when_the_server_that_let_them_in_is_gone(both: Cluster) -> None:
    with new_reader(both) as client:
        begun = client.post("/login", data={"name": "ana", "password": PASSWORD})
        assert begun.status_code == 303
        gone = both.served_last("/login")
        for _ in range(3):
            assert client.get("/es/").status_code == 200
            assert both.served_last("/es/") == gone, "a reader stays with one server"
        both.kill(gone)
        assert client.get("/es/").status_code == 200
        assert both.served_last("/es/") != gone
        client.post("/logout")
        both.revive()
        assert client.get("/es/").status_code == 303


def test_a_user_removed_and_a_key_made_on_one_machine_count_on_the_other_at_once(both: Cluster) -> None:
    both.command("user", "add", "luis", given=f"{PASSWORD}\n", replica=0)
    key = json.loads(both.command("key", "add", "radio", "--json", replica=1))["key"]
    ports = [httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) for port in both.ports]
    begun = ports[0].post("/login", data={"name": "luis", "password": PASSWORD})
    token = begun.cookies["session"]
    bearer = {"authorization": f"Bearer {key}"}
    for client in ports:
        client.cookies.set("session", token)
        assert client.get("/es/").status_code == 200
        assert client.get("/api/status", headers=bearer).status_code == 200
    both.command("user", "remove", "luis", replica=1)
    both.command("key", "remove", "radio", replica=0)
    for client in ports:
        assert client.get("/es/").status_code == 401
        assert client.get("/api/status", headers=bearer).status_code == 401
        client.close()


def test_programs_are_answered_while_a_server_dies(both: Cluster) -> None:
    key = json.loads(both.command("key", "add", "cartero", "--json"))["key"]
    with httpx.Client(
        base_url=both.address, timeout=60, headers={"authorization": f"Bearer {key}"}
    ) as client:
        answers = [client.post("/api/ask", json={"question": MEETING}) for _ in range(4)]
        both.kill(both.served_last("/api/ask"))
        answers += [client.post("/api/ask", json={"question": MEETING}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 8
    assert {answer.json()["text"] for answer in answers} == {answers[0].json()["text"]}


def test_a_follow_up_is_understood_by_the_server_that_is_left(both: Cluster, reader: Page) -> None:
    assert "febrero" in ask(reader, MEETING, 1).lower()
    reader.locator("#live .next").wait_for()  # after which nothing is under way
    both.kill(both.served_last("/queue/join"))
    told = ask(reader, WHERE, 2)
    assert "Washington" in told
    assert "¿Dónde será la reunión ministerial de seguridad?" in told
    assert titles(reader) == [MEETING]
    assert reader.locator("#notice .lost").inner_text() == ""


def test_a_reader_who_is_led_back_to_a_server_finds_there_what_was_asked_elsewhere(
    both: Cluster, reader: Page
) -> None:
    ask(reader, "¿Quién es el canciller de México?", 1)
    first = both.served_last("/queue/join")
    lead(both, reader, next(port for port in both.ports if port != first))
    ask(reader, MEETING, 2)
    assert both.served_last("/queue/join") != first
    lead(both, reader, first)
    assert "Washington" in ask(reader, WHERE, 3)
    assert both.served_last("/queue/join") == first
    reader.reload()
    reader.locator("#history #turn-3").wait_for()
    assert reader.locator("#history .turn").count() == 3


def test_a_program_whose_server_died_under_its_question_is_told_and_may_ask_again(slow: Slow) -> None:
    key = json.loads(slow.cluster.command("key", "add", "radio", "--json"))["key"]
    with (
        httpx.Client(
            base_url=slow.cluster.address, timeout=60, headers={"authorization": f"Bearer {key}"}
        ) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        client.get("/healthz")  # gives it the cookie that leads to one server
        slow.to_hold = 1
        under_way = pool.submit(client.post, "/api/ask", json={"question": MEETING})
        slow.held.get(timeout=60)
        slow.cluster.kill(slow.cluster.served_last("/healthz"))
        assert under_way.result().status_code == 502
        assert client.post("/api/ask", json={"question": MEETING}).status_code == 200
    slow.cluster.revive()


def test_a_question_that_a_server_took_with_it_is_asked_again_by_the_page_once(
    slow: Slow, browser: Browser
) -> None:
    cluster = slow.cluster
    with logged_in(cluster, browser) as page:
        assert "febrero" in ask(page, MEETING, 1).lower()
        page.locator("#filters summary").first.click()
        page.fill("#filters [name=from]", "2026-01-01")
        slow.to_hold = 2
        page.fill("#question textarea", WHERE)
        page.keyboard.press("Enter")
        slow.held.get(timeout=60)
        cluster.kill(cluster.served_last("/queue/join"))
        page.locator("#notice .lost", has_text="intentando recuperar").wait_for()
        slow.held.get(timeout=60)
        page.locator("#notice .lost", has_text="se hizo de nuevo").wait_for()
        assert page.locator("#history .turn").count() == 1
        cluster.revive()
        cluster.kill(cluster.served_last("/queue/join"))
        page.locator("#notice .lost", has_text="dos veces").wait_for()
        assert page.locator("#question textarea").input_value() == WHERE
        page.locator("#question .submit-button").click()
        told = answer(page, 2)
        assert "Washington" in told
        assert "Solo en: documentos con fecha desde el 1 de enero de 2026" in told
        assert titles(page) == [MEETING]


def lead(cluster: Cluster, page: Page, port: int) -> None:
    """Open the page again with a cookie with which nginx leads to that server."""
    cookie = cluster.cookie_to(port)
    page.context.add_cookies([{"name": "replica", "value": cookie, "url": cluster.address}])
    page.reload()
    page.locator("#history .turn").first.wait_for()
