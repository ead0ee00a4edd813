"""Where files come in: each by a request of its own, judged as it arrives, told of by the number that we gave it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from assistant.background import UnderWay
from ui.access.throttle import Rate
from ui.api.errors import error_response
from ui.inbox import Inbox, TooMany
from ui.readers import Reader, reader_of
from ui.texts import Texts, preferred_language
from ui.uploads import Upload, told_under_way, why_refused

FILES_A_MINUTE = 300  # of a user, or of an address
PATIENCE = 30  # seconds for the next bytes of a file
LONGEST = 1800  # seconds for a whole one
_AT_ONCE = 8  # threads that write
_LONGEST_BOUNDARY = 70  # characters, as the standard has it
_SECONDS = 5  # until room may have been made


class NotAForm(Exception):
    """What was sent is no form with one file."""


class FileForm:
    """A form with one file in it, read as it arrives: nothing of it is kept before somebody has said where.

    Feed it the body of a request; `name` is the file's once it has come, and `take` gives its bytes so far.
    """

    def __init__(self, content_type: str) -> None:
        """Raises NotAForm."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
            raise NotAForm
        self.name: str | None = None
        self.is_whole = False
        self._field, self._value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._content = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": lambda data, start, end: self._content.extend(data[start:end]),
                "on_end": self._end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the body. Raises NotAForm."""
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise NotAForm from error

    def take(self) -> bytes:
        """The bytes of the file that have come since the last call."""
        content = bytes(self._content)
        self._content.clear()
        return content

    def _begin(self) -> None:
        if self.name is not None:
            raise NotAForm  # a second file
        self._headers.clear()

    def _end_header(self) -> None:
        self._headers[bytes(self._field).lower()] = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" not in options:
            raise NotAForm
        self.name = options[b"filename"].decode(errors="replace")

    def _end(self) -> None:
        self.is_whole = True


def upload_routes(
    inbox: Inbox, texts: Mapping[str, Texts], under_way: Callable[[], UnderWay | None]
) -> APIRouter:
    """`/uploads`: a reader's own files on their way, sent to it one by one as the file of a form.

    `/uploads/progress` tells how far the indexing has come that is `under_way`.
    """
    router = APIRouter(prefix="/uploads")
    rate, writing = Rate(FILES_A_MINUTE, 60), CapacityLimiter(_AT_ONCE)

    def told(upload: Upload, language: str) -> dict[str, Any]:
        problem = upload.problem
        return {
            "number": upload.number,
            "name": upload.name,
            "stage": upload.stage,
            "received": upload.received,
            "code": problem and problem.code,
            "reason": problem and why_refused(problem, texts[preferred_language(language, "")]),
        }

    @router.post("")
    async def receive(request: Request, lang: str = "") -> Response:
        reader = reader_of(request)
        if seconds := rate.wait(reader.payer):
            return _later(429, "too_often", seconds)
        rate.count(reader.payer)
        arrival = _Arrival(inbox, reader, writing)
        try:
            async with asyncio.timeout(LONGEST):
                upload = await arrival.read(request)
        except NotAForm:
            return error_response(422, "Send a form with one file.", code="invalid_form")
        except TooMany:
            return _later(429, "too_many_waiting", _SECONDS)
        except TimeoutError:
            return error_response(408, "The file did not arrive in time.", code="too_slow")
        except ClientDisconnect:
            return Response(status_code=400)  # nobody hears it
        return JSONResponse(told(upload, lang), 201)

    @router.get("")
    def listed(request: Request, lang: str = "") -> list[dict[str, Any]]:
        return [told(upload, lang) for upload in inbox.uploads(reader_of(request))]

    @router.get("/progress")
    async def progress(lang: str = "") -> dict[str, str]:
        return {"told": told_under_way(under_way(), texts[preferred_language(lang, "")])}

    @router.delete("/{number}")
    def drop(request: Request, number: int) -> Response:
        if not inbox.has(reader_of(request), number):
            return error_response(404, "You have sent no such file.", code="not_found")
        inbox.abandon(number)
        return Response(status_code=204)

    return router


class _Arrival:
    """One file as it arrives. What is left of one that is refused is read and let go: a browser that is answered
    while it still sends tells its reader nothing."""

    def __init__(self, inbox: Inbox, reader: Reader, writing: CapacityLimiter) -> None:
        self._inbox, self._reader, self._writing = inbox, reader, writing
        self._upload: Upload | None = None

    async def read(self, request: Request) -> Upload:
        """The file once it has come, or was refused.

        Raises NotAForm, TooMany, TimeoutError and ClientDisconnect; nothing of the file is kept then.
        """
        form, whole = FileForm(request.headers.get("content-type", "")), False
        chunks = request.stream()
        try:
            while (chunk := await asyncio.wait_for(anext(chunks, None), PATIENCE)) is not None:
                form.feed(chunk)
                await self._keep(form)
            if self._upload is None or not form.is_whole:
                raise NotAForm
            upload, whole = await self._off_loop(self._inbox.finish, self._upload.number), True
            return upload
        finally:
            if self._upload is not None and not whole:
                self._inbox.abandon(self._upload.number)

    async def _keep(self, form: FileForm) -> None:
        if form.name is not None and self._upload is None:
            self._upload = await self._off_loop(self._inbox.begin, self._reader, form.name)
        if self._upload is not None and (data := form.take()):
            await self._off_loop(self._inbox.write, self._upload.number, data)

    async def _off_loop(self, do: Any, *given: Any) -> Upload:
        upload: Upload = await to_thread.run_sync(do, *given, limiter=self._writing)
        return upload


def _later(status: int, code: str, seconds: int) -> Response:
    told = "You send more files than this archive takes at a time: go on in a moment."
    refusal = error_response(status, told, code=code)
    refusal.headers["retry-after"] = str(seconds)
    return refusal
