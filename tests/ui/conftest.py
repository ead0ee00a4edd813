"""The real application on a real port, and a real browser in front of it."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

from assistant import Assistant, Settings
from tests.models import models_at_hand
from ui.desk import Desk
from ui.drawing import Pen
from ui.server import Server, listen
from ui.texts import load_texts

__all__ = ["models_at_hand"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SEED = Path(__file__).parents[2] / "documents"
# Gradio's words for a request that its reader broke off by leaving the page.
BROKEN_OFF = ("AbortError", "Connection errored out")
PATIENCE = 90_000  # milliseconds that a page may take on a busy machine


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """The Spanish page's desk over an archive without documents."""
    (tmp_path / "documents").mkdir()
    with Assistant(Settings(documents=tmp_path / "documents", index=tmp_path / "index")) as assistant:
        yield Desk(assistant, Pen(load_texts("es")))


@dataclass(frozen=True)
class Archive:
    """A served archive: its address and its documents folder."""

    address: str
    documents: Path
    assistant: Assistant


@contextmanager
def served(assistant: Assistant, host: str = "127.0.0.1") -> Iterator[str]:
    """The application over `assistant` on a free port of this machine, as if bound to `host`."""
    with listen("127.0.0.1", 0) as listener:
        ready = threading.Event()
        server = Server(assistant, ready.set, host)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        ready.wait(PATIENCE / 1000)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Archive]]:
    """Serves archives of the shipped documents and others until the end of the block, each with an index of its own."""
    with ExitStack() as stack:

        def serve(others: Mapping[str, str] = MappingProxyType({}), **settings: Any) -> Archive:
            home = tmp_path_factory.mktemp("archive")
            folder = home / "documents"
            shutil.copytree(SEED, folder)
            for name, text in others.items():
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            chosen = {
                "engine": "extractive",
                "conversations": home / "conversations.sqlite3",
                "keys": home / "keys.json",
                "auth": home / "users.json",
                "sessions": home / "sessions.sqlite3",
                **settings,
            }
            assistant = stack.enter_context(
                Assistant(Settings(documents=folder, index=home / "index", **chosen))
            )
            assistant.sync()
            return Archive(stack.enter_context(served(assistant)), folder, assistant)

        yield serve


# No longer than a module, since each has its own model in memory.
@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Archive]]:
    """Serves archives for the tests of a module."""
    with serving(tmp_path_factory) as serve:
        yield serve


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The shipped documents, served, for tests that only ask."""
    with serving(tmp_path_factory) as serve:
        yield serve()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@dataclass
class Visit:
    """A reader's page, and everything on it that must not happen; `expected_errors` may."""

    page: Page
    address: str
    wrongs: list[str] = field(default_factory=list)
    expected_errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Ask, and wait for the answer to be finished."""
        turn = self.page.locator("#live .turn")
        number = self.page.locator(".turn").count() + 1
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        turn.and_(self.page.locator(f"#turn-{number}:not([aria-busy])")).wait_for()

    def show_conversations(self) -> None:
        self.page.get_by_role("tab").nth(2).click()
        self.page.locator("#conversations :is(ul, .none)").wait_for()

    def show_documents(self) -> None:
        self.page.get_by_role("tab").nth(1).click()
        self.page.locator("table.documents").wait_for()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens an archive as a reader of its own; fails on requests elsewhere, dialogs and errors."""
    visits: list[Visit] = []

    def open_page(
        archive: Archive,
        *,
        locale: str = "es-MX",
        dark: bool = False,
        phone: bool = False,
        until: str = ".welcome",
    ) -> Visit:
        context = browser.new_context(
            locale=locale,
            color_scheme="dark" if dark else "light",
            viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        opened = Visit(context.new_page(), archive.address)
        _watch(opened)
        visits.append(opened)
        opened.page.goto(archive.address)
        opened.page.locator(until).wait_for()
        return opened

    yield open_page
    wrongs = [wrong for opened in visits for wrong in opened.wrongs]
    for opened in visits:
        opened.page.context.close()
    assert wrongs == []


def _watch(visit: Visit) -> None:
    page, wrongs = visit.page, visit.wrongs

    def request(url: str) -> None:
        if not url.startswith((visit.address, "data:", "blob:")):
            wrongs.append(f"request to {url}")

    page.on("request", lambda sent: request(sent.url))
    page.on("pageerror", lambda error: wrongs.append(f"error: {error}"))

    def console(said: ConsoleMessage) -> None:
        if said.type == "error" and not any(
            words in said.text for words in (*BROKEN_OFF, *visit.expected_errors)
        ):
            wrongs.append(f"console: {said.text}")

    page.on("console", console)

    def dialog_opened(dialog: Dialog) -> None:
        wrongs.append("a dialog was opened")

    page.on("dialog", dialog_opened)
