"""The tables of people, in the SQL that SQLite and PostgreSQL share.

`{key}` is the type of a text that is compared and sorted byte by byte, as SQLite compares any. In PostgreSQL these are
the first migration: what changes them is another one there, and in files a column of `added`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that one file holds. `setting` names it; `added` are columns that older files of it lack, by table."""

    what: str
    setting: str
    sql: str
    added: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def statements(self, key: str = "TEXT") -> list[str]:
        """The statements that make them where they are not there yet."""
        return [
            statement for each in self.sql.split(";") if (statement := each.replace("{key}", key).strip())
        ]


CONVERSATIONS = Tables(
    "conversations",
    "HEMEROTECA_CONVERSATIONS",
    """
    CREATE TABLE IF NOT EXISTS conversations (
        id {key} PRIMARY KEY, "user" {key} NOT NULL, title TEXT NOT NULL, changed {key} NOT NULL
    );
    CREATE INDEX IF NOT EXISTS conversations_by_user ON conversations ("user", changed);
    CREATE TABLE IF NOT EXISTS turns (
        conversation {key} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        question TEXT NOT NULL,
        standalone TEXT NOT NULL,
        answer TEXT NOT NULL,
        asked TEXT NOT NULL,
        wanted TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (conversation, number)
    );
    CREATE TABLE IF NOT EXISTS feedback (
        conversation {key} NOT NULL,
        number INTEGER NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
        reason TEXT NOT NULL,
        given {key} NOT NULL,
        PRIMARY KEY (conversation, number),
        FOREIGN KEY (conversation, number) REFERENCES turns (conversation, number) ON DELETE CASCADE
    );
    """,
    {"turns": "wanted TEXT NOT NULL DEFAULT '{}'"},
)
SESSIONS = Tables(
    "sessions",
    "HEMEROTECA_SESSIONS",
    """
    CREATE TABLE IF NOT EXISTS sessions (
        digest {key} PRIMARY KEY,
        "user" {key} NOT NULL,
        stamp TEXT NOT NULL,
        begun DOUBLE PRECISION NOT NULL,
        used DOUBLE PRECISION NOT NULL
    );
    """,
)
# Beside the sessions, so that it does not go with the users whose being there it remembers.
CLOSED = Tables(
    "memory of users and keys",
    "HEMEROTECA_SESSIONS",
    "CREATE TABLE IF NOT EXISTS closed (what {key} PRIMARY KEY, since TEXT NOT NULL)",
)
# In files these are no tables but JSON, which an administrator can read and mend.
SECRETS = Tables(
    "users and API keys",
    "HEMEROTECA_AUTH and HEMEROTECA_KEYS",
    """
    CREATE TABLE IF NOT EXISTS users (name {key} PRIMARY KEY, created {key} NOT NULL, password TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS api_keys (name {key} PRIMARY KEY, created {key} NOT NULL, digest TEXT NOT NULL);
    """,
)
