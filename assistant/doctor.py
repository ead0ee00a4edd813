"""Checks of all that an answer stands on: machine, documents, index, embedding, engine, keys, users."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import SecretStr

from assistant.archive import chroma_server
from assistant.assistant import Assistant
from assistant.errors import EngineFailed, HemerotecaError
from assistant.people.adopting import left_behind
from index.errors import VectorsFailed
from index.store.postgres.server import connect, failures, shown
from index.store.sqlite.file import damage
from index.vectors.server import disconnect

if TYPE_CHECKING:
    import psycopg


State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do, and is empty if there is nothing to do."""

    name: str
    state: State
    detail: str
    advice: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


# The first with primary keys that include other columns.
_OLDEST_POSTGRES = 11
_ASKED = """
SELECT current_setting('server_version_num')::int / 10000, pg_encoding_to_char(encoding),
current_setting('transaction_read_only') = 'on', has_database_privilege(datname, 'CREATE'), datname, current_user
FROM pg_database WHERE datname = current_database()
"""


def check_database(assistant: Assistant) -> Finding:
    """Whether each database can be reached, is of a known version and can be written. Raises HemerotecaError."""
    states = []
    for setting in assistant.settings.databases():
        url = setting.get_secret_value()
        with failures(url), connect(url) as connection:
            state_text, advice = _judged(_state(connection))
        states.append(f"{shown(url)}, {state_text}")
        if advice:
            return Finding("database", "failed", states[-1], advice)
    return Finding("database", "ok", "; ".join(states) or "none: everything is in files")


@dataclass(frozen=True, slots=True)
class _State:
    """What a database says of itself, and of what its user may do."""

    version: int
    encoding: str
    read_only: bool
    may_create: bool
    name: str
    user: str


def _state(connection: "psycopg.Connection[tuple[object, ...]]") -> _State:
    from psycopg.rows import args_row

    with connection.cursor(row_factory=args_row(_State)) as cursor:
        (state,) = cursor.execute(_ASKED).fetchall()
        return state


def _judged(state: _State) -> tuple[str, str]:
    """What to tell of a database, and what to do; nothing if it is as it should be."""
    detail = f"PostgreSQL {state.version}"
    if state.version < _OLDEST_POSTGRES:
        return detail, f"Move the database to PostgreSQL {_OLDEST_POSTGRES} or later."
    if state.encoding != "UTF8":
        advice = "Make another database with createdb --encoding=UTF8 --template=template0, and name that."
        return f"{detail} in {state.encoding}, which lacks letters of some documents", advice
    if state.read_only:
        advice = "Name the primary server; of several, “target_session_attrs=read-write” in the URL finds it."
        return f"{detail}, which takes no changes now", advice
    if not state.may_create:
        grant = f'GRANT CREATE ON DATABASE "{state.name}" TO "{state.user}";'
        return f"{detail}, in which “{state.user}” may not create schemas", f"Let it: {grant}"
    return detail, ""


def check_vectors(assistant: Assistant) -> Finding:
    """Whether a Chroma server can be reached, is of this version and holds the index."""
    address = assistant.settings.vectors
    if address is None:
        return Finding("vectors", "ok", "beside the index")
    try:
        client = chroma_server(assistant.settings).connect()
        served = client.get_version()
        disconnect(client)
        state = assistant.retriever().vectors.state if assistant.is_indexed() else "chroma"
    except VectorsFailed as error:
        state, served = str(error), ""
    if state != "chroma":
        advice = (
            "Questions are answered by comparing all vectors meanwhile: start the server, or correct its URL "
            "and headers."
        )
        return Finding("vectors", "failed", f"the Chroma server {address} cannot be used ({state})", advice)
    detail = f"in the Chroma server {address}, version {served}"
    known = version("chromadb")
    if served.split(".")[0] != known.split(".")[0]:
        return Finding("vectors", "warning", detail, f"Run a server of this version: chroma {known}.")
    return Finding("vectors", "ok", detail)


_OLDEST_SQLITE = (3, 35)
# Bytes that are to be free besides what the index may come to take.
_ROOM = 200_000_000
_PACKAGES = ("onnxruntime", "chromadb", "llama-index-core", "openai", "gradio", "mcp")


def examine(assistant: Assistant) -> Iterator[Finding]:
    """The findings, one check at a time. Only the engine's check calls a model, once, if one is configured."""
    checks: tuple[tuple[str, Callable[[Assistant], Finding]], ...] = (
        ("python", _python),
        ("sqlite", _sqlite),
        ("packages", _packages),
        ("documents", _documents),
        ("index", _index),
        ("database", check_database),
        ("vectors", check_vectors),
        ("disk", _disk),
        ("conversations", _conversations),
        ("embedding", _embedding),
        ("engine", _engine),
        ("keys", _keys),
        ("users", _users),
    )
    for name, check in checks:
        try:
            yield check(assistant)
        except HemerotecaError as error:
            yield Finding(
                name, "failed", str(error), "Do as the message says, and run “hemeroteca doctor” again."
            )


def _python(assistant: Assistant) -> Finding:
    return Finding("python", "ok", f"{sys.version.split()[0]} on {sys.platform}, {os.cpu_count()} processors")


def _sqlite(assistant: Assistant) -> Finding:
    installed = sqlite3.sqlite_version
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE or "ENABLE_FTS5" not in options:
        return Finding(
            "sqlite",
            "failed",
            f"{installed}, {'with' if 'ENABLE_FTS5' in options else 'without'} full text (FTS5)",
            "Use a Python whose SQLite is 3.35 or later and has FTS5, such as that of python.org or uv.",
        )
    return Finding("sqlite", "ok", f"{installed} with full text")


def _packages(assistant: Assistant) -> Finding:
    versions: dict[str, str | None] = {}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = None
    missing = [name for name, installed in versions.items() if installed is None]
    if missing:
        advice = "Install Hemeroteca again in a new environment: pip install hemeroteca."
        return Finding("packages", "failed", f"not installed: {', '.join(missing)}", advice)
    return Finding("packages", "ok", ", ".join(f"{name} {installed}" for name, installed in versions.items()))


def _documents(assistant: Assistant) -> Finding:
    folder = assistant.settings.documents
    if not folder.is_dir():
        advice = f"Make the folder {folder} and put documents into it, or name another with --documents."
        return Finding("documents", "failed", f"there is no folder {folder}", advice)
    if not os.access(folder, os.R_OK | os.X_OK):
        advice = f"Let this user read {folder}: chmod u+rx {folder}"
        return Finding("documents", "failed", f"{folder} cannot be read", advice)
    if not any(folder.iterdir()):
        return Finding("documents", "warning", f"{folder} is empty", f"Put documents into {folder}.")
    return Finding("documents", "ok", str(folder))


def _index(assistant: Assistant) -> Finding:
    state = assistant.index_summary()
    detail = (
        f"{state['documents']} documents in {state['chunks']} chunks, {len(state['skipped'])} files skipped"
    )
    if not assistant.is_indexed():
        return Finding("index", "warning", "no run of indexing was finished", "Run “hemeroteca index”.")
    if lacking := assistant.incomplete():
        advice = "Run “hemeroteca index --full”, which builds it anew from the documents."
        return Finding("index", "failed", f"{detail}; {lacking} documents or chunks lack their text", advice)
    if state["chunks"] and not assistant.is_searchable():
        advice = "Run “hemeroteca index --full”, which builds it anew from the documents."
        return Finding("index", "failed", f"{detail}; what is in it is not found", advice)
    if state["pending"]:
        advice = "Run “hemeroteca index”, which lets the vector index learn the rest."
        return Finding(
            "index", "warning", f"{detail}; {state['pending']} chunks wait for the vector index", advice
        )
    if state["skipped"]:
        return Finding("index", "warning", detail, "“hemeroteca status” tells the reason of each.")
    return Finding("index", "ok", detail)


def _disk(assistant: Assistant) -> Finding:
    place = next(path for path in (assistant.settings.index.resolve(), *_above(assistant)) if path.exists())
    free = shutil.disk_usage(place).free
    needed = _ROOM + 2 * assistant.index_summary()["bytes"]["store"]
    detail = f"{free / 1e9:.1f} GB free for the index"
    if free < needed:
        advice = f"Make room: building anew or a backup takes up to {needed / 1e9:.1f} GB beside the index."
        return Finding("disk", "warning", detail, advice)
    return Finding("disk", "ok", detail)


def _above(assistant: Assistant) -> Sequence[Path]:
    return assistant.settings.index.resolve().parents


def _conversations(assistant: Assistant) -> Finding:
    path = assistant.settings.conversations
    if isinstance(path, SecretStr):
        assistant.conversations.summaries()
        return Finding("conversations", "ok", "in the database")
    if not path.is_file():
        return Finding("conversations", "ok", "none yet")
    try:
        broken = damage(path)
    except sqlite3.Error as error:
        broken = str(error)
    if broken:
        advice = "Restore them from the last backup: “hemeroteca restore FILE --replace”."
        return Finding("conversations", "failed", f"{path} is damaged ({broken})", advice)
    return Finding("conversations", "ok", str(path))


def _embedding(assistant: Assistant) -> Finding:
    embedder = assistant.embedder()
    length = float((embedder.embed_query("prueba") ** 2).sum())
    if not 0.98 < length < 1.02:
        advice = (
            "Run “hemeroteca index” after another embedding was chosen, or report this machine's processor."
        )
        return Finding(
            "embedding", "failed", f"{embedder.identity} gives vectors of length {length:.2f}", advice
        )
    return Finding("embedding", "ok", f"{embedder.identity}, {embedder.dimensions} dimensions")


def _engine(assistant: Assistant) -> Finding:
    choice = assistant.engine_choice
    if choice.name == "extractive":
        return Finding("engine", "ok", "extractive: answers are exact quotes, no model is called")
    detail = f"{choice.name}, {choice.model}, {choice.destination or 'on this machine'}"
    try:
        assistant.probe_engine()
    except EngineFailed as error:
        advice = "Until it answers, questions are answered by extraction; HEMEROTECA_ENGINE=extractive asks no model."
        return Finding("engine", "failed", f"{detail}: {error}", advice)
    return Finding("engine", "ok", f"{detail}: answered")


def _keys(assistant: Assistant) -> Finding:
    count = len(assistant.people.keys.all())
    return _secrets(assistant, "keys", "keys", count, "none: any program on this machine may ask")


def _users(assistant: Assistant) -> Finding:
    count = len(assistant.people.users.all())
    return _secrets(assistant, "users", "auth", count, "none: anyone on this machine may use the chat")


def _secrets(assistant: Assistant, name: str, setting: str, kept: int, none: str) -> Finding:
    """Whether a file of hashes is its owner's alone, and none is forgotten."""
    path, forgotten = getattr(assistant.settings, setting), left_behind(assistant.settings, setting)
    if forgotten is not None and not kept:
        advice = "Take them into the database with “hemeroteca adopt”, or move the file away."
        return Finding(name, "failed", f"none in the database, but some in {forgotten}", advice)
    if not kept:
        return Finding(name, "ok", none)
    if isinstance(path, SecretStr):
        return Finding(name, "ok", f"{kept} in the database")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding(name, "warning", f"others can read {path}", f"Keep it to yourself: chmod 600 {path}")
    return Finding(name, "ok", f"{kept} in {path}")


def report(findings: list[Finding]) -> dict[str, Any]:
    """The object that `hemeroteca doctor --json` prints."""
    return {
        "ok": all(finding.state != "failed" for finding in findings),
        "findings": [finding.to_dict() for finding in findings],
    }
