"""A model's Markdown, cut into parts while it streams."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inline import Run, markdown_of, plain_text, runs_of
from assistant.prove.part import cells_of
from assistant.write.reply import ReplyStream, parts_of
from index.document import BlockKind
from tests.growth import least

REPLY = """## Lo acordado

Sí. **Ambos países** acordaron lo siguiente. [2] El Sr. Pérez usó `a.b[1]. C` [3], según él [4].

1. Primer paso [1]
   - de **Sosa. Y** de Paz [2].
   - otro más
2. Segundo [3]. Otra oración [4].

| País | Plazo |
|---|---:|
| México [1] | **dos** días [2] |
| con \\| barra | tres |

```python
print("[1]")
```
[5]

MISSING: el coste
Al final, ![una foto](http://e/x.png) y [un enlace](http://e) [7](http://z).
"""


def said(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(part.text, part.markers) for part in parts_of(text)]


def test_a_reply_is_cut_into_what_a_reader_sees_as_one() -> None:
    assert said(REPLY) == [
        ("Lo acordado", ()),
        ("Sí.", ()),
        ("**Ambos países** acordaron lo siguiente.", (2,)),
        ("El Sr. Pérez usó `a.b[1]. C`, según él.", (3, 4)),
        ("Primer paso", (1,)),
        ("de **Sosa.**", ()),
        ("**Y** de Paz.", (2,)),
        ("otro más", ()),
        ("Segundo.", (3,)),
        ("Otra oración.", (4,)),
        ("País | Plazo", ()),
        ("México | **dos** días", (1, 2)),
        ("con \\| barra | tres", ()),
        ('print("[1]")', ()),
        ("", (5,)),
        ("MISSING: el coste", ()),
        ("Al final, una foto y un enlace.", (7,)),
    ]


def test_parts_keep_their_kind_depth_and_number() -> None:
    forms = [part.form for part in parts_of(REPLY)]
    heading, first, nested, last = forms[0], forms[4], forms[5], forms[9]
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert [(form.kind, form.level, form.number, form.opens) for form in (first, nested, last)] == [
        (BlockKind.ITEM, 1, 1, True),
        (BlockKind.ITEM, 2, None, True),
        (BlockKind.ITEM, 1, 2, False),
    ]
    assert [form.opens for form in forms if form.kind is BlockKind.ROW] == [True, False, False]
    assert cells_of(parts_of(REPLY)[12].text) == ["con | barra", "tres"]


@pytest.mark.parametrize("seed", range(20))
def test_it_does_not_matter_in_what_pieces_a_reply_comes(seed: int) -> None:
    chance, stream, parts, place = random.Random(seed), ReplyStream(), [], 0
    while place < len(REPLY):
        size = chance.randint(1, 12)
        parts += stream.add(REPLY[place : place + size])
        place += size
    assert [*parts, *stream.finish()] == parts_of(REPLY)


@given(st.text(alphabet="ab|-#*`_[]1.:\n >~\\", max_size=60), st.integers(1, 9))
def test_no_reply_however_odd_depends_on_its_pieces_for_its_words(text: str, size: int) -> None:
    stream = ReplyStream()
    parts = [part for start in range(0, len(text), size) for part in stream.add(text[start : start + size])]
    parts += stream.finish()
    letters = [letter for part in parts for letter in part.words if letter in "ab"]
    assert len(letters) == len([letter for part in parts_of(text) for letter in part.words if letter in "ab"])


@pytest.mark.parametrize("unit", ["- uno [1]\n", "a. ", "| a |\n", "[" * 3, "**a", "`a ", "(«"])
def test_a_reply_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    def seconds(times: int) -> float:
        began, stream = time.process_time(), ReplyStream()
        for _ in range(times):
            stream.add(unit)
        stream.finish()
        return time.process_time() - began

    assert least(seconds, 600) < 5 * least(seconds, 200) + 0.05


def test_a_sentence_is_given_when_the_next_has_its_first_word() -> None:
    stream = ReplyStream()
    assert stream.add("Será el viernes [1]. ") == []
    assert stream.add("Lo") == []
    assert [part.text for part in stream.add(" dijo")] == ["Será el viernes."]


def test_an_item_is_given_when_its_line_ends_and_a_row_too() -> None:
    stream = ReplyStream()
    assert [part.text for part in stream.add("- uno [1]\n")] == ["uno"]
    assert stream.add("\n| a | b |\n") == []
    assert [part.text for part in stream.add("|---|---|\n| c [1] | d |\n")] == ["a | b", "c | d"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("```\nredis-cli\nKEYS", ["redis-cli\nKEYS"]),
        ("| a | b |\n|---|---|\n| c", ["a | b", "c | "]),
        ("| a | b |", ["| a | b |"]),
        ("**a medio", ["**a medio"]),
        ("<think>nada</think>Sí.", ["Sí."]),
        ("<script>x</script>", ["<script>x</script>"]),
        ("[1]: http://e.example\n", [": http://e.example"]),
    ],
)
def test_half_a_table_an_open_fence_and_the_like_are_what_they_are_so_far(
    text: str, parts: list[str]
) -> None:
    assert [part.text for part in parts_of(text)] == parts


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Será en Washington, D.C. [1].", "Será en Washington, D.C."),
        ("Fue en 2021 [2]...", "Fue en 2021..."),
        ("¿Fue en D.C. [2]?", "¿Fue en D.C.?"),
    ],
)
def test_an_abbreviation_before_a_marker_does_not_get_a_second_stop(written: str, text: str) -> None:
    assert said(written)[0][0] == text


def test_two_hundred_markers_in_a_sentence_are_no_words_of_it() -> None:
    markers = "".join(f"[{number}]" for number in range(1, 201))
    (part,) = parts_of(f"Todo {markers}.")
    assert part.text == "Todo." and part.markers == tuple(range(1, 201))


@given(
    st.lists(
        st.builds(
            Run, st.text(alphabet="ab *_`[]\\.1", min_size=1, max_size=6), st.booleans(), st.just(False)
        ),
        max_size=4,
    )
)
def test_no_words_are_lost_when_runs_become_markdown(runs: list[Run]) -> None:
    text = "".join(run.text for run in runs)
    if "`" not in text and "\\" not in text:
        assert plain_text(markdown_of(runs)).split() == text.split()


@pytest.mark.parametrize(
    "markdown",
    ["**negrita** y `código`", "a*b*c", "2 * 3 * 4", "snake_case_name", "`` a`b ``", "[sic] y [3]"],
)
def test_markdown_within_a_line_comes_out_as_it_went_in(markdown: str) -> None:
    assert runs_of(markdown_of(runs_of(markdown))) == runs_of(markdown)
