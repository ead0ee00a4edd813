"""What retrieval reads of every engine while others write."""

import re
from collections.abc import Callable
from contextlib import closing

import pytest

from index.embed.states import pack_states
from index.filters import EVERYTHING
from index.store.home import Home
from index.store.lookup import chunk_ids, chunk_texts, chunks_holding, stored_chunks, token_states
from index.store.store import Store
from tests.interrupted import OLD, Interrupted, put, remove, replace


@pytest.mark.parametrize("write", [remove, replace])
def test_a_chunk_that_goes_while_it_is_looked_up_comes_with_its_own_sentences(
    home: Home, store: Store, write: Callable[[Store], None]
) -> None:
    put(store, OLD, 20)
    ids = chunk_ids(store, EVERYTHING)
    [expected] = stored_chunks(store, ids)
    with closing(home.open_store(home.live)) as other:
        [found] = stored_chunks(Store(Interrupted(store, 1, lambda: write(other))), ids)
    assert found.sentences == expected.sentences
    assert stored_chunks(store, ids) == []


def test_states_are_counted_in_the_document_and_those_that_are_damaged_are_left_out(store: Store) -> None:
    put(store, OLD, 20)
    [id_] = chunk_ids(store, EVERYTHING)
    [chunk] = stored_chunks(store, [id_])
    states = token_states(store, [id_])[id_]
    own = states.ends[states.places(chunk.span)].tolist()
    assert own == [word.end() for word in re.finditer(r"\w+", OLD)]
    store.connection.execute("UPDATE token_states SET states = ?", (pack_states(states)[:-3],))
    assert token_states(store, [id_]) == token_states(store, []) == {}


def test_one_moment_within_a_transaction_is_that_of_the_transaction(store: Store) -> None:
    put(store, OLD)
    with store.transaction():
        store.remove_document("a.txt")
        with store.reading():
            assert chunk_ids(store, EVERYTHING) == []
        store.set_fact("still", "writing")
    assert store.fact("still") == "writing"


def test_a_failure_while_reading_leaves_the_store_to_be_read_and_written(store: Store) -> None:
    with pytest.raises(KeyError), store.reading():
        raise KeyError
    put(store, OLD)
    assert len(chunk_ids(store, EVERYTHING)) == 1


def test_documents_that_hold_a_term_of_each_group_come_with_the_chunks_that_do(store: Store) -> None:
    put(store, OLD)
    [id_] = chunk_ids(store, EVERYTHING)
    [chunk] = stored_chunks(store, [id_])
    first, last = chunk.terms[0], chunk.terms[-1]
    assert chunks_holding(store, [["absent", first], [last]], EVERYTHING) == {chunk.document: [id_]}
    assert chunks_holding(store, [], EVERYTHING) == {chunk.document: [id_]}
    assert chunks_holding(store, [[first], ["absent"]], EVERYTHING) == {}
    assert chunk_texts(store, [id_]) == {id_: chunk.span.of(OLD)}
