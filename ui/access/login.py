"""Logging in and out: a form that needs no script, and the session that it begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.people.users import User, folded
from ui.access.access import Access, session_cookie, session_token
from ui.access.prefix import cookie_path
from ui.access.throttle import Rate
from ui.access.visitor import audit, client_address
from ui.drawing import Pen
from ui.texts import LANGUAGE_COOKIE, LANGUAGES, load_texts, preferred_language

_QUARTER = 15 * 60  # seconds
_PAGES = frozenset({"document", "conversations", *LANGUAGES})


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failed logins, by address and by name: a quarter of an hour after too many, one may try again."""

    by_address: Rate = field(default_factory=lambda: Rate(30, _QUARTER))
    by_name: Rate = field(default_factory=lambda: Rate(10, _QUARTER))

    def wait(self, address: str, name: str) -> int:
        """Seconds until another attempt is heard; 0 if one is now."""
        return max(self.by_address.wait(address), self.by_name.wait(name))

    def count(self, address: str, name: str) -> None:
        self.by_address.count(address)
        self.by_name.count(name)

    def forgive(self, address: str, name: str) -> None:
        """The right password was given."""
        self.by_address.forget(address)
        self.by_name.forget(name)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the form was sent with."""

    name: str
    password: str
    back: str


def login_routes(access: Access, pens: Mapping[str, Pen]) -> APIRouter:
    """`/login` and `/logout`."""
    router = APIRouter()
    attempts = Attempts()
    # A password takes memory and time to check: two at a time, so that many attempts do not take the server.
    checking = CapacityLimiter(2)

    def pen_for(request: Request, chosen: str) -> Pen:
        chosen = chosen or request.cookies.get(LANGUAGE_COOKIE, "")
        return pens[preferred_language(chosen, request.headers.get("accept-language", ""))]

    @router.get("/login")
    def form(request: Request, next: str = "", lang: str = "") -> Response:
        if not access.has_login() or access.sessions.user(session_token(request)) is not None:
            return RedirectResponse(f"./{_back(next)}", 303)
        return _page(pen_for(request, lang), _Asked("", "", _back(next)))

    @router.post("/login")
    async def log_in(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "",
    ) -> Response:
        asked, pen = _Asked(name[:64], password, _back(next)), pen_for(request, lang)
        address, told = client_address(request.scope), folded(asked.name)
        if seconds := attempts.wait(address, told):
            audit.warning("login held back: too many attempts from %s", address)
            return _held_back(pen, asked, seconds)
        attempts.count(address, told)  # before the check, so that attempts at once are all counted
        user = await to_thread.run_sync(access.users.verified, asked.name, password, limiter=checking)
        if user is None:
            named = await to_thread.run_sync(_known, access, told)
            audit.warning("login failed: %s from %s", named, address)
            return _page(pen, asked, pen.texts("login_wrong"), 401)
        attempts.forgive(address, told)
        audit.info("login: %s from %s", user.name, address)
        return await to_thread.run_sync(_begun, access, request, user, asked.back)

    @router.post("/logout")
    def log_out(request: Request) -> Response:
        name = access.sessions.user(session_token(request))
        if name is not None:
            access.sessions.end(session_token(request))
            audit.info("logout: %s from %s", name, client_address(request.scope))
        response = RedirectResponse("./login", 303)
        response.delete_cookie(session_cookie(request), **_flags(request))
        return response

    return router


def _begun(access: Access, request: Request, user: User, back: str) -> Response:
    """A new session, never one that the browser brought along."""
    access.sessions.end(session_token(request))
    response = RedirectResponse(f"./{back}", 303)
    response.set_cookie(session_cookie(request), access.sessions.begin(user), **_flags(request))
    return response


def _flags(request: Request) -> dict[str, Any]:
    # Lax: a link to a conversation in a mail opens it; other sites' forms are refused by their origin as well.
    secure = request.url.scheme == "https"
    return {"httponly": True, "samesite": "lax", "secure": secure, "path": cookie_path(request.scope)}


def _held_back(pen: Pen, asked: _Asked, seconds: int) -> Response:
    page = _page(pen, asked, pen.texts.count("login_wait", ceil(seconds / 60)), 429)
    page.headers["retry-after"] = str(seconds)
    return page


def _page(pen: Pen, asked: _Asked, problem: str = "", status: int = 200) -> Response:
    languages = [load_texts(language) for language in LANGUAGES]
    html = pen.draw("login", name=asked.name, back=asked.back, problem=problem, languages=languages)
    return HTMLResponse(html, status, {"cache-control": "no-store"})


def _back(wanted: str) -> str:
    """Where a login leads: one of this application's pages, else its start."""
    return wanted if wanted.startswith("?") or wanted.split("?")[0].split("/")[0] in _PAGES else ""


def _known(access: Access, name: str) -> str:
    """The name for the log, if it is a user's: in place of a name, people write passwords."""
    return "an unknown name" if access.users.find(name) is None else name
