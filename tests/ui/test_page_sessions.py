from ui.page_sessions import PageSessions
from ui.readers import Reader

ANA, LUIS = Reader("ana"), Reader("luis")


def sessions(*busy: str, most: int = 5, most_of_one: int = 3) -> tuple[PageSessions, list[str]]:
    """An empty book of sessions in which these are never idle, and those that it has forgotten."""
    forgotten: list[str] = []
    return PageSessions(lambda each: each not in busy, forgotten.append, most, most_of_one), forgotten


def test_a_session_is_whose_it_was_first() -> None:
    book, _ = sessions()
    assert book.claim("one", ANA) and not book.claim("one", LUIS)
    assert book.belongs("one", ANA) and not book.belongs("one", LUIS)
    assert not book.belongs("two", ANA)
    assert book.payer("one") == ANA.payer and book.payer("two") is None


def test_a_reader_has_so_many_sessions_and_the_one_used_longest_ago_makes_room() -> None:
    book, forgotten = sessions("0")
    for n in range(3):
        book.claim(f"{n}", ANA)
    book.claim("luis", LUIS)
    book.belongs("1", ANA)
    book.claim("3", ANA)
    assert forgotten == ["2"], "0 is not idle, 1 was used since"
    assert book.belongs("luis", LUIS)


def test_all_readers_together_have_so_many() -> None:
    book, forgotten = sessions()
    for n in range(5):
        book.claim(f"{n}", Reader(f"reader {n}"))
    book.claim("5", ANA)
    assert forgotten == ["0"]


def test_the_idle_sessions_of_a_reader_are_forgotten_together_apart_from_one() -> None:
    book, forgotten = sessions("1")
    for n in range(3):
        book.claim(f"{n}", ANA)
    book.claim("luis", LUIS)
    book.forget_idle(ANA, but="2")
    assert forgotten == ["0"]


def test_readers_without_a_name_are_told_apart_by_their_mark_and_counted_by_address() -> None:
    one, other = Reader("", "192.0.2.1", "a" * 22), Reader("", "192.0.2.1", "b" * 22)
    book, _ = sessions()
    book.claim("one", one)
    assert not book.belongs("one", other)
    assert book.of(other) == ["one"]
    assert "a" * 22 not in repr(one)
