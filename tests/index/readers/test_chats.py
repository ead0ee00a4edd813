"""Chats as their programs export them: each day a document of turns, each turn with who wrote it and when."""

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest
from reader_samples import zip_of

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes
from index.readers.chats import companion_of, read_whatsapp, with_companion
from tests.growth import least

SPANISH = (
    ("3/2/25", "20:15", "Nerea Pujades", "La orquesta pide 3.400 euros"),
    ("3/2/25", "20:18", "Tomeu", "y el escenario quién lo pone?"),
    ("3/2/25", "20:21", "Nerea Pujades", "El ayuntamiento.\nHay que pedirlo antes del 15 de mayo"),
    ("13/2/25", "9:02", "Quim Valls", "<Multimedia omitido>"),
    ("13/2/25", "9:03", "Quim Valls", "Eliminaste este mensaje."),
    ("13/2/25", "9:04", "Quim Valls", "mañana llamo yo"),
)
SYSTEM = ("3/2/25", "20:14", "", 'Nerea Pujades creó el grupo "Fiestas: 2025"')


def _export(form: str, messages: Sequence[tuple[str, str, str, str]]) -> str:
    return "".join(
        form.format(day=day, time=when, said=f"{name}: {said}" if name else said) + "\n"
        for day, when, name, said in messages
    )


def _turns(reading: Reading) -> list[tuple[str, str, str]]:
    assert all(block.kind is BlockKind.TURN for block in reading.blocks)
    return [(block.speaker, block.time, block.span.of(reading.text)) for block in reading.blocks]


def _json(content: Any, path: str = "general/2025-03-10.json") -> tuple[Reading, ...]:
    return read_bytes(json.dumps(content).encode(), path).readings


@pytest.mark.parametrize(
    "form", ["{day}, {time} - {said}", "[{day}, {time}:07] {said}", "\u200e[{day}, {time}:07] {said}"]
)
def test_each_day_of_whatsapp_is_a_document_of_turns_in_the_files_own_words(form: str) -> None:
    text = _export(form, [SYSTEM, *SPANISH])
    first, second = read_bytes(text.encode(), "Chat de WhatsApp con Fiestas.txt").readings
    assert [str(first.date), str(second.date)] == ["2025-02-03", "2025-02-13"]
    assert [(speaker, said) for speaker, _, said in _turns(first)] == [
        (who, said) for _, _, who, said in SPANISH[:3]
    ]
    assert _turns(first)[0][1].startswith("20:15")
    assert first.blocks[2].lead == first.blocks[1].span
    assert first.text in text and second.text in text
    assert first.title == "Fiestas: 2025"
    assert second.entry == "Chat de WhatsApp con Fiestas.txt#2025-02-13"


def test_what_a_program_notes_is_no_turn_and_what_was_sent_without_words_is_counted() -> None:
    *_, last = read_bytes(_export("{day}, {time} - {said}", [SYSTEM, *SPANISH]).encode(), "chat.txt").readings
    assert [said for _, _, said in _turns(last)] == ["mañana llamo yo"]
    assert last.left_out == (LeftOut(LeftOutKind.ATTACHMENTS, 1),)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2/3/25", "2/13/25"), ["2025-02-03", "2025-02-13"]),
        (("2/3/25", "13/3/25"), ["2025-03-02", "2025-03-13"]),
        (("2/3/25", "2/4/25"), ["2025-03-02", "2025-04-02"]),
        (("2025-02-03", "2025-02-04"), ["2025-02-03", "2025-02-04"]),
    ],
)
def test_the_order_of_day_and_month_is_told_from_the_whole_chat(
    days: tuple[str, str], expected: list[str]
) -> None:
    text = "".join(f"{day}, 20:14 - Ana: hola\n{day}, 20:15 - Luis: qué tal\n" for day in days)
    assert [str(reading.date) for reading in read_bytes(text.encode(), "c.txt").readings] == expected


def test_an_american_clock_goes_with_american_days() -> None:
    text = "2/3/25, 8:14\u202fPM - Ana: hi\n2/4/25, 9:00\u202fAM - Luis: hello\n"
    first, second = read_bytes(text.encode(), "WhatsApp Chat with Party.txt").readings
    assert [str(first.date), str(second.date)] == ["2025-02-03", "2025-02-04"]
    assert first.title == "WhatsApp Chat with Party"


@pytest.mark.parametrize(
    "text",
    [
        "3/2/25, 20:14 - Se abre la sesión.\n3/2/25, 21:00 - Se levanta.\n",
        "Acta.\n3/2/25, 20:14 - Ana: hola\n3/2/25, 20:15 - Luis: adiós\n",
        "",
    ],
)
def test_what_only_looks_like_a_chat_is_none(text: str) -> None:
    assert read_whatsapp(text, "a.txt") == ()


def test_telegram_is_read_however_it_divides_its_words() -> None:
    messages = [
        {"id": 0, "type": "service", "date": "2025-03-02T09:00:00", "actor": "Aina", "text": ""},
        {
            "id": 1,
            "type": "message",
            "date": "2025-03-02T10:00:00",
            "from": "Aina Bover",
            "text": ["Se abre a las ", {"type": "bold", "text": "7:15"}],
        },
        {"id": 2, "type": "message", "date": "2025-03-03T10:05:00", "from": "Pep Oller", "text": "Voy yo"},
        {
            "id": 3,
            "type": "message",
            "date": "2025-03-03T10:06:00",
            "from": "Pep Oller",
            "photo": "a.jpg",
            "text": "",
        },
    ]
    for content in (
        {"name": "Huertos", "messages": messages},
        {"chats": {"list": [{"name": "Huertos", "messages": messages}]}},
    ):
        first, second = _json(content, "result.json")
        assert _turns(first) == [("Aina Bover", "10:00", "Se abre a las 7:15")]
        assert (str(second.date), second.title, second.text) == (
            "2025-03-03",
            "Huertos",
            "Pep Oller (10:05): Voy yo",
        )
        assert second.left_out == (LeftOut(LeftOutKind.ATTACHMENTS, 1),)


def test_slack_is_read_with_the_names_that_it_tells() -> None:
    first, second = _json(
        [
            {
                "type": "message",
                "user": "U1",
                "ts": "1741596000.000100",
                "text": "Hola <@U2>, &lt;ojo&gt; <http://e|aquí>",
            },
            {
                "type": "message",
                "subtype": "channel_join",
                "user": "U2",
                "ts": "1741596010.000100",
                "text": "joined",
            },
            {
                "type": "message",
                "user": "U2",
                "user_profile": {"real_name": "Jon Lopetegi"},
                "ts": "1741682400.000300",
                "text": "Voy",
            },
        ]
    )
    assert _turns(first) == [("U1", "08:40", "Hola @Jon Lopetegi, <ojo> aquí")]
    assert _turns(second) == [("Jon Lopetegi", "08:40", "Voy")]
    assert (first.title, str(second.date)) == ("general", "2025-03-11")


def test_the_people_of_a_workspace_are_called_by_their_names() -> None:
    day = [{"type": "message", "user": "U2", "ts": "1741596000.000100", "text": "Hola <@U1>"}]
    people = [{"id": "U1", "name": "ana", "profile": {"real_name": "Ana Paz"}}, {"id": "U2", "name": "jon"}]
    export = {
        "e/general/2025-03-10.json": json.dumps(day).encode(),
        "e/users.json": json.dumps(people).encode(),
    }
    reading = next(
        each for each in read_bytes(zip_of(export), "export.zip").readings if "general" in each.entry
    )
    assert _turns(reading) == [("jon", "08:40", "Hola @Ana Paz")]
    assert reading.title == "general"


def test_people_who_are_no_list_cost_no_day_of_a_channel() -> None:
    assert with_companion(b"[]", b"roto") == b"[]"
    assert companion_of("general/2025-03-10.json") == "users.json"
    assert companion_of("2025-03-10.json") == companion_of("general/notas.json") == ""


def test_the_time_that_a_long_chat_takes_grows_with_it() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"{1 + n // 99 % 28}/2/25, 20:14 - Ana: hola {n}\n" for n in range(count))
        began = time.process_time()
        assert sum(len(reading.blocks) for reading in read_whatsapp(text, "a.txt")) == count
        return time.process_time() - began

    assert least(seconds, 16_000) < 8 * least(seconds, 4_000) + 0.1
