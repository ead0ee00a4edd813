"""Words that are no names, by the vocabulary of the model."""

from index.embed.e5.tokenizer import is_written_small


def test_the_vocabulary_tells_which_words_are_written_small() -> None:
    assert all(map(is_written_small, ("Solo", "Use", "Two", "Reunión")))
    assert not any(map(is_written_small, ("Trump", "Macron", "Xyzzyq", "")))
