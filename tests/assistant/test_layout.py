"""How sentences become one text."""

from assistant.answer import AnswerSentence
from assistant.layout import join_sentences, piece

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
