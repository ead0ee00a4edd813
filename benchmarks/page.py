"""How quick the page is: first paint, interactive, first words, a key press in a long conversation, start-up.

    python benchmarks/page.py [RUNS]

Needs the `test` extra (playwright) and Debian's chromium. The page is served over the shipped documents and 20,000
made ones (one chunk each, vectors at random), and its long conversation has 300 turns. "Start to first answer" is a
new process of `hemeroteca chat` on the shipped documents, already indexed. Milliseconds, median and worst of RUNS.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant, Settings
from index.document import Document, Span
from index.embed import Embedded
from index.store.home import FolderHome
from index.store.store import NewChunk, Store
from index.text.passages import Passage
from ui.server import Server, listen

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUESTION = "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?"
DOCUMENTS, TURNS, KEYS = 20_000, 300, 40
# When the first words of an answer stand on the page, counted from the key that sent the question.
_WATCH_WORDS = """() => new Promise(done => {
  let sent = 0;
  addEventListener("keydown", event => { if (event.key === "Enter") sent = performance.now(); }, true);
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#live .answer p:not(.waiting)")) return;
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - sent));
  }).observe(document.body, { childList: true, subtree: true });
})"""
# How long after each key the page has been painted with it.
_WATCH_KEYS = """() => {
  window.painted = [];
  addEventListener("keydown", () => {
    const pressed = performance.now();
    requestAnimationFrame(() => {
      const frame = new MessageChannel();
      frame.port1.onmessage = () => window.painted.push(performance.now() - pressed);
      frame.port2.postMessage(0);
    });
  }, true);
}"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def fill(store: Store, dimensions: int) -> None:
    """20,000 made documents over thirty years, written straight into the store."""
    dice = np.random.default_rng(7)
    with store.transaction():
        for number in range(DOCUMENTS):
            text = f"El gobernador visitó el pueblo número {number} y abrió un puente de {number} metros."
            vector = dice.standard_normal(dimensions).astype(np.float32)
            vector /= np.linalg.norm(vector)
            name = f"nota-{number:05}.txt"
            published = date(1996, 1, 1) + timedelta(days=number // 2)
            span = Span(0, len(text))
            store.put_document(
                Document(name, name, f"El pueblo {number}", text, "es", published),
                f"{number:064x}"[::-1],
                [NewChunk(Passage(span, (span,)), Embedded(vector))],
            )


@contextmanager
def served(home: Path) -> Iterator[tuple[str, Assistant]]:
    """The application over the large archive, on a free port."""
    settings = Settings(
        documents=ROOT / "documents",
        index=home / "index",
        conversations=home / "conversations.sqlite3",
        engine="extractive",
    )
    with Assistant(settings) as assistant, listen("127.0.0.1", 0) as listener:
        assistant.sync()
        with_vectors = FolderHome(settings.index).open_store(FolderHome(settings.index).live)
        fill(with_vectors, assistant.embedder().dimensions)
        with_vectors.close()
        ready = threading.Event()
        server = Server(assistant, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        with assistant.following():
            while assistant.index_summary()["pending"]:
                time.sleep(0.5)
            thread.start()
            ready.wait()
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}", assistant
            finally:
                server.should_exit = True
                thread.join()


def opened(browser: Browser, address: str, wait_for: str = ".welcome") -> tuple[Page, float]:
    """A page in a new browser profile, and the milliseconds until it could be used."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es").new_page()
    page.goto(address, wait_until="commit")
    page.locator(wait_for).first.wait_for()
    page.locator("#question .submit-button").wait_for()
    return page, float(page.evaluate("performance.now()"))


def first_visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """First paint, interactive, and the first words after sending a question."""
    page, interactive = opened(browser, address)
    painted = float(page.evaluate(_PAINTED))
    page.fill("#question textarea", QUESTION)
    words = page.evaluate_handle(f"({{ promise: ({_WATCH_WORDS})() }})")
    page.locator("#question textarea").press("Enter")
    first = float(words.evaluate("watched => watched.promise"))
    page.context.close()
    return painted, interactive, first


def long_conversation(assistant: Assistant) -> str:
    """The id of a kept conversation of 300 turns."""
    stored = assistant.ask(QUESTION).to_dict()
    id_, _ = assistant.conversations.add_turn(None, QUESTION, QUESTION, stored)
    for _ in range(TURNS - 1):
        assistant.conversations.add_turn(id_, QUESTION, QUESTION, stored)
    return id_


def typing(browser: Browser, address: str) -> list[float]:
    """From each key press to the paint after it."""
    page, _ = opened(browser, address, "#history .turn")
    page.locator("#question textarea").focus()
    page.evaluate(_WATCH_KEYS)
    page.keyboard.type("a" * KEYS, delay=60)
    page.wait_for_function(f"window.painted.length >= {KEYS}")
    times = [float(each) for each in page.evaluate("window.painted")]
    page.context.close()
    return times


def turning(browser: Browser, address: str) -> list[float]:
    """From a click in the documents panel to the page of the list that it asks for."""
    page, _ = opened(browser, address)
    page.get_by_role("tab").nth(1).click()
    page.locator("table.documents").wait_for()
    times = []
    for number in range(2, 8):
        began = time.perf_counter()
        page.locator(".pager button").last.click()
        page.get_by_text(f"{50 * number - 49}–").wait_for()
        times.append(1000 * (time.perf_counter() - began))
    page.context.close()
    return times


def start(browser: Browser, home: Path) -> float:
    """From starting `hemeroteca chat` in a new process to its first answer in the browser."""
    command = [
        sys.executable,
        "-m",
        "assistant",
        "chat",
        "--port",
        "0",
        "--documents",
        str(ROOT / "documents"),
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HEMEROTECA_ENGINE": "extractive",
        "HEMEROTECA_CONVERSATIONS": str(home / "started.sqlite3"),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--index", str(home / "small")], stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        page, _ = opened(browser, address)
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        page.locator("#live .turn:not([aria-busy]) .answer").wait_for()
        page.context.close()
        return 1000 * (time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()


def told(name: str, times: list[float], limit: int) -> str:
    return f"| {name} | {median(times):.0f} | {max(times):.0f} | {limit} |"


def main(runs: int) -> None:
    """Print the table."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("No chromium is installed: apt-get install chromium.")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        home = Path(made)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        start(browser, home)  # builds its index
        starts = [start(browser, home) for _ in range(runs)]
        with served(home) as (address, assistant):
            conversation = long_conversation(assistant)
            first_visit(browser, address)  # warms the server
            visits = [first_visit(browser, address) for _ in range(runs)]
            keys = typing(browser, f"{address}/es/?conversation={conversation}")
            pages = turning(browser, address)
        browser.close()
    print("| milliseconds | median | worst | limit |\n| --- | ---: | ---: | ---: |")
    for place, (name, limit) in enumerate(
        [("first paint", 1500), ("interactive", 3000), ("first words of an answer", 300)]
    ):
        print(told(name, [visit[place] for visit in visits], limit))
    print(told(f"key to paint, {TURNS} turns", keys, 100))
    print(told(f"next page of {DOCUMENTS:,} documents", pages, 1000))
    print(told("start of the server to first answer", starts, 12000))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
