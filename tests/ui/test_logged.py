"""The log of a real server, as a process of its own: a line a request and answer, without what was said."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.datastructures import Headers

from assistant.people.keys import Keys
from ui.logged import request_id

ROOT = Path(__file__).parents[2]
SECRET = "zarzaparrilla"


@dataclass
class Logs:
    """What was answered, and the lines of the log, after the server has ended."""

    answers: list[httpx.Response]
    key: str
    text: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, answer: httpx.Response) -> list[dict[str, Any]]:
        return [line for line in self.lines if line.get("request") == answer.headers["x-request-id"]]


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logs]:
    folder = tmp_path_factory.mktemp("logged")
    shutil.copytree(ROOT / "documents", folder / "documents")
    (folder / "documents" / f"{SECRET}.txt").write_text(f"La {SECRET} es una planta.", "utf-8")
    key = Keys(folder / ".hemeroteca-keys.json").add("a program")
    with (folder / "log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "assistant", "chat", "--port", "0", "--log-format", "json"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "HEMEROTECA_LOG_LEVEL": "debug"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with server:
            try:
                assert server.stdout is not None
                address = server.stdout.readline().split()[-1]
                answers = ask(address, key)
            finally:
                server.send_signal(signal.SIGTERM)
        log.seek(0)
        yield Logs(answers, key, log.read())


def ask(address: str, key: str) -> list[httpx.Response]:
    """A question, a search, a document, the page, and requests that are refused."""
    headers = {"authorization": f"Bearer {key}"}
    with httpx.Client(base_url=address, timeout=60) as client:
        return [
            client.post("/api/ask", json={"question": f"¿Qué es la {SECRET}?"}, headers=headers),
            client.get(
                "/api/search", params={"q": SECRET}, headers={**headers, "x-request-id": "from-a-proxy"}
            ),
            client.get(f"/api/documents/{SECRET}.txt", headers=headers),
            client.get(f"/document?id={SECRET}.txt", headers=headers),
            client.get("/api/status", headers={"authorization": f"Bearer wrong-{SECRET}"}),
            client.get("/api/status", headers={**headers, "host": f"{SECRET}.example"}),
            client.post("/api/ask", json={"question": SECRET * 500}, headers=headers),
        ]


def test_every_line_is_a_json_object_with_time_level_and_logger(logs: Logs) -> None:
    assert logs.lines
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in logs.lines)


def test_each_request_has_its_line_and_the_answer_its_id(logs: Logs) -> None:
    told = [next(line for line in logs.of(answer) if line["message"] == "request") for answer in logs.answers]
    assert [line["status"] for line in told] == [answer.status_code for answer in logs.answers]
    assert [line["status"] for line in told] == [200, 200, 200, 200, 401, 400, 400]
    assert [line["part"] for line in told][:4] == ["/api/ask", "/api/search", "/api/documents", "page"]
    assert told[1]["request"] == "from-a-proxy"
    assert all(line["total_ms"] > 0 and line["method"] in ("GET", "POST") for line in told)


def test_an_answer_is_told_under_its_request_and_user(logs: Logs) -> None:
    told = next(line for line in logs.of(logs.answers[0]) if line["message"] == "answer")
    assert (told["engine"], told["user"]) == ("extractive", "key:a program")
    assert told["total_ms"] > 0
    assert "user" not in logs.of(logs.answers[4])[0]


def test_nothing_that_was_asked_answered_or_sent_to_get_in_is_in_the_log(logs: Logs) -> None:
    assert SECRET in logs.answers[0].text
    assert SECRET not in logs.text
    assert logs.key not in logs.text
    assert "planta" not in logs.text


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\nb", 'a"b', "ñ"])
def test_an_id_that_could_be_taken_for_more_is_replaced(sent: str) -> None:
    made = request_id(Headers(raw=[(b"x-request-id", sent.encode("latin-1"))]))
    assert len(made) == 32
    assert made != sent
