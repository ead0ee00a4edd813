"""How sentences become one text."""

from assistant.answer import AnswerSentence, Form
from assistant.layout import join_sentences, piece
from index.document import BlockKind

PROSE = AnswerSentence("Llovió.", (1,))
POINT = AnswerSentence("Nevó.", (2, 3), point=True)
HEADING = AnswerSentence("Norte:")


def test_prose_runs_on_and_points_stand_on_lines_of_their_own() -> None:
    assert join_sentences([PROSE, PROSE]) == "Llovió. [1] Llovió. [1]"
    assert join_sentences([HEADING, POINT, POINT, PROSE]) == (
        "Norte:\n- Nevó. [2] [3]\n- Nevó. [2] [3]\nLlovió. [1]"
    )
    assert join_sentences([PROSE, PROSE], lines=True) == "Llovió. [1]\nLlovió. [1]"
    assert join_sentences([]) == ""


def test_the_pieces_of_a_stream_make_the_whole_text() -> None:
    told = [HEADING, POINT, PROSE]
    befores = [None, HEADING, POINT]
    pieces = (piece(sentence, before) for before, sentence in zip(befores, told, strict=True))
    assert "".join(pieces) == join_sentences(told)


def test_what_a_model_wrote_is_markdown_again_with_markers_and_marks() -> None:
    item, row = Form(BlockKind.ITEM, 1, 1), Form(BlockKind.ROW)
    told = [
        AnswerSentence("Costes", form=Form(BlockKind.HEADING, 2)),
        AnswerSentence("Son **dos**.", (1,), form=Form()),
        AnswerSentence("No más.", doubt="No cita.", form=Form(opens=False)),
        AnswerSentence("Uno", (1,), form=item),
        AnswerSentence("dentro", (2,), form=Form(BlockKind.ITEM, 2)),
        AnswerSentence("A | B", form=row),
        AnswerSentence("1 | 2", (3,), form=Form(BlockKind.ROW, opens=False)),
        AnswerSentence("x = ```", (4,), form=Form(BlockKind.CODE)),
    ]
    assert join_sentences(told) == (
        "## Costes\n\nSon **dos**. [1] No más. [?]\n\n1. Uno [1]\n    - dentro [2]\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 [3] |\n\n````\nx = ```\n````\n\n[4]"
    )
