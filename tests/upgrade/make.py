"""Makes `before_shape.zip`: an index, conversations, users and keys as older code kept them.

Run it from the root of a checkout of that code, with its requirements installed:

    git worktree add ../older c96537a && cd ../older && python ../hemeroteca/tests/upgrade/make.py before_shape.zip

The vectors in Chroma are left out: they are rebuilt from the store.
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from assistant import Settings

DOCUMENTS = {
    "2026-01-10-puente.txt": (
        "Fecha: 2026-01-10\n\nEl puente de Almazora costó 3.400 euros. Lo abrió la alcaldesa Inés Roca.\n"
    ),
    "2026-01-12-feria.txt": "Fecha: 2026-01-12\n\nLa feria del queso de Villarreal reunió a 52 productores.\n",
}
QUESTION = "¿Cuánto costó el puente de Almazora?"


def settings_in(folder: Path) -> "Settings":
    """The settings of an archive that keeps everything in a folder."""
    from assistant import Settings

    return Settings(
        documents=folder / "documents",
        index=folder / "index",
        conversations=folder / "conversations.sqlite3",
        keys=folder / "keys.json",
        auth=folder / "users.json",
        sessions=folder / "sessions.sqlite3",
        engine="extractive",
    )


def make(folder: Path) -> str:
    """Fill a folder as the older code does; returns the secret of the key that it made."""
    from assistant import Assistant

    (folder / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "documents" / name).write_text(text, "utf-8")
    with Assistant(settings_in(folder)) as assistant:
        assistant.sync()
        conversation = assistant.conversation()
        conversation.ask(QUESTION)
        assert conversation.id is not None
        assistant.conversations.give_feedback(conversation.id, 1, "good", "")
        assistant.people.users.add("ines", "a long enough password")
        return str(assistant.people.keys.add("reports"))


def main() -> None:
    sys.path.insert(0, str(Path.cwd()))
    with tempfile.TemporaryDirectory() as name, ZipFile(sys.argv[1], "w", ZIP_DEFLATED) as packed:
        folder = Path(name)
        packed.writestr("key.txt", make(folder))
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "chroma" not in str(file.relative_to(folder)) and file.suffix != ".lock":
                packed.write(file, file.relative_to(folder))


if __name__ == "__main__":
    main()
