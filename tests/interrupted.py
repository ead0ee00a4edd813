"""Reading a store while another process writes into it, at a known moment."""

from collections.abc import Callable, Sequence
from typing import Any

from index.document import Document, Span
from index.store.database import Rows
from index.store.store import NewChunk, Store
from index.text.passages import Passage, searched_text
from tests.embedders import HashEmbedder

OLD = "El puente de Arteaga sobre el río Salado se abrirá a los coches en el mes de marzo."
NEW = "El huracán cerró el puerto de Salina y dejó sin luz a los barrios de toda la costa."


class Interrupted:
    """A store's database where something else happens once, as soon as so many statements were run."""

    def __init__(self, store: Store, after: int, meanwhile: Callable[[], None]) -> None:
        self._database, self._left, self._meanwhile = store.database, after, meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @property
    def connection(self) -> "Interrupted":
        return self

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows:
        rows = self._database.connection.execute(sql, parameters)
        self._left -= 1
        if not self._left:
            self._meanwhile()
        return rows


def put(store: Store, text: str, *cuts: int) -> None:
    """Put the one document there is, in the place of the one before it; its sentences end at `cuts`."""
    ends = (*cuts, len(text))
    sentences = tuple(Span(start, end) for start, end in zip((0, *cuts), ends, strict=True))
    document = Document("a.txt", "a.txt", "Un título", text, "es")
    passage = Passage(Span(0, len(text)), sentences)
    [embedded] = HashEmbedder().embed_passages([searched_text(document, passage)])
    with store.transaction():
        store.put_document(document, text, [NewChunk(passage, embedded)])


def remove(store: Store) -> None:
    """Remove the one document there is."""
    with store.transaction():
        store.remove_document("a.txt")


def replace(store: Store) -> None:
    """Put another text in the place of the one there is."""
    put(store, NEW)
