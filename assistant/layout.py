"""How the sentences of an answer become one text: markers behind each, points on lines of their own."""

from collections.abc import Sequence

from assistant.answer import AnswerSentence


def join_sentences(sentences: Sequence[AnswerSentence], *, lines: bool = False) -> str:
    """The sentences as one text; `lines` puts each of them on its own line."""
    befores = (None, *sentences)
    return "".join(
        piece(sentence, before, lines=lines) for before, sentence in zip(befores, sentences, strict=False)
    )


def opening(caution: str) -> tuple[AnswerSentence, ...]:
    """Words of caution as the sentence that an answer begins with; none if there are none."""
    return (AnswerSentence(caution),) if caution else ()


def piece(sentence: AnswerSentence, before: AnswerSentence | None, *, lines: bool = False) -> str:
    """What `sentence` adds to a text that ends with the sentence `before`; None begins the text."""
    said = " ".join([sentence.text, *(f"[{marker}]" for marker in sentence.citations)])
    own_line = lines or sentence.point or (before is not None and before.point)
    joint = "" if before is None else "\n" if own_line else " "
    return f"{joint}- {said}" if sentence.point else f"{joint}{said}"
