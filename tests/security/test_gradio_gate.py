"""No request names a file, and nothing of Gradio answers but what the page uses."""

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
import httpx
import pytest

from tests.security.gradio_page import PageClient
from tests.security.routes import routes_of
from tests.ui.conftest import Archive
from ui.gradio_gate import LARGEST, NoForm, functions_of

# What the page uses. A route that a new Gradio brings is refused until it stands here and in the gate.
USED = {
    ("GET", "/es/"),
    ("HEAD", "/es/"),
    ("GET", "/es/config"),
    ("GET", "/es/theme.css"),
    ("GET", "/es/assets/1"),
    ("GET", "/es/static/1"),
    ("GET", "/es/gradio_api/app_id"),
    ("GET", "/es/gradio_api/heartbeat/1"),
    ("POST", "/es/gradio_api/queue/join"),
    ("POST", "/es/gradio_api/cancel"),
    ("POST", "/es/gradio_api/reset"),
}


def is_refused(answer: httpx.Response) -> bool:
    """Whether the gate answered in Gradio's place."""
    told = b"" if answer.request.method == "HEAD" else b'{"detail":"Not found.","code":"not_found"}'
    return answer.status_code == 404 and answer.content == told


def test_no_route_of_the_installed_gradio_answers_but_those_that_the_page_uses(
    closed: Archive, ana: PageClient
) -> None:
    routes = {(method, path) for method, path in routes_of(closed.assistant) if path.startswith("/es/")}
    assert len(routes) > 60
    assert routes >= USED
    answering = set()
    for method, path in routes:
        with ana.client.stream(method, path, timeout=20) as answer:
            is_stream = answer.headers.get("content-type", "").startswith("text/event-stream")
            if is_stream or not (answer.read() is not None and is_refused(answer)):
                answering.add((method, path))
    assert answering - {("GET", "/es/page.css")} == USED


def test_what_is_refused_is_refused_in_every_way_of_writing_it(
    ana: PageClient, prey: dict[str, Path]
) -> None:
    secret = str(prey["secret"])
    for way in (
        f"gradio_api/file={secret}",
        f"gradio_api/file={quote(secret, safe='')}",
        f"gradio_api/file{secret}",
        f"gradio_api/file=../../../../../../../..{secret}",
        f"gradio_api/file=file://{secret}",
        f"gradio_api//file={secret}",
        f"assets/../gradio_api/file={secret}",
        "assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/routes.py",
        "assets/..%2f..%2f..%2froutes.py",
        "static/../../../../../../etc/passwd",
        f"assets/{'a' * 300}",
        f"static/{'a/' * 3000}a",
        "gradio_api/queue/join/",
        "gradio_api/upload?upload_id=1",
        "gradio_api/queue/data",
        "gradio_api/queue/data?session_hash=a&session_hash=b",
    ):
        answer = ana.client.get(ana.client.base_url.copy_with(raw_path=f"/es/{way}".encode()))
        assert answer.status_code == 404, way
        assert secret not in answer.text and "nobody's business" not in answer.text


def test_a_page_kept_in_a_file_is_not_looked_for(ana: PageClient) -> None:
    plain = ana.client.get("/es/config").json()
    sent = {"deep_link": "../../users", "page": "nowhere"}
    assert ana.client.get("/es/config", params=sent).json() == plain
    assert ana.client.get("/es/", params=sent).status_code == 200


def named(path: Path) -> Iterator[object]:
    """Ways to name a file where Gradio would take one."""
    for way in (str(path), f"file://{path}", quote(str(path), safe=""), f"../../../../../..{path}"):
        data = {"path": way, "meta": {"_type": "gradio.FileData"}}
        yield data
        yield {**data, "is_stream": True}
    yield {"path": None, "url": f"file://{path}", "meta": {"_type": "gradio.FileData"}}
    yield [data]
    yield {"value": data}
    yield {"0": [{"deep": data}]}


def bodies(page: PageClient, function: dict[str, Any], named: object) -> Iterator[dict[str, Any]]:
    """What the page would send for a function, with a file named in one place after another."""
    for place in range(len(function["inputs"])):
        body = page.body(function)
        body["data"][place] = named
        yield body
    yield page.body(function, event_data=named)
    yield page.body(function, event_data={"document": named})
    yield page.body(function, event_data={"view": named})
    yield page.body(function, event_data={"uploads": [named]})
    yield page.body(function, data=[*page.body(function)["data"], named])
    yield page.body(function, session_hash=named)
    yield page.body(function, trigger_id=named)
    yield page.body(function, path="/etc/passwd")
    yield page.body(function, oauth_token="a")


@pytest.mark.parametrize(
    "target", ["users", "store", "conversations", "source", "secret", "link", "fifo", "endless"]
)
def test_no_input_event_or_field_of_any_function_takes_a_file(
    ana: PageClient, prey: dict[str, Path], target: str
) -> None:
    path, copies = prey[target], Path(tempfile.gettempdir()) / "gradio"
    before = path.read_bytes() if path.is_file() else b""
    copied = set(copies.rglob("*")) if copies.exists() else set()
    searching, (plainly, *others) = ana.function("search", "change"), named(path)
    tried = [(function, plainly) for function in ana.functions] + [(searching, file) for file in others]
    for function, file in tried:
        for body in bodies(ana, function, file):
            answer = ana.send(function, body)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), body
    assert ana.client.get("/healthz", timeout=5).status_code == 200
    assert not path.is_file() or path.read_bytes() == before
    assert (set(copies.rglob("*")) if copies.exists() else set()) == copied


@pytest.mark.parametrize("target", ["secret", "link"])
def test_the_name_of_a_file_in_a_text_box_is_a_text(
    ana: PageClient, prey: dict[str, Path], target: str
) -> None:
    session = "deadbeef01"
    for words in (str(prey[target]), f"file://{prey[target]}"):
        data = [words, None]
        assert ana.join("search", "change", session, data=data, event_data=words).status_code == 200
        *_, last, _ = ana.told(session)
        assert last["success"] and "nobody's business" not in json.dumps(last)
        assert "/gradio/" not in json.dumps(last)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
            422,
        ),
        ("text/plain", b"{}", 422),
        ("application/x-www-form-urlencoded", b"fn_index=0", 422),
        ("application/json", b"", 422),
        ("application/json", b"not json", 422),
        ("application/json", b'{"fn_index": true}', 422),
        ("application/json", b'{"fn_index": 1e400}', 422),
        ("application/json", b'{"fn_index": 99999}', 404),
        ("application/json", b'{"data": ' + b"[" * 100_000, 422),
        ("application/json", b'{"fn_index": 0, "fn_index": 99999}', 404),
        ("application/json", b'{"fn_index": 0, "session_hash": "\\ud800", "data": ["", ""]}', 422),
        ("application/json", b" " * (LARGEST + 1), 413),
    ],
)
def test_a_body_of_another_kind_never_reaches_gradio(
    ana: PageClient, kind: str, body: bytes, status: int
) -> None:
    for route in ("run/predict", "queue/join"):
        answer = ana.client.post(f"/es/gradio_api/{route}", content=body, headers={"content-type": kind})
        assert answer.status_code == status
        assert answer.json()["code"] in ("invalid_input", "not_found", "too_large")


def test_a_function_is_called_by_its_own_route_alone(ana: PageClient) -> None:
    queued, direct = ana.function("search", "change"), ana.function(None, "load")
    other = {"queue": False}
    assert is_refused(ana.send({**queued, **other}, ana.body(queued)))
    for name in ("draw", "open", "index_again", "lambda", "1"):
        assert is_refused(ana.client.post(f"/es/gradio_api/run/{name}", json=ana.body(direct)))
        assert is_refused(ana.client.post(f"/es/gradio_api/call/{name}", json=ana.body(direct)))


def test_every_function_of_the_page_has_a_form(ana: PageClient) -> None:
    assert len(ana.functions) > 15
    for function in ana.functions:
        wrong = ana.send(function, ana.body(function, data=[{}]))
        assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize(
    "component", [gr.File, gr.Image, gr.JSON, gr.MultimodalTextbox, gr.Chatbot, gr.Textbox, gr.HTML]
)
def test_an_input_that_nothing_is_laid_down_for_keeps_the_page_from_being_served(
    component: Callable[[], Any],
) -> None:
    with pytest.raises(NoForm):
        asyncio.run(functions_with(lambda: gr.Button().click(lambda value: None, component())))


def test_an_event_that_nothing_is_laid_down_for_keeps_the_page_from_being_served() -> None:
    with pytest.raises(NoForm, match="blur"):
        asyncio.run(functions_with(lambda: gr.Textbox(max_length=10).blur(lambda: None)))


async def functions_with(build: Callable[[], object]) -> object:
    """The functions of a page, which Gradio builds within an event loop as the server does."""
    with gr.Blocks() as page:
        build()
    return functions_of(page)


def test_a_text_is_no_longer_than_its_box_says(ana: PageClient) -> None:
    assert ana.join("search", "change", data=["x" * 501, None]).status_code == 422
    assert ana.join("search", "change", data=["x" * 500, None]).status_code == 200


def test_an_event_without_its_fields_is_refused_before_any_handler(
    ana: PageClient, capfd: pytest.CaptureFixture[str]
) -> None:
    for element, event in (
        ("documents", "remove"),
        ("documents", "restore"),
        ("documents", "watch"),
        ("conversations", "rename"),
        ("add", "arrive"),
    ):
        for sent in (None, {}, {"other": "privado"}, "privado", ["privado"], 7):
            assert ana.join(element, event, event_data=sent).status_code == 422
    assert "privado" not in "".join(capfd.readouterr())


def test_what_is_no_text_is_refused_before_any_handler(ana: PageClient) -> None:
    for words in ("a\0b", "\0"):
        answer = ana.join("search", "change", data=[words, None])
        assert (answer.status_code, answer.json()["code"]) == (422, "not_a_text")
        renamed = ana.join("conversations", "rename", event_data={"id": "x", "title": words})
        assert (renamed.status_code, renamed.json()["code"]) == (422, "not_a_text")
