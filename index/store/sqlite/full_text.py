"""Full text by SQLite's FTS5."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from index.filters import DocumentFilter
from index.store.text import IN_ORDER, TITLE_WEIGHT

if TYPE_CHECKING:
    from index.store.sqlite.database import SqliteDatabase


class Fts5:
    """The words of chunks, in a virtual table whose rows have the chunks' keys."""

    def __init__(self, database: "SqliteDatabase") -> None:
        self._database = database

    def put(self, title: str, bodies: Mapping[int, str]) -> None:
        self._database.connection.executemany(
            "INSERT INTO full_text (rowid, title, body) VALUES (?, ?, ?)",
            [(key, title, body) for key, body in bodies.items()],
        )

    def remove(self, keys: Sequence[int]) -> None:
        self._database.connection.executemany(
            "DELETE FROM full_text WHERE rowid = ?", [(key,) for key in keys]
        )

    def search(self, terms: Sequence[str], limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        condition, parameters = wanted.where()
        return self._database.connection.execute(
            f"SELECT chunks.id, -bm25(full_text, {TITLE_WEIGHT}, 1.0) AS score FROM full_text "
            "JOIN chunks ON chunks.key = full_text.rowid JOIN documents ON documents.key = chunks.document "
            f"WHERE full_text MATCH ? AND {condition} ORDER BY score DESC LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), *parameters, limit),
        ).fetchall()

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        connection = self._database.connection
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'full_text', 'row')"
        )
        rows = connection.execute(
            f"SELECT term, doc FROM temp.vocabulary WHERE term IN ({', '.join('?' * len(terms))})", terms
        )
        return dict(rows.fetchall())

    def holding_all(self, groups: Sequence[Sequence[str]], wanted: DocumentFilter) -> list[tuple[str, str]]:
        condition, parameters = wanted.where()
        terms = " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in groups)
        return self._database.connection.execute(
            "SELECT documents.id, chunks.id FROM full_text JOIN chunks ON chunks.key = full_text.rowid "
            "JOIN documents ON documents.key = chunks.document "
            f"WHERE full_text MATCH ? AND {condition} {IN_ORDER}",
            (terms, *parameters),
        ).fetchall()
