"""Gradio's page shell made ours before it is sent: the language, the title, our style sheets and script."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.texts import LANGUAGES, Texts, load_texts

_META = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_LANGUAGE = b'lang="en"'
_HEAD_END = b"</head>"
_STYLES = "".join(
    f'<link rel="stylesheet" href="../static/{name}.css">' for name in ("page", "answers", "lists", "reader")
)


def dress(html: bytes, texts: Texts) -> bytes:
    """Gradio's start page in `texts`' language, with our title and assets, without links to its site."""
    head = (
        f"<title>{texts('name')}</title>"
        '<script src="../static/theme.js"></script>'
        '<script src="../static/session.js"></script>'
        f"{_STYLES}"
        '<link rel="icon" href="../static/icon.svg" type="image/svg+xml">'
        '<script src="../static/page.js" type="module"></script>'
    )
    own = html.replace(_LANGUAGE, f'lang="{texts.language}"'.encode(), 1)
    return _META.sub(b"", own).replace(_HEAD_END, head.encode() + _HEAD_END, 1)


class Shell:
    """ASGI middleware that dresses the start page of each language and leaves all else alone."""

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

        async def send_dressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                html = dress(bytes(body), texts)
                MutableHeaders(scope=start)["content-length"] = str(len(html))
                await send(start)
                await send({"type": "http.response.body", "body": html})

        await self._app(scope, receive, send_dressed)
