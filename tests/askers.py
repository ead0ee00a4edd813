"""Readers of the chat, without a browser: each asks over the same routes as the page and waits for the answer."""

import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

_PATIENCE = 300  # seconds
_ADDRESSES = 10  # that a crowd asks from: one alone gets no more than a part of the line


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question: the answer's HTML or the message of a refusal, and how long it took in seconds.

    `places` are the places in the line that the reader was shown; `conversation` goes on from here.
    """

    answered: bool
    told: str
    seconds: float
    places: int
    conversation: str


class Asker:
    """Asks at `address`, the page's. Safe to use from several threads."""

    def __init__(self, address: str) -> None:
        self._clients = [_client(address, f"127.0.0.{number}") for number in range(1, _ADDRESSES + 1)]
        self._handler = _handler(self._clients[0].get("config").raise_for_status().json())

    def ask(self, question: str, conversation: str = "", session: str = "", place: int = 0) -> Reply:
        """Ask in a conversation, or in a new one, from the page of that session, or a new one; from any `place`."""
        client = self._clients[place % _ADDRESSES]
        session, began = session or secrets.token_hex(5), time.perf_counter()
        data = [question, conversation or secrets.token_hex(8), "{}", ""]
        sent = {"data": data, "fn_index": self._handler, "session_hash": session}
        client.post("gradio_api/queue/join", json=sent).raise_for_status()
        places = 0
        with client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                places += "is-searching" in line and "process_generating" in line
                message = json.loads(line.removeprefix("data: ")) if line else {}
                if message.get("msg") == "process_completed":
                    return _reply(message, time.perf_counter() - began, max(0, places - 1))
        raise ConnectionError("the stream ended before the answer did")

    def ask_at_once(self, question: str, askers: int) -> list[Reply]:
        """So many readers ask the same, each in a conversation of their own."""
        with ThreadPoolExecutor(askers) as pool:
            return list(pool.map(lambda place: self.ask(question, place=place), range(askers)))

    def close(self) -> None:
        for client in self._clients:
            client.close()


def _client(address: str, own: str) -> httpx.Client:
    """Asks at `address` from the address `own` of this machine."""
    transport = httpx.HTTPTransport(local_address=own, limits=httpx.Limits(max_connections=None))
    return httpx.Client(base_url=address, timeout=_PATIENCE, transport=transport, trust_env=False)


def _handler(config: dict) -> int:  # type: ignore[type-arg]
    """The number of the handler that a sent question goes to."""
    (field,) = (c["id"] for c in config["components"] if c["props"].get("elem_id") == "question")
    found = (d["id"] for d in config["dependencies"] if [field, "submit"] in d["targets"])
    return int(next(found))


def _reply(message: dict, seconds: float, places: int) -> Reply:  # type: ignore[type-arg]
    if not message["success"]:
        return Reply(False, str(message["output"]["error"]), seconds, places, "")
    conversation, _, _, drawn, _ = message["output"]["data"]
    return Reply("is-answered" in drawn, drawn, seconds, places, str(conversation))
