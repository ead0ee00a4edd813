"""Failures in OpenAI's shape, for every route: `{"error": {"message", "type", "param", "code"}}`."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.assistant import Assistant
from assistant.errors import HemerotecaError, QuestionRefused, UnknownDocument


def served_archive(request: Request) -> Assistant:
    """The assistant that the application was made over."""
    archive: Assistant = request.app.state.assistant
    return archive


Archive = Annotated[Assistant, Depends(served_archive)]


class ErrorDetail(BaseModel):
    """What happened, and what to do. `param` is the field at fault, if one is."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """A failure."""

    error: ErrorDetail


RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "The request cannot be met."},
    "5XX": {"model": ErrorBody, "description": "The archive cannot answer now."},
}


class RequestFailed(Exception):
    """A request that cannot be met: with the status and the failure to answer."""

    def __init__(
        self, status: int, message: str, *, param: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.param, self.code = param, code


class ApiRoute(APIRoute):
    """A route whose failures are told in OpenAI's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestFailed as error:
                return error_response(error.status, str(error), param=error.param, code=error.code)
            except RequestValidationError as error:
                return _invalid(error)
            except HTTPException as error:
                return error_response(error.status_code, str(error.detail))
            except QuestionRefused as error:
                return error_response(400, str(error), code=error.code)
            except HemerotecaError as error:
                return error_response(status_of(error), str(error))

        return handled


def status_of(error: HemerotecaError) -> int:
    """The HTTP status that tells whose fault a failure is."""
    match error:
        case QuestionRefused():
            return 400
        case UnknownDocument():
            return 404
        case _:
            return 503


def error_body(
    status: int, message: str, *, param: str | None = None, code: str | None = None
) -> dict[str, Any]:
    """The object that tells a failure."""
    kind = {401: "authentication_error"}.get(
        status, "invalid_request_error" if status < 500 else "server_error"
    )
    return ErrorBody(error=ErrorDetail(message=message, type=kind, param=param, code=code)).model_dump()


def error_response(
    status: int, message: str, *, param: str | None = None, code: str | None = None
) -> JSONResponse:
    """The response that tells a failure."""
    return JSONResponse(error_body(status, message, param=param, code=code), status)


def _invalid(error: RequestValidationError) -> JSONResponse:
    """The fields at fault and why; what was sent is not repeated."""
    problems = [(".".join(map(str, e["loc"][1:])) or str(e["loc"][0]), e["msg"]) for e in error.errors()]
    message = "; ".join(f"{place}: {reason}" for place, reason in problems)
    return error_response(400, f"{message}.", param=problems[0][0], code="invalid_value")
