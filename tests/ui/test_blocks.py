"""What a model wrote, drawn as the headings, lists, tables and code that it is, and never as markup of its own."""

import datetime

import pytest

from assistant.answer import Answer, Evidence, Finished
from assistant.layout import join_sentences
from assistant.prove.manuscript import Manuscript
from assistant.write.reply import parts_of
from index.document import Document, Span
from tests.ui.test_drawing import HOSTILE, Tags, drawn
from ui.drawing import copy_text
from ui.turns import AnswerFollower, Turn

TEXT = "La feria abre el 23 de enero. El puesto cuesta 120 euros. Se usa feria-cli alta."
REPLY = """## La feria

Abre el **23 de enero** [1].

1. Se usa `feria-cli` [3]:
   - con cuidado [3]

| Cosa | Precio |
|---|---|
| Puesto | 120 euros [2] |

```
feria-cli alta
```
[3]

El ayuntamiento duda.

MISSING: el lugar
"""


def turn_of(reply: str, text: str = TEXT) -> Turn:
    document = Document("feria", "feria.md", "Normas", text, "es", datetime.date(2026, 1, 16))
    spans = [Span(0, 29), Span(30, 57), Span(58, len(text))]
    manuscript = Manuscript("es", [Evidence(n, document, span, 1.0, 0.9) for n, span in enumerate(spans, 1)])
    follower = AnswerFollower(Turn(1, "¿Qué?"))
    shown = [each for part in parts_of(reply) for each in manuscript.settle(part)]
    for each in [*shown, *manuscript.close()]:
        follower.after(each)
    sentences = manuscript.sentences
    answer = Answer("¿Qué?", "¿Qué?", True, join_sentences(sentences), "es", "openai", sentences)
    return follower.after(Finished(answer))


def test_each_part_is_drawn_as_what_it_is() -> None:
    html = drawn(turn_of(REPLY))
    for piece in (
        '<h3 class="level-2">La feria</h3>',
        "Abre el <strong>23 de enero</strong>.",
        'class="depth-1 numbered" data-number="1."',
        "<code>feria-cli</code>",
        'class="depth-2"',
        "<th>Cosa</th><th>Precio</th>",
        "<td>Puesto</td><td>120 euros",
        "<code>feria-cli alta</code></pre>",
        '<p class="gap">Los documentos no dicen: el lugar.',
    ):
        assert piece in html


def test_what_is_unproved_is_marked_and_its_reason_can_be_read() -> None:
    html = drawn(turn_of(REPLY))
    assert '<span class="unproved">El ayuntamiento duda.</span>' in html
    assert 'data-note="No cita ningún documento."' in html and 'tabindex="0" role="note"' in html
    assert "sin prueba" in Tags(html).text


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "form", ["{} [1].", "- {} [1]", "| {} | a |\n|---|---|\n| {} | b [1] |", "# {}\n\nAbre [1]."]
)
def test_no_reply_becomes_markup(hostile: str, form: str) -> None:
    html = drawn(turn_of(form.replace("{}", hostile)))
    page = Tags(html)
    assert not page.handlers and not page.tags & {"script", "img", "svg", "form", "iframe"}
    assert not any("evil" in address for address in page.addresses)


def test_a_hostile_line_of_code_is_shown_as_it_is() -> None:
    html = drawn(turn_of("Abre [1].\n\n```\n<script>alert(1)</script>\n```\n[1]"))
    assert "<script>alert(1)</script>" in Tags(html).text and "<script>alert" not in html


def test_what_is_copied_is_the_markdown() -> None:
    copied = copy_text(turn_of(REPLY))
    assert "## La feria" in copied and "| Puesto | 120 euros [3] |" in copied
