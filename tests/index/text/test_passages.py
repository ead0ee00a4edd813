"""Passages: what they hold, where they are cut, and what they are searched by."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Block, BlockKind, Document, Span
from index.readers.draft import Draft
from index.text.passages import MOST_TOKENS, TARGET_TOKENS, Passage, passages_of, searched_text
from index.text.sentences import units_of


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(draft: Draft, title: str = "Título", id_: str = "a.txt") -> Document:
    return Document(id_, id_, title, draft.text, "es", blocks=draft.blocks())


def prose(words: int, sentence: int = 20) -> str:
    """Sentences of so many words."""
    return " ".join(
        " ".join(["Palabra", *["sigue"] * (min(sentence, words - start) - 2), "acaba."])
        for start in range(0, words, sentence)
    )


def texts(draft: Draft) -> list[str]:
    return [passage.span.of(draft.text) for passage in passages_of(document(draft), count_words)]


blocks = st.lists(
    st.tuples(
        st.sampled_from(["heading", "paragraph", "item", "row", "code", "turn"]),
        st.integers(1, 3),
        st.lists(st.sampled_from(["sol", "Luna. ", "¿mar?", "a: b;", "x" * 700]), min_size=1, max_size=120),
    ),
    max_size=12,
)


def drafted(pieces: list[tuple[str, int, list[str]]]) -> Draft:
    draft = Draft()
    for kind, level, words in pieces:
        said = " ".join(words)
        match kind:
            case "heading":
                draft.heading(said[:90], level)
            case "item":
                draft.item(said, level)
            case "row":
                draft.row(said.split(". "), ["Mes", "Importe"])
            case "turn":
                draft.turn(said, f"Voz {level}")
            case "code":
                draft.code(said.replace(". ", "\n"))
            case _:
                draft.paragraph(said)
    return draft


@settings(deadline=None)
@given(blocks)
def test_passages_hold_every_unit_once_in_order_and_cut_none(
    pieces: list[tuple[str, int, list[str]]],
) -> None:
    written = document(drafted(pieces))
    units = [unit.span for block in written.blocks for unit in units_of(written.text, block)]
    passages = passages_of(written, count_words)
    assert [unit for passage in passages for unit in units if passage.span.holds(unit)] == units
    ends = [0, *(passage.span.end for passage in passages)]
    assert all(end <= passage.span.start for end, passage in zip(ends, passages, strict=False))
    assert all(passage.span.holds(sentence) for passage in passages for sentence in passage.sentences)


@settings(deadline=None)
@given(blocks)
def test_a_heading_stands_with_what_follows_it(pieces: list[tuple[str, int, list[str]]]) -> None:
    written = document(drafted(pieces))
    ends = {passage.span.end for passage in passages_of(written, count_words)}
    for block, following in zip(written.blocks, written.blocks[1:], strict=False):
        if block.kind is BlockKind.HEADING and following.kind is not BlockKind.HEADING:
            assert block.span.end not in ends


@settings(deadline=None)
@given(blocks)
def test_the_searched_text_ends_with_the_passage_itself(pieces: list[tuple[str, int, list[str]]]) -> None:
    written = document(drafted(pieces))
    for passage in passages_of(written, count_words):
        assert searched_text(written, passage).endswith(passage.span.of(written.text))


def test_a_section_that_fits_is_one_passage_and_two_long_ones_are_two() -> None:
    draft = Draft()
    draft.heading("Plazos", 1)
    draft.paragraph(prose(TARGET_TOKENS - 20))
    draft.heading("Multas", 1)
    draft.paragraph(prose(TARGET_TOKENS - 20))
    first, second = texts(draft)
    assert first.startswith("Plazos") and second.startswith("Multas")


def test_tiny_sections_of_one_parent_share_a_passage_and_those_of_two_do_not() -> None:
    draft = Draft()
    for chapter in ("Uno", "Dos"):
        draft.heading(chapter, 1)
        for section in ("Objeto", "Ámbito"):
            draft.heading(f"{section} {chapter}", 2)
            draft.paragraph(prose(80))
    first, second = passages_of(document(draft), count_words)
    assert (first.span.of(draft.text)[:3], second.span.of(draft.text)[:3]) == ("Uno", "Dos")


def test_a_list_stays_with_its_lead_in_and_a_long_one_is_cut_between_items() -> None:
    draft = Draft()
    draft.paragraph(f"{prose(TARGET_TOKENS - 40)} Estos son los requisitos:")
    for number in range(40):
        draft.item(prose(15), number=str(number + 1))
    passages = passages_of(document(draft), count_words)
    assert len(passages) > 2
    opening = next(passage for passage in passages if "requisitos:" in passage.span.of(draft.text))
    assert "\n\n1. " in opening.span.of(draft.text)
    items = [block.span for block in draft.blocks() if block.kind is BlockKind.ITEM]
    assert all(sum(passage.span.overlaps(item) for passage in passages) == 1 for item in items)
    assert "requisitos:" in searched_text(document(draft), passages[-1])


def test_code_stays_with_the_sentence_before_it() -> None:
    draft = Draft()
    draft.paragraph(prose(TARGET_TOKENS))
    draft.paragraph(f"{prose(TARGET_TOKENS - 10)} Para reiniciar el servicio solo, se añade esto.")
    draft.code("[Service]\nRestart=always")
    assert any("reiniciar" in text and "Restart=always" in text for text in texts(draft))


def test_rows_are_searched_with_the_names_of_columns_that_they_lack() -> None:
    text = "| enero | 12 |"
    row = Block(
        BlockKind.ROW, Span(0, len(text)), columns=("Mes", "Importe"), cells=(Span(2, 7), Span(10, 12))
    )
    table = Document("a.md", "a.md", "Gastos", text, "es", blocks=(row,))
    (passage,) = passages_of(table, count_words)
    assert searched_text(table, passage) == "Gastos › a\nMes; Importe\n| enero | 12 |"


def test_a_long_answer_is_searched_with_the_question_that_it_replies_to() -> None:
    draft = Draft()
    draft.turn("¿Cuándo abrirán las escuelas rurales?", "PREGUNTA")
    draft.turn(prose(3 * TARGET_TOKENS), "MINISTRA")
    first, *rest = passages_of(document(draft), count_words)
    assert first.lead is None and "escuelas" in first.span.of(draft.text)
    assert rest
    for passage in rest:
        assert "escuelas" not in passage.span.of(draft.text)
        assert "escuelas rurales" in searched_text(document(draft), passage)
        assert "MINISTRA" in searched_text(document(draft), passage)


def test_a_passage_is_searched_with_title_headings_and_the_words_of_the_file_name() -> None:
    draft = Draft()
    draft.heading("Capítulo II", 1)
    draft.heading("Multas", 2)
    draft.paragraph(prose(2 * TARGET_TOKENS))
    ordinance = document(draft, "Ordenanza", "normas/ordenanza_ruido-2024.pdf")
    last = passages_of(ordinance, count_words)[-1]
    assert searched_text(ordinance, last).startswith("Ordenanza › Capítulo II › Multas › ruido 2024\n")


def test_the_id_of_a_record_is_no_file_name() -> None:
    draft = Draft()
    draft.paragraph("Hola.")
    record = Document("q-17", "all.jsonl", "Nota", draft.text, "es", blocks=draft.blocks())
    assert searched_text(record, Passage(Span(0, 5), ())) == "Nota › Hola."


def test_headings_are_no_sentences_unless_there_is_nothing_else() -> None:
    draft = Draft()
    draft.heading("Plazos", 1)
    assert [s.of(draft.text) for p in passages_of(document(draft), count_words) for s in p.sentences] == [
        "Plazos"
    ]
    draft.paragraph("El plazo es de un mes.")
    (passage,) = passages_of(document(draft), count_words)
    assert [sentence.of(draft.text) for sentence in passage.sentences] == ["El plazo es de un mes."]


def test_an_endless_word_is_cut_and_so_are_a_hundred_thousand_rows_in_bounded_steps() -> None:
    draft = Draft()
    draft.code("x" * 100_000)
    for number in range(20_000):
        draft.row([str(number), "importe"], ["Número", "Concepto"])
    passages = passages_of(document(draft), count_words)
    assert all(sum(count_words([p.span.of(draft.text)])) <= MOST_TOKENS for p in passages)
    assert sum(len(passage.sentences) for passage in passages) == 20_000 + -(-100_000 // 600)


def test_prose_before_the_body_is_in_no_passage() -> None:
    draft = Draft()
    draft.paragraph("date 2026-01-16")
    draft.paragraph("Hola a todos.")
    written = Document("a.txt", "a.txt", "a", draft.text, "es", body=17, blocks=draft.blocks())
    (passage,) = passages_of(written, count_words)
    assert passage.span.of(written.text) == "Hola a todos."


def test_a_passage_begins_with_who_speaks_and_an_office_can_be_quoted() -> None:
    text = "GOBERNADORA (LOMAS), ANA RUIZ\nBuenos días.\n\nPREGUNTA\n¿Y el agua?"
    turns = (
        Block(BlockKind.TURN, Span(30, 42), speaker="GOBERNADORA, ANA RUIZ"),
        Block(BlockKind.TURN, Span(53, 64), speaker="PREGUNTA"),
    )
    (passage,) = passages_of(Document("a.txt", "a.txt", "Rueda", text, "es", blocks=turns), count_words)
    assert passage.span == Span(0, len(text))
    said = [sentence.of(text) for sentence in passage.sentences]
    assert said == ["GOBERNADORA (LOMAS), ANA RUIZ", "Buenos días.", "¿Y el agua?"]
