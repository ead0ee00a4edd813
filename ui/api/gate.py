"""Who may use the API: every program while there are no keys, then only those that send a valid one."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import SettingsError
from assistant.keys import Keys
from ui.api.errors import error_response

_GUARDED = ("/v1", "/api", "/mcp", "/openapi.json", "/metrics")


class KeyGate:
    """ASGI middleware that asks for a key on the API's routes and lets all others through."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app, self._keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_guarded(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            accepted = self._keys.accepts(sent_key(Headers(scope=scope)))
        except SettingsError as error:
            await error_response(503, str(error))(scope, receive, send)
            return
        if accepted:
            await self._app(scope, receive, send)
            return
        refusal = error_response(
            401,
            "This archive asks for a valid API key: send one as “Authorization: Bearer …”; whoever looks after "
            "the archive makes one with “hemeroteca key add NAME”.",
            code="invalid_api_key",
        )
        refusal.headers["www-authenticate"] = "Bearer"
        await refusal(scope, receive, send)


def is_guarded(path: str) -> bool:
    """Whether a path belongs to the API."""
    return any(path == root or path.startswith(f"{root}/") for root in _GUARDED)


def sent_key(headers: Headers) -> str:
    """The key that a request carries; empty if it carries none."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
