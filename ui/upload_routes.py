"""Where files come in: each by a request of its own, judged as it arrives, told of by the number that we gave it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from assistant.background import UnderWay
from ui.access.throttle import Rate
from ui.api.errors import error_response
from ui.file_form import FileForm, NotAForm
from ui.inbox import Inbox, TooMany
from ui.readers import Reader, reader_of
from ui.texts import Texts, preferred_language
from ui.uploads import Upload, told_under_way, why_refused

FILES_A_MINUTE = 300  # of a user, or of an address
PATIENCE = 30  # seconds for the next bytes of a file
LONGEST = 1800  # seconds for a whole one
_AT_ONCE = 8  # threads that write
_SECONDS = 5  # until room may have been made


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
            "code": problem and problem.reason,
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
