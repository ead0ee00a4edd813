import json
import logging
import sys
from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.logs import JsonLines, TextLines, configure_logs, log_answer, request_fields


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root, names = logging.getLogger(), ("assistant", "index", "ui")
    handlers, levels = root.handlers[:], [logging.getLogger(name).level for name in names]
    yield
    root.handlers[:] = handlers
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)


def record(message: str, *arguments: object, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("ui.app", logging.INFO, "app.py", 1, message, arguments, None)
    made.fields = fields
    return made


def test_a_json_line_holds_the_message_its_fields_and_the_requests() -> None:
    token = request_fields.set(lambda: {"request": "r1", "user": "ana"})
    line = JsonLines().format(record("request %s\n“x”", "done", status=200))
    request_fields.reset(token)
    assert "\n" not in line
    entry = json.loads(line)
    assert entry.pop("time").endswith("+00:00")
    assert entry == {
        "level": "info",
        "logger": "ui.app",
        "message": "request done\n“x”",
        "request": "r1",
        "user": "ana",
        "status": 200,
    }


def test_a_text_line_tells_the_message_first_and_no_empty_field() -> None:
    assert TextLines().format(record("request", status=200, model=None)) == "request status=200"
    assert TextLines().format(record("only words")) == "only words"


def test_where_an_exception_came_from_stands_in_its_line_and_its_message_which_may_be_what_was_sent_does_not() -> (
    None
):
    secret = "sent by a reader"
    try:
        try:
            int(secret)
        except ValueError as error:
            raise ExceptionGroup(secret, [KeyError(secret)]) from error
    except ExceptionGroup:
        failed = logging.LogRecord("ui", logging.ERROR, "", 1, "it failed", (), sys.exc_info())
    entry = json.loads(JsonLines().format(failed))
    assert entry["message"] == "it failed"
    assert all(kind in entry["exception"] for kind in ("ValueError", "KeyError", "ExceptionGroup", __file__))
    assert secret not in entry["exception"]


def test_the_level_is_that_of_this_program_and_others_are_heard_from_warnings_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("json", "debug")
    logging.getLogger("index.store.store").debug("ours")
    logging.getLogger("httpx").info("GET /?q=secret")
    logging.getLogger("httpx").warning("theirs")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["logger"], line["message"]) for line in lines] == [
        ("index.store.store", "ours"),
        ("httpx", "theirs"),
    ]


def test_an_answer_is_told_by_engine_counts_and_times_but_not_by_its_words(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs("json", "info")
    with assistant.tracing_to(log_answer):
        answer = assistant.ask("¿Dónde será la reunión ministerial?")
    (line,) = [json.loads(entry) for entry in capsys.readouterr().err.splitlines()]
    assert (line["message"], line["engine"], line["answered"]) == ("answer", "extractive", True)
    assert line["citations"] == len(answer.citations) > 0
    assert line["total_ms"] >= line["retrieve_ms"] >= 0
    assert "reunión" not in json.dumps(line, ensure_ascii=False)
