"""Makes the README's screenshots on the shipped documents: `python benchmarks/screenshots.py [FOLDER]`.

Needs the `test` extra (playwright) and Debian's chromium. FOLDER is docs/ by default.
"""

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant, Settings
from ui.server import Server, listen

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUESTION = "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?"
UNKNOWN = "¿Quién ganó el Mundial de fútbol de 2022?"
SHOTS = [
    ("chat", "es", (1440, 900), "light"),
    ("chat-dark", "es", (1440, 900), "dark"),
    ("chat-phone", "es", (390, 844), "light"),
]


def shoot(browser: Browser, address: str, folder: Path) -> None:
    """One picture for each of SHOTS, and one each of the first page, the reader and a question not answered."""
    for name, language, (width, height), scheme in SHOTS:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            device_scale_factor=1.5,
        )
        page.goto(address)
        page.locator(".welcome").wait_for()
        if name == "chat":
            save(page, folder, "welcome")
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        page.locator("#live .turn:not([aria-busy])").wait_for()
        page.locator("#live .next").wait_for()
        page.locator("#live .cite").last.hover()
        page.locator(".preview").wait_for()
        save(page, folder, name)
        if name == "chat":
            page.mouse.move(0, 0)
            page.locator(".preview").wait_for(state="detached")
            page.locator("#live a.open").first.click()
            page.locator("dialog .fulltext").wait_for()
            save(page, folder, "reader")
            page.keyboard.press("Escape")
            page.fill("#question textarea", UNKNOWN)
            page.keyboard.press("Enter")
            page.locator("#turn-2 .next").wait_for()
            save(page, folder, "missing")
        page.close()


def save(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", animations="disabled")
    print(folder / f"{name}.png")


def main(folder: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("No chromium is installed: apt-get install chromium.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, listen("127.0.0.1", 0) as listener:
        settings = Settings(
            documents=ROOT / "documents",
            index=Path(home) / "index",
            conversations=Path(home) / "conversations.sqlite3",
            engine="extractive",
        )
        with Assistant(settings) as assistant, sync_playwright() as playwright:
            assistant.sync()
            ready = threading.Event()
            server = Server(assistant, ready.set)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            ready.wait()
            try:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                shoot(browser, f"http://127.0.0.1:{listener.getsockname()[1]}", folder)
                browser.close()
            finally:
                server.should_exit = True
                thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
