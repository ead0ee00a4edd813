"""What of Gradio a page of ours uses; all else that Gradio would answer is refused before it reads anything.

Gradio takes the path of any file for an input, and tells whoever knows its number what goes on in another's page.
So every route that the page needs stands in a table here, every function has a form of what may be sent to it, made
from the components of our own page, and what a reader has under way is theirs alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import parse_qs, urlencode

import gradio as gr
from fastapi import FastAPI
from gradio.block_function import BlockFunction
from gradio.queueing import Event, Queue
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, create_model
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.incoming import flaw_within
from ui.access.bodies import body_length
from ui.page_events import EVENTS
from ui.page_sessions import PageSessions
from ui.readers import Reader, reader_of
from ui.texts import Texts

LARGEST = 256 * 1024  # bytes of a body
SHARE = 24  # events of one user at a time
MOST_UNREAD = 1000  # messages that one user's pages have not fetched yet
SESSION = r"[a-z0-9]{1,32}"
_API = "/gradio_api"
_NAME = r"[\w-][\w.-]{0,99}+"  # of a file or folder; Gradio fails at one that no disk would take
_SEEN = re.compile(
    rf"/|/config|/theme\.css|{_API}/app_id|/(?:assets|static)/(?:{_NAME}/){{0,8}}+{_NAME}", re.ASCII
)
_HEARTBEAT = re.compile(rf"{_API}/heartbeat/({SESSION})")
# What Gradio may know of a request: no cookie, and none of the headers that would make it do more than it is asked.
_HEADERS = frozenset(
    f"{name}".encode()
    for name in (
        "host accept accept-encoding accept-language user-agent origin referer range if-none-match if-modified-since "
        # Not the host that a proxy tells: Gradio would take the page to be at its root.
        "x-forwarded-proto"
    ).split()
)

F = TypeVar("F", bound=BaseModel)


class Refused(Exception):
    """A request that Gradio does not get to see: the status, a code, and what is told."""

    def __init__(self, status: int, code: str, told: str) -> None:
        super().__init__(told)
        self.status, self.code, self.told = status, code, told

    def response(self) -> JSONResponse:
        # Gradio's own page shows what stands under “detail”.
        return JSONResponse({"detail": self.told, "code": self.code}, self.status)


class Form(BaseModel):
    """What may be sent to a route."""

    model_config = ConfigDict(extra="forbid", strict=True)

    session_hash: Annotated[str, StringConstraints(pattern=rf"^{SESSION}$")]


class Cancelling(Form):
    """That an event is to be broken off."""

    fn_index: int
    event_id: Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")] | None


class _Numbered(BaseModel):
    model_config = ConfigDict(strict=True)

    fn_index: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the page: the form of what is sent to it, and whether it waits in Gradio's queue."""

    form: type[Form]
    queued: bool
    writes: bool


class NoForm(Exception):
    """A component or an event of the page that nothing is laid down for."""


def functions_of(page: gr.Blocks) -> dict[int, Function]:
    """The functions that a page may call, by their numbers. Raises NoForm, so that a new kind of input is no way in."""
    return {number: _function(number, fn) for number, fn in page.fns.items() if fn.fn is not None}


def _function(number: int, fn: BlockFunction) -> Function:
    inputs = [_input(component) for component in fn.inputs]
    events = [_event(name) for _, name in fn.targets]
    told = events[0] if len(set(map(str, events))) == 1 else None
    fields: dict[str, Any] = {
        "data": tuple[tuple(inputs)],  # type: ignore[misc]
        "fn_index": Literal[number],
        "trigger_id": (int | None, None),
        "event_data": (told, ...) if isinstance(told, type) else (told, None),
    }
    form = create_model(f"Call{number}", __base__=Form, **fields)
    return Function(form, fn.queue, fn.concurrency_id == "write")


def _input(component: object) -> Any:
    if type(component) is gr.State:
        return None
    if type(component) is gr.Textbox and component.max_length is not None:
        return Annotated[str, Field(max_length=component.max_length)] | None
    raise NoForm(f"nothing is laid down for a {type(component).__name__} as an input, or its longest text")


def _event(name: str) -> Any:
    if name not in EVENTS:
        raise NoForm(f"nothing is laid down for what comes with “{name}”")
    return EVENTS[name]


class GradioGate:
    """ASGI application: Gradio's of one page, to which only what stands in the tables gets through."""

    def __init__(self, app: ASGIApp, page: gr.Blocks, texts: Texts) -> None:
        self._app, self._page, self._texts = app, page, texts
        self._functions = functions_of(page)
        self._sessions = PageSessions(self._is_idle, self._forget)
        self._at_once = Counter[str]()  # calls that do not wait in the queue, by payer
        self._posts: Mapping[str, Callable[[bytes, Reader], Form | None]] = {
            f"{_API}/run/predict": lambda body, reader: self._called(body, reader, queued=False),
            f"{_API}/queue/join": lambda body, reader: self._called(body, reader, queued=True),
            f"{_API}/cancel": self._cancelled,
            f"{_API}/reset": lambda body, reader: None,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        payer = ""
        try:
            if scope["type"] != "http":
                raise _not_found()
            reader = reader_of(HTTPConnection(scope))
            if scope["method"] == "POST" and path in self._posts:
                body = await _body(Request(scope, receive))
                form = self._posts[path](body, reader)
                if form is None:
                    await JSONResponse({"success": True})(scope, receive, send)
                    return
                scope, receive = _with_body(scope, receive, form.model_dump_json().encode())
                payer = reader.payer
            elif scope["method"] in ("GET", "HEAD"):
                scope = self._looked_at(scope, path, reader)
            else:
                raise _not_found()
        except Refused as refusal:
            await refusal.response()(scope, receive, send)
            return
        self._at_once[payer] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._at_once[payer] -= 1
            self._at_once += Counter()  # keeps those alone that are under way

    def _looked_at(self, scope: Scope, path: str, reader: Reader) -> Scope:
        """The request for something that Gradio shows. Raises Refused."""
        if _SEEN.fullmatch(path):
            return _bare(scope)  # its query could name a page kept in a file
        if heartbeat := _HEARTBEAT.fullmatch(path):
            self._claim(heartbeat[1], reader)
            return _bare(scope)
        sent = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        if path != f"{_API}/queue/data" or len(sent) != 1 or not self._sessions.belongs(sent[0], reader):
            raise _not_found()
        if sent[0] not in self._queue.pending_messages_per_session:
            raise _not_found()  # nothing was called yet, which Gradio would report with a trace
        return _bare(scope, urlencode({"session_hash": sent[0]}))

    def _called(self, body: bytes, reader: Reader, *, queued: bool) -> Form:
        """The call of a function. Raises Refused."""
        number = _read(_Numbered, body).fn_index
        function = self._functions.get(number)
        if function is None or function.queued != queued:
            raise _not_found()
        form = _read(function.form, body)
        if (problem := flaw_within(form.model_dump())) is not None:
            raise Refused(422, "not_a_text", f"What was sent {problem}.")
        self._claim(form.session_hash, reader)
        self._check_room(reader, form.session_hash)
        if function.writes:
            self._check_not_waiting(number, form)
        return form

    def _cancelled(self, body: bytes, reader: Reader) -> Form | None:
        """The breaking off of an event; None if it has ended already. Raises Refused for another's."""
        form = _read(Cancelling, body)
        event = self._queue.event_ids_to_events.get(form.event_id or "")
        if not self._sessions.belongs(form.session_hash, reader):
            raise _not_found()
        if event is not None and event.session_hash != form.session_hash:
            raise _not_found()
        return None if event is None else form

    def _claim(self, session: str, reader: Reader) -> None:
        if not self._sessions.claim(session, reader):
            raise _not_found()

    def _check_room(self, reader: Reader, session: str) -> None:
        """No one reader fills the queue: a user has a share of it, an address all but a user's share."""
        shares = 1 if reader.name else max(1, (self._queue.max_size or 0) // SHARE - 1)
        waiting = sum(self._sessions.payer(event.session_hash) == reader.payer for event in self._events())
        if self._unread(reader) > shares * MOST_UNREAD:
            self._sessions.forget_idle(reader, session)  # of pages that were left
        if (
            max(waiting, self._at_once[reader.payer]) >= shares * SHARE
            or self._unread(reader) > shares * MOST_UNREAD
        ):
            raise Refused(429, "too_many_waiting", self._texts("too_much_under_way"))

    def _check_not_waiting(self, number: int, form: Form) -> None:
        """What changes the archive is not done twice in a row: who waits for it will see it done."""
        sent = form.model_dump(mode="json")["event_data"]
        for event in self._waiting():
            if event.fn._id == number and event.data is not None and event.data.event_data == sent:
                raise Refused(409, "already_waiting", self._texts("already_waiting"))

    # What Gradio's queue holds

    @property
    def _queue(self) -> Queue:
        return self._page._queue

    def _waiting(self) -> Iterator[Event]:
        for line in self._queue.event_queue_per_concurrency_id.values():
            yield from line.queue

    def _events(self) -> Iterator[Event]:
        yield from self._waiting()
        for events in self._queue.active_jobs:
            yield from events or ()

    def _unread(self, reader: Reader) -> int:
        messages = self._queue.pending_messages_per_session
        return sum(messages[each].qsize() for each in self._sessions.of(reader) if each in messages)

    def _is_idle(self, session: str) -> bool:
        return all(event.session_hash != session for event in self._events())

    def _forget(self, session: str) -> None:
        self._queue.pending_messages_per_session.pop(session, None)
        self._queue.pending_event_ids_session.pop(session, None)


def guard(app: FastAPI, path: str, page: gr.Blocks, texts: Texts) -> None:
    """Put the gate before the page that is mounted at `path`."""
    (mount,) = (route for route in app.routes if isinstance(route, Mount) and route.path == path)
    mount.app = GradioGate(mount.app, page, texts)


def _not_found() -> Refused:
    return Refused(404, "not_found", "Not found.")


def _read(form: type[F], body: bytes) -> F:
    """What was sent, in its form. Raises Refused, which does not repeat it."""
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, wrong["loc"][:3])) for wrong in error.errors()[:3])
        raise Refused(422, "invalid_input", f"The page does not send this: {places or 'no JSON'}.") from None


async def _body(request: Request) -> bytes:
    """The body of a request, which has come whole: JSON of bounded length. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(422, "invalid_input", "Send JSON.")
    if body_length(request.scope) > LARGEST:
        raise Refused(413, "too_large", f"At most {LARGEST // 1024} KB can be sent.")
    return await request.body()


def _bare(scope: Scope, query: str = "") -> Scope:
    """The request with those of its headers that Gradio needs, and with another query."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() in _HEADERS]
    return {**scope, "headers": headers, "query_string": query.encode()}


def _with_body(scope: Scope, receive: Receive, body: bytes) -> tuple[Scope, Receive]:
    """The request with what was read of its body, written anew: Gradio reads exactly what was judged."""
    bare = _bare(scope)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    bare["headers"] = [*bare["headers"], *headers]
    sent = False

    async def receive_anew() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return bare, receive_anew
