"""Gradio's page shell made ours before it is sent: the language, the title, our style sheets and script."""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.texts import LANGUAGES, Texts, load_texts

_META = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_LANGUAGE = b'lang="en"'
_HEAD_END = b"</head>"
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_MANIFEST = re.compile(rb'\s*<link rel="manifest"[^>]*>')  # of a site that can be installed
_STYLES = "".join(
    f'<link rel="stylesheet" href="../static/{name}.css">' for name in ("page", "answers", "lists", "reader")
)


def dress(html: bytes, texts: Texts, nonce: str) -> bytes:
    """Gradio's start page in `texts`' language, with our title and assets, without links to its site.

    Its own scripts, which stand in the page, are marked with `nonce`. What a reader or a document wrote is in there
    as JSON without a “<”, so that no other script can be among them.
    """
    head = (
        f"<title>{texts('name')}</title>"
        '<script src="../static/theme.js"></script>'
        '<script src="../static/session.js"></script>'
        f"{_STYLES}"
        '<link rel="icon" href="../static/icon.svg" type="image/svg+xml">'
        '<script src="../static/page.js" type="module"></script>'
    )
    own = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), html)
    own = own.replace(_LANGUAGE, f'lang="{texts.language}"'.encode(), 1)
    return _MANIFEST.sub(b"", _META.sub(b"", own)).replace(_HEAD_END, head.encode() + _HEAD_END, 1)


class Shell:
    """ASGI middleware that dresses the start page of each language and leaves all else alone.

    It puts the nonce of the page's scripts into `state.nonce`, from where the guard allows it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = {f"/{language}/": load_texts(language) for language in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        texts = self._pages.get(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or texts is None:
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()
        nonce = scope["state"]["nonce"] = secrets.token_urlsafe(16)

        async def send_dressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                html = dress(bytes(body), texts, nonce)
                MutableHeaders(scope=start)["content-length"] = str(len(html))
                await send(start)
                await send({"type": "http.response.body", "body": html})

        await self._app(scope, receive, send_dressed)
