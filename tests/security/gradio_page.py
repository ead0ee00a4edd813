"""A reader of a page who speaks to its server directly, with whatever body they like."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

QUIET = 20  # seconds after which a server that says nothing is held to be stuck


class PageClient:
    """Calls the functions of the Spanish page as whoever `client` is."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        client.get("/es/").raise_for_status()
        self._config = client.get("/es/config").raise_for_status().json()
        self._names = {
            component["id"]: component["props"].get("elem_id") for component in self._config["components"]
        }
        self.functions: list[dict[str, Any]] = [
            each for each in self._config["dependencies"] if each["backend_fn"]
        ]

    def function(self, element: str | None, event: str) -> dict[str, Any]:
        """The page's function for an event of one of its elements; None is what no element begins."""
        return next(
            each
            for each in self.functions
            if any(self._names.get(target) == element and name == event for target, name in each["targets"])
        )

    def body(self, function: dict[str, Any], session: str = "", **changed: Any) -> dict[str, Any]:
        """What the page would send, apart from what is `changed`."""
        data: list[Any] = [None if self._kind(i) == "state" else "" for i in function["inputs"]]
        sent = {"data": data, "event_data": None, "fn_index": function["id"], "trigger_id": None}
        return {**sent, "session_hash": session or secrets.token_hex(5), **changed}

    def send(self, function: dict[str, Any], body: object) -> httpx.Response:
        """Call a function by the route that it is called by."""
        route = "queue/join" if function["queue"] is not False else "run/predict"
        return self.client.post(f"/es/gradio_api/{route}", json=body)

    def join(self, element: str | None, event: str, session: str = "", **changed: Any) -> httpx.Response:
        """Put the function of an element's event into the queue."""
        function = self.function(element, event)
        return self.send(function, self.body(function, session, **changed))

    def told(self, session: str) -> list[dict[str, Any]]:
        """All that the queue tells a session until it has nothing more to tell."""
        messages = []
        with self.stream(session) as lines:
            for line in lines:
                if line.startswith("data: "):
                    messages.append(json.loads(line.removeprefix("data: ")))
                    if messages[-1]["msg"] == "close_stream":
                        break
        return messages

    @contextmanager
    def stream(self, session: str) -> Iterator[Iterator[str]]:
        """The lines that the queue tells a session."""
        address, query = "/es/gradio_api/queue/data", {"session_hash": session}
        with self.client.stream("GET", address, params=query, timeout=QUIET) as answer:
            answer.raise_for_status()
            yield answer.iter_lines()

    def _kind(self, component: int) -> str:
        return next(str(each["type"]) for each in self._config["components"] if each["id"] == component)
