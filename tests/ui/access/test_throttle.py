"""How many questions programs may ask, over real HTTP."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

import httpx
import pytest

from assistant import Assistant, Settings
from assistant.answer import Event
from assistant.people.keys import Keys
from tests.ui.conftest import served
from ui.server import Server, listen

QUESTION = {"question": "¿Quién es el canciller de México?"}


class Held(Assistant):
    """An archive whose answers wait until they are let go."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.asked = threading.Semaphore(0)
        self.let_go = threading.Event()

    def stream(self, *asked: object, **given: object) -> Iterator[Event]:
        self.asked.release()
        assert self.let_go.wait(60)
        yield from super().stream(*asked, **given)  # type: ignore[arg-type]


def post(address: str, **given: object) -> httpx.Response:
    return httpx.post(f"{address}/api/ask", json=QUESTION, timeout=60, **given)  # type: ignore[arg-type]


def test_a_key_that_asks_too_often_is_told_when_to_come_back(seed: Settings) -> None:
    limited = seed.model_copy(update={"questions_per_minute": 2})
    keys = Keys(seed.keys)
    one, other = ({"authorization": f"Bearer {keys.add(name)}"} for name in ("one", "other"))
    with Assistant(limited) as assistant, served(assistant) as address:
        assert [post(address, headers=one).status_code for _ in range(3)] == [200, 200, 429]
        refused = post(address, headers=one)
        assert refused.json()["error"]["code"] == "rate_limit_exceeded"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert post(address, headers=other).status_code == 200
        assert httpx.get(f"{address}/api/status", headers=one, timeout=60).status_code == 200


def test_texts_to_embed_count_apart_from_questions(seed: Settings) -> None:
    limited = seed.model_copy(update={"questions_per_minute": 1, "embeddings_per_minute": 2})
    headers = {"authorization": f"Bearer {Keys(seed.keys).add('one')}"}
    texts = {"model": "hemeroteca-embedding", "input": "una fecha"}
    with (
        Assistant(limited) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, headers=headers, timeout=60) as client,
    ):
        assert [post(address, headers=headers).status_code for _ in range(2)] == [200, 429]
        embedded = [client.post("/v1/embeddings", json=texts).status_code for _ in range(3)]
    assert embedded == [200, 200, 429]


def test_on_this_machine_without_users_nobody_asks_too_often(seed: Settings) -> None:
    limited = seed.model_copy(update={"questions_per_minute": 1})
    with Assistant(limited) as assistant, served(assistant) as address:
        assert [post(address).status_code for _ in range(2)] == [200, 200]


def test_who_finds_no_place_is_told_busy_and_the_others_are_answered(seed: Settings) -> None:
    limited = seed.model_copy(update={"answers_at_once": 1, "answers_waiting": 1})
    with Held(limited) as assistant, served(assistant) as address, ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(post, address) for _ in range(3)]
        assert assistant.asked.acquire(timeout=60)
        busy = next(as_completed(asked, timeout=60)).result()
        assert busy.status_code == 503
        assert busy.json()["error"]["code"] == "busy"
        assistant.let_go.set()
        assert sorted(one.result().status_code for one in asked) == [200, 200, 503]
        assert post(address).status_code == 200


def test_at_the_end_answers_on_their_way_finish_and_nobody_new_is_let_in(seed: Settings) -> None:
    patient = seed.model_copy(update={"farewell": 60})
    with Held(patient) as assistant, listen("127.0.0.1", 0) as listener, ThreadPoolExecutor(1) as pool:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        ready = threading.Event()
        server = Server(assistant, ready.set)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        ready.wait(60)
        with httpx.Client(base_url=address, timeout=60) as kept:
            assert kept.get("/healthz").status_code == 200
            asked = pool.submit(post, address)
            assert assistant.asked.acquire(timeout=60)
            server.should_exit = True
            while kept.get("/api/search", params={"q": "canciller"}).status_code != 503:
                pass
        assistant.let_go.set()
        serving.join()
        assert asked.result().status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{address}/healthz")
