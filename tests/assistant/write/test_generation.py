"""The path from a prompt to proved sentences, against a real HTTP server."""

import asyncio
import datetime
import socket
from collections.abc import Iterator
from time import monotonic

import pytest
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events import BaseEvent

from assistant.answer import Evidence, Verified
from assistant.errors import EngineFailed
from assistant.llms.choice import EngineChoice, open_llm
from assistant.llms.record import Calls
from assistant.questions.history import Exchange
from assistant.settings import Settings
from assistant.write.generation import Checking, Written, awrite, condense, write
from assistant.write.material import Sentences
from assistant.write.prompts import Asking
from index.document import Document
from index.text.sentences import split_sentences
from tests.model_server import (
    Behaviour,
    ModelServer,
    cut_after,
    fails,
    says,
    sends,
    stalls_after,
    streams,
    trickles,
)

TEXT = (
    "El canciller Juan Ramón de la Fuente habló con el secretario Marco Rubio. "
    "La próxima reunión será realizada el 23 de enero. "
    "El Departamento de Estado no aceptó el progreso gradual. "
    "El plan costará 1.500 millones de pesos."
)
KEY = "sk-very-secret"


@pytest.fixture
def evidence() -> tuple[Evidence, ...]:
    date = datetime.date(2026, 1, 16)
    document = Document("nota", "nota.txt", "Seguridad bilateral", TEXT, "es", date)
    return tuple(Evidence(n, document, span, 1.0, 0.9) for n, span in enumerate(split_sentences(TEXT), 1))


def ask(
    server: ModelServer,
    evidence: tuple[Evidence, ...],
    *,
    deadline: float = 20.0,
    retries: int = 0,
    checking: Checking = Checking(looks_again=False),  # noqa: B008  (frozen)
) -> Iterator[Verified | Written]:
    calls = calls_to(server.url, deadline=deadline, retries=retries)
    asking = Asking("¿Cuándo es la reunión?", "es")
    return write(asking, Sentences(evidence), calls, room=8000, checking=checking)


def calls_to(url: str, *, deadline: float = 20.0, retries: int = 2, most_characters: int = 6000) -> Calls:
    settings = Settings(base_url=url, api_key=KEY, model="test-model", deadline=deadline)
    llm = open_llm(settings, EngineChoice("openai", "test-model"))
    assert llm is not None
    return Calls(llm, monotonic() + deadline, retries, most_characters=most_characters)


def test_a_supported_sentence_is_yielded_with_an_exact_citation(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("La reunión será ", "el 23 de enero", " [2].")) as server:
        *verified, written = ask(server, evidence)
    (first,) = verified
    assert isinstance(first, Verified) and isinstance(written, Written)
    assert first.sentence.text == "La reunión será el 23 de enero."
    assert [(c.marker, c.quote, c.verified) for c in first.citations] == [(1, evidence[1].quote, True)]
    assert written.sentences == (first.sentence,)


def test_sentences_arrive_before_the_model_has_finished(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(stalls_after("La reunión será el 23 de enero [2]. ", "El plan cos")) as server:
        answer = ask(server, evidence)
        first = next(answer)
        answer.close()
        assert isinstance(first, Verified)


def test_an_abandoned_answer_closes_the_request(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(stalls_after("La reunión será el 23 de enero [2]. ", "El plan cos")) as server:
        answer = ask(server, evidence)
        next(answer)
        answer.close()
        assert server.abandoned.wait(10)


@pytest.mark.parametrize(
    "sentence",
    [
        "La reunión será el 24 de enero [2].",
        "El canciller habló con el secretario Antony Blinken [1].",
        "La reunión «no será realizada nunca» [2].",
    ],
)
def test_an_invention_is_left_out_with_a_reason(sentence: str, evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says(sentence), says("NO_ANSWER")) as server:
        (written,) = ask(server, evidence)
    assert isinstance(written, Written)
    assert [dropped.text[:20] for dropped in written.dropped] == [sentence[:20]]
    assert written.dropped[0].reason and written.citations == ()


def test_a_failed_sentence_is_named_to_the_model_and_may_pass_the_second_time(
    evidence: tuple[Evidence, ...],
) -> None:
    wrong, right = "La reunión será el 24 de enero [2].", "La reunión será el 23 de enero [2]."
    with ModelServer(says(wrong), says(right)) as server:
        verified, written = ask(server, evidence)
        assert "24 de enero" in server.prompt(1)
    assert isinstance(verified, Verified) and isinstance(written, Written)
    assert verified.sentence.text == "La reunión será el 23 de enero."
    assert written.repaired == 1 and written.dropped == ()


def test_what_is_written_anew_stands_where_the_invention_stood(evidence: tuple[Evidence, ...]) -> None:
    reply = "La reunión será el 24 de enero [2]. El plan costará 1.500 millones de pesos [4]."
    with ModelServer(says(reply), says("La reunión será el 23 de enero [2].")) as server:
        *_, written = ask(server, evidence)
    assert isinstance(written, Written)
    assert [sentence.text[:10] for sentence in written.sentences] == ["La reunión", "El plan co"]


def test_a_sentence_is_repaired_only_once(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("La reunión será el 24 de enero [2].")) as server:
        list(ask(server, evidence))
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("La reunión será el 23 de enero [9].", 1),
        ("La reunión será el 23 de enero.", 0),
        ("El plan costará 1.500 millones de pesos [2].", 0),
    ],
)
def test_what_its_citations_do_not_prove_is_shown_and_marked(
    sentence: str, unknown: int, evidence: tuple[Evidence, ...]
) -> None:
    with ModelServer(says(f"Marco Rubio habló [1].\n\n{sentence}")) as server:
        _, shown, written = ask(server, evidence)
    assert isinstance(shown, Verified) and isinstance(written, Written)
    assert shown.sentence.doubt and not shown.sentence.supported
    assert written.unknown_markers == unknown and written.dropped == ()


def test_the_model_may_find_no_answer(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("NO_", "ANSWER")) as server:
        (written,) = ask(server, evidence)
    assert isinstance(written, Written)
    assert written.refused and written.sentences == () and written.dropped == ()


def test_thoughts_before_the_answer_are_no_part_of_it(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(
        says("<thi", "nk>Será el 24. O no. </th", "ink>La reunión será el 23 de enero [2].")
    ) as server:
        *verified, written = ask(server, evidence)
    assert [v.sentence.text for v in verified if isinstance(v, Verified)] == [
        "La reunión será el 23 de enero."
    ]
    assert isinstance(written, Written) and written.dropped == ()


@pytest.mark.parametrize("retries", [0, 1, 2])
def test_n_retries_make_n_plus_one_requests(retries: int, evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(fails(503, retry_after="0")) as server:
        with pytest.raises(EngineFailed) as failure:
            list(ask(server, evidence, retries=retries))
        assert len(server.requests) == retries + 1
    assert failure.value.transient


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(status: int, evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(fails(status, retry_after="0"), says("La reunión será el 23 de enero [2].")) as server:
        *verified, _ = ask(server, evidence, retries=1)
        assert len(verified) == 1 and len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "setting"),
    [(401, "HEMEROTECA_API_KEY"), (403, "OPENAI_API_KEY"), (404, "HEMEROTECA_MODEL")],
)
def test_a_permanent_failure_is_not_tried_again_and_names_the_setting(
    status: int, setting: str, evidence: tuple[Evidence, ...]
) -> None:
    with ModelServer(fails(status, message=f"Incorrect API key provided: {KEY}")) as server:
        with pytest.raises(EngineFailed, match=setting) as failure:
            list(ask(server, evidence, retries=3))
        assert len(server.requests) == 1
        assert server.keys == [f"Bearer {KEY}"]
    assert not failure.value.transient
    assert KEY not in str(failure.value)


def test_a_long_retry_after_is_not_waited_for(evidence: tuple[Evidence, ...]) -> None:
    started = monotonic()
    with ModelServer(fails(429, retry_after="3600")) as server:
        with pytest.raises(EngineFailed, match="429"):
            list(ask(server, evidence, retries=3))
        assert len(server.requests) == 1
    assert monotonic() - started < 10


def test_a_model_that_never_stops_is_cut_at_the_deadline(evidence: tuple[Evidence, ...]) -> None:
    started = monotonic()
    with ModelServer(trickles("ja ", 0.05)) as server:
        with pytest.raises(EngineFailed, match="HEMEROTECA_DEADLINE"):
            list(ask(server, evidence, deadline=1.0, retries=2))
        assert server.abandoned.wait(10) and len(server.requests) == 1
    assert monotonic() - started < 6


def test_a_model_that_finds_no_end_is_let_go_and_what_it_proved_stands(
    evidence: tuple[Evidence, ...],
) -> None:
    with ModelServer(trickles("La reunión será el 23 de enero [2]. ", 0)) as server:
        *_, written = list(ask(server, evidence, deadline=60))
        assert server.abandoned.wait(10) and len(server.requests) == 1
    assert isinstance(written, Written)
    assert [sentence.text for sentence in written.sentences] == ["La reunión será el 23 de enero."]


def test_a_server_that_never_answers_is_cut_at_the_deadline(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(stalls_after()) as server:
        with pytest.raises(EngineFailed, match="HEMEROTECA_DEADLINE"):
            list(ask(server, evidence, deadline=0.5, retries=2))
        assert server.abandoned.wait(10)


def test_what_was_verified_before_a_cut_stands(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(cut_after("La reunión será el 23 de enero [2]. ", "El plan costará ")) as server:
        answer = ask(server, evidence)
        assert isinstance(next(answer), Verified)
        with pytest.raises(EngineFailed, match="cut") as failure:
            next(answer)
    assert failure.value.transient


@pytest.mark.parametrize("finish", ["length", None])
def test_an_unfinished_sentence_is_dropped_as_cut(finish: str | None, evidence: tuple[Evidence, ...]) -> None:
    parts = ("La reunión será el 23 de enero [2]. ", "El plan costará 1.500 millones de")
    with ModelServer(says(*parts, finish=finish), says("NO_ANSWER")) as server:
        verified, written = ask(server, evidence)
    assert isinstance(written, Written) and isinstance(verified, Verified)
    assert [dropped.text for dropped in written.dropped] == ["El plan costará 1.500 millones de"]
    assert "interrumpió" in written.dropped[0].reason


def test_a_finished_answer_needs_no_finish_reason(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("La reunión será el 23 de enero [2].", finish=None)) as server:
        verified, written = ask(server, evidence)
    assert isinstance(verified, Verified) and isinstance(written, Written)
    assert written.dropped == ()


@pytest.mark.parametrize(
    "behaviour",
    [
        sends("text/html", "<html><body>Please log in</body></html>"),
        sends("application/json", '{"choices": ['),
        streams(['{"choices": [{"delta": {"content": ']),
        streams(['{"choices": null}']),
        streams(['{"id": "1", "choices": []}']),
        streams([]),
    ],
    ids=["html", "broken body", "broken event", "null choices", "empty choices", "nothing"],
)
def test_an_answer_of_another_protocol_is_a_failure_that_names_the_url(
    behaviour: object, evidence: tuple[Evidence, ...]
) -> None:
    with ModelServer(behaviour) as server, pytest.raises(EngineFailed, match="HEMEROTECA_BASE_URL"):  # type: ignore[arg-type]
        list(ask(server, evidence))


def test_a_server_that_is_not_there_is_a_passing_failure(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("x")) as server:
        gone = server
    with pytest.raises(EngineFailed, match="cannot be reached") as failure:
        list(ask(gone, evidence))
    assert failure.value.transient


def test_evidence_too_long_for_the_model_is_halved_once(evidence: tuple[Evidence, ...]) -> None:
    too_long = fails(400, code="context_length_exceeded", message="maximum context length is 10 tokens")
    with ModelServer(too_long, says("El canciller habló con el secretario Marco Rubio [1].")) as server:
        *verified, _ = ask(server, evidence)
        assert len(verified) == 1
        assert "[4]" in server.prompt(0) and "[3]" not in server.prompt(1)
    with ModelServer(too_long) as server:
        with pytest.raises(EngineFailed, match="too long"):
            list(ask(server, evidence))
        assert len(server.requests) == 2


def test_a_failing_repair_leaves_what_was_verified(evidence: tuple[Evidence, ...]) -> None:
    both = "La reunión será el 23 de enero [2]. El plan costará 9 pesos [4]."
    with ModelServer(says(both), fails(500)) as server:
        verified, written = ask(server, evidence)
    assert isinstance(verified, Verified) and isinstance(written, Written)
    assert len(written.dropped) == 1


def test_a_wait_until_a_past_date_is_no_wait(evidence: tuple[Evidence, ...]) -> None:
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    with ModelServer(fails(503, retry_after=past), says("La reunión será el 23 de enero [2].")) as server:
        *verified, _ = ask(server, evidence, retries=1)
    assert len(verified) == 1


def test_a_failure_told_inside_the_stream_is_one(evidence: tuple[Evidence, ...]) -> None:
    told = streams(['{"error": {"message": "out of memory"}}'])
    with ModelServer(told) as server, pytest.raises(EngineFailed, match="while it was answering") as failure:
        list(ask(server, evidence))
    assert failure.value.transient


def test_a_host_that_does_not_resolve_is_a_passing_failure(
    evidence: tuple[Evidence, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    calls = calls_to("http://models.example.org/v1", retries=0)
    with pytest.raises(EngineFailed, match="HEMEROTECA_BASE_URL"):
        list(write(Asking("¿Cuándo?", "es"), Sentences(evidence), calls, room=8000, checking=Checking()))


def test_a_sentence_said_twice_is_shown_once(evidence: tuple[Evidence, ...]) -> None:
    sentence = "La reunión será el 23 de enero [2]. "
    with ModelServer(says(sentence, sentence)) as server:
        *verified, _ = ask(server, evidence)
    assert len(verified) == 1


def test_citations_are_numbered_as_they_are_used(evidence: tuple[Evidence, ...]) -> None:
    text = "El plan costará 1.500 millones de pesos [4]. La reunión será el 23 de enero [2]. "
    with ModelServer(says(text)) as server:
        *_, written = ask(server, evidence)
    assert isinstance(written, Written)
    assert [(c.marker, c.quote) for c in written.citations] == [
        (1, evidence[3].quote),
        (2, evidence[1].quote),
    ]
    assert [sentence.citations for sentence in written.sentences] == [(1,), (2,)]


def test_writing_works_where_a_loop_already_runs(evidence: tuple[Evidence, ...]) -> None:
    async def inside() -> list[Verified | Written]:
        return list(ask(server, evidence))

    with ModelServer(says("La reunión será el 23 de enero [2].")) as server:
        assert len(asyncio.run(inside())) == 2


def test_a_cancelled_task_closes_the_request(evidence: tuple[Evidence, ...]) -> None:
    async def cancelled() -> None:
        answer = awrite(
            Asking("¿Cuándo?", "es"),
            Sentences(evidence),
            calls_to(server.url),
            room=8000,
            checking=Checking(),
        )
        await anext(answer)
        waiting = asyncio.create_task(answer.__anext__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert await asyncio.to_thread(server.abandoned.wait, 10)

    with ModelServer(stalls_after("La reunión será el 23 de enero [2]. ", "El plan cos")) as server:
        asyncio.run(cancelled())


def test_a_follow_up_is_made_to_stand_alone() -> None:
    with ModelServer(says("¿Dónde será la reunión del Grupo de Seguridad?")) as server:
        history = [Exchange("¿Cuándo es la reunión del Grupo de Seguridad?", "El 23 de enero.")]
        asking = Asking("¿Y dónde será?", "es", history=history, small=True)
        assert condense(asking, calls_to(server.url)) == "¿Dónde será la reunión del Grupo de Seguridad?"
        assert "Grupo de Seguridad" in server.prompt() and "¿Y dónde será?" in server.prompt()


def test_an_abandoned_request_closes_although_a_trace_holds_on_to_it(evidence: tuple[Evidence, ...]) -> None:
    kept: list[BaseEvent] = []

    class Keeper(BaseEventHandler):
        def handle(self, event: BaseEvent, **_: object) -> None:
            kept.append(event)

    async def abandon(url: str) -> bool:
        answer = awrite(
            Asking("¿Cuándo?", "es"), Sentences(evidence), calls_to(url), room=8000, checking=Checking()
        )
        await anext(answer)
        await answer.aclose()
        return await asyncio.to_thread(server.abandoned.wait, 5)

    dispatcher, keeper = get_dispatcher(), Keeper()
    dispatcher.add_event_handler(keeper)
    try:
        with ModelServer(stalls_after("La reunión será el 23 de enero [2]. ", "El plan cos")) as server:
            assert asyncio.run(abandon(server.url)) and kept
    finally:
        dispatcher.event_handlers.remove(keeper)


def test_a_second_look_strikes_what_is_contradicted_and_marks_what_is_not_said(
    evidence: tuple[Evidence, ...],
) -> None:
    reply = (
        "La reunión será el 23 de enero [2]. El Departamento de Estado aceptó el progreso gradual [3]. "
        "El plan costará 1.500 millones de pesos por la inflación [4]."
    )
    with ModelServer(says(reply), says("1 SUPPORTED\n2 CONTRADICTED\n3 ABSENT")) as server:
        *shown, written = ask(server, evidence, checking=Checking(most_calls=2))
        assert "no aceptó el progreso gradual" in server.prompt(1) and len(server.requests) == 2
    assert len(shown) == 3 and isinstance(written, Written)
    assert [(s.text[:8], s.supported) for s in written.sentences] == [("La reuni", True), ("El plan ", False)]
    assert [dropped.reason for dropped in written.dropped] == ["La cita dice otra cosa."]


@pytest.mark.parametrize(
    "look",
    [
        fails(500),
        says("Lo siento, no puedo."),
        says('{"verdicts": [{"n": 1, "v": "wro'),
        says("7 CONTRADICTED"),
        sends("text/html", "<html>"),
    ],
    ids=["failure", "refusal", "broken json", "unknown sentence", "another protocol"],
)
def test_a_second_look_that_fails_or_says_nothing_changes_nothing(
    look: Behaviour, evidence: tuple[Evidence, ...]
) -> None:
    with ModelServer(says("La reunión será el 23 de enero [2]."), look) as server:
        shown, written = ask(server, evidence, checking=Checking())
        assert len(server.requests) == 2
    assert isinstance(shown, Verified) and isinstance(written, Written)
    assert written.sentences == (shown.sentence,) and written.dropped == ()


def test_nothing_is_looked_at_again_beyond_the_calls_an_answer_may_take(
    evidence: tuple[Evidence, ...],
) -> None:
    with ModelServer(says("La reunión será el 24 de enero [2]. El plan costará dinero [4].")) as server:
        list(ask(server, evidence, checking=Checking(most_calls=2)))
        assert [len(request["messages"]) for request in server.requests] == [2, 1]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("\ufffd\ufffd ]][[ 12 {{ ~~ |||", []),
        (
            "| Qué | Cuándo |\n|---|---|\n| La reunión | 23 de enero [2] |\n| El pl",
            ["Qué | Cuándo", "La reunión | 23 de enero"],
        ),
        ("La reunión será el 23 de enero [2].\n\n```\nsin cerrar", ["La reunión será el 23 de enero."]),
        ("La reunión será el 23 de enero [77][88].", []),
        (f"La reunión será el 23 de enero {'[2]' * 200}.", ["La reunión será el 23 de enero."]),
        ("The next meeting will be on 23 January [2].", ["The next meeting will be on 23 January."]),
        ("La reunión será el 23 de enero [2]. El plan cost", ["La reunión será el 23 de enero."]),
        ("Lo siento, pero no puedo ayudar con esa petición.", []),
        ('{"answer": "La reunión será el 23 de enero"', []),
    ],
    ids=[
        "garbage",
        "half a table",
        "open fence",
        "no such pieces",
        "200 citations",
        "another language",
        "mid-word",
        "refusal in prose",
        "broken json",
    ],
)
def test_of_a_reply_of_any_kind_what_was_proved_is_told(
    reply: str, told: list[str], evidence: tuple[Evidence, ...]
) -> None:
    with ModelServer(says(reply, finish=None)) as server:
        *_, written = ask(server, evidence, checking=Checking(repairs=False, looks_again=False))
    assert isinstance(written, Written)
    assert [sentence.text for sentence in written.sentences if sentence.supported] == told
    assert bool(written.sentences) is bool(told)
