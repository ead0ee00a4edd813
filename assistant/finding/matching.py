"""Questions beside chunks token by token: by the states that the store keeps, or by states made when needed."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock

from assistant.questions.wording import Wording
from index.embed import Embedder, TokenReader
from index.embed.states import Match, QuestionStates, TokenStates, match
from index.store.lookup import StoredChunk, token_states
from index.store.store import Store
from index.text.passages import Passage, searched_text

# Chunks without stored states whose states are made for one question: each is a run of the model.
_MOST_MADE = 16
# Chunks whose states are remembered once made, about 10 KB each.
_REMEMBERED = 1000
# Chunks matched at a time: their states take a third of a megabyte each while they are compared.
_AT_ONCE = 64
# Of a token that tells nothing, where the rarest of a large archive tell about 10.
_LEAST_WEIGHT = 0.1
_WORD = re.compile(r"\w+")


class Matcher:
    """Matches questions with chunks. Safe to share between threads, and between indexes.

    `open_reader` opens the engine in this process, for an index whose own engine tells nothing of tokens.
    """

    def __init__(self, open_reader: Callable[[], TokenReader]) -> None:
        self._open_reader = open_reader
        self._made: OrderedDict[str, TokenStates] = OrderedDict()
        self._lock = Lock()

    def match(
        self, store: Store, embedder: Embedder, question: Wording, chunks: Sequence[StoredChunk]
    ) -> dict[str, Match]:
        """The matches of chunks by their ids. Of those without stored states only the first get one."""
        reader = embedder.tokens or self._open_reader()
        asked = _weighed(reader.read_question(question.question.text), question)
        width = reader.dimensions // 8
        stored = token_states(store, [chunk.id for chunk in chunks])
        known = {id_: states for id_, states in stored.items() if states.bits.shape[1] == width}
        known |= self._states(
            store, reader, [chunk for chunk in chunks if chunk.id not in known][:_MOST_MADE]
        )
        ids = list(known)
        return {
            id_: each
            for start in range(0, len(ids), _AT_ONCE)
            for id_, each in _matches(asked, known, ids[start : start + _AT_ONCE])
        }

    def _states(
        self, store: Store, reader: TokenReader, chunks: Sequence[StoredChunk]
    ) -> dict[str, TokenStates]:
        """The states of chunks, as they were made before or are made now."""
        with self._lock:
            states = {chunk.id: self._made[chunk.id] for chunk in chunks if chunk.id in self._made}
        unread = [chunk for chunk in chunks if chunk.id not in states]
        texts = [_searched(store, chunk) for chunk in unread]
        for chunk, text, made in zip(unread, texts, reader.read_passages(texts), strict=True):
            states[chunk.id] = made.moved(chunk.span.end - len(text))
        with self._lock:
            self._made.update(states)
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        return states


def _weighed(asked: QuestionStates, question: Wording) -> QuestionStates:
    """The tokens of a question by how rare their words are in the archive; what has no content tells little."""
    text = question.question.text
    weight_at = [_LEAST_WEIGHT] * len(text)
    for word in _WORD.finditer(text):
        weight = max(_LEAST_WEIGHT, question.weight_of(word[0]))
        weight_at[word.start() : word.end()] = [weight] * len(word[0])
    return asked.weighed(
        [max(weight_at[span.start : span.end], default=_LEAST_WEIGHT) for span in asked.spans]
    )


def _matches(
    asked: QuestionStates, known: Mapping[str, TokenStates], ids: Sequence[str]
) -> Iterator[tuple[str, Match]]:
    return zip(ids, match(asked, [known[id_] for id_ in ids]), strict=True)


def _searched(store: Store, chunk: StoredChunk) -> str:
    """The searched text of a chunk; empty if its document has gone."""
    document = store.document(chunk.document)
    if document is None:
        return ""
    headings = next((block.headings for block in store.blocks(document.id, chunk.span)), ())
    return searched_text(document, Passage(chunk.span, chunk.sentences, headings))
