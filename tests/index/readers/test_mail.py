"""Mail: its head can be searched, its attachments name it, and replies leave out the mail that they answer."""

import datetime
import time
from email.message import EmailMessage

import pytest
from reader_samples import WORDS

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes
from index.readers.mail import own_rows

DAY = datetime.date(2026, 1, 16)
OWN = "Rechazamos la cantidad reclamada.\n\nUn saludo,\nNuria"
THEIRS = "Constan impagadas las rentas de julio y agosto."
SAID = "El 11 sept 2025, a las 9:42, Lucía Fabregat <l@f.es> escribió:"


def mail(body: str, subject: str = "RE: Rentas", subtype: str = "plain") -> Reading:
    message = EmailMessage()
    message["From"], message["To"], message["Cc"] = "Nuria <n@e.es>", "l@f.es", "Amparo <a@r.es>"
    message["Subject"], message["Date"] = subject, "Thu, 18 Sep 2025 17:05:00 +0200"
    message.set_content(body, subtype=subtype)
    (reading,) = read_bytes(message.as_bytes(), "a.eml")
    return reading


def words(reading: Reading) -> str:
    """What stands below the head of the mail."""
    return reading.text.partition(f"Subject: {reading.title}\n\n")[2]


@pytest.mark.parametrize(
    "quoted",
    [
        f"{SAID}\n\n> {THEIRS}\n>\n> Atentamente",
        f"> {SAID}\n> {THEIRS}",
        f"El 11 sept 2025, a las 9:42, Lucía Fabregat\n<l@f.es> escribió:\n> {THEIRS}",
        f"On Thu, 11 Sep 2025 at 09:42, Lucía <l@f.es> wrote:\n> {THEIRS}",
        f"Em qui., 11 de set. de 2025, Lucía escreveu:\n>> {THEIRS}",
        f"-----Mensaje original-----\nDe: Lucía\n\n{THEIRS}",
        f"-----Original Message-----\nFrom: Lucía\n\n{THEIRS}",
        f"De: Lucía Fabregat <l@f.es>\nEnviado el: jueves, 11 de septiembre\nPara: Nuria\n\n{THEIRS}",
        f"From: Lucía\nSent: Thursday\nTo: Nuria\n\n{THEIRS}",
    ],
)
def test_what_a_reply_quotes_is_left_out(quoted: str) -> None:
    reading = mail(f"{OWN}\n\n{quoted}")
    assert words(reading) == OWN
    assert reading.left_out == (LeftOut(LeftOutKind.QUOTED_TEXT, 1),)


def test_answers_between_the_lines_keep_the_questions_that_they_answer() -> None:
    body = f"{SAID}\n> ¿Pagarán julio?\nSí, el lunes.\n> ¿Y agosto?\nTambién."
    reading = mail(body)
    assert words(reading) == "> ¿Pagarán julio?\nSí, el lunes.\n> ¿Y agosto?\nTambién."
    assert [block.kind for block in reading.blocks[-4:]] == [BlockKind.QUOTE, BlockKind.PARAGRAPH] * 2
    assert reading.left_out == ()


@pytest.mark.parametrize(
    "quote",
    [
        f"<p>{SAID}</p><blockquote type='cite'><p>{THEIRS}</p><blockquote>Más.</blockquote></blockquote>",
        f"<div class='gmail_quote'><div class='gmail_attr'>{SAID}</div>{THEIRS}</div>",
        f"<div class='moz-cite-prefix'>{SAID}</div><blockquote>{THEIRS}</blockquote>",
        f"<p><b>De:</b> Lucía<br><b>Enviado:</b> jueves<br><b>Para:</b> Nuria</p><p>{THEIRS}</p>",
    ],
)
def test_what_a_reply_in_html_quotes_is_left_out(quote: str) -> None:
    page = f"<html><body><p>Rechazamos la cantidad.</p>{quote}</body></html>"
    assert words(mail(page, subtype="html")) == "Rechazamos la cantidad."


@pytest.mark.parametrize(
    ("body", "subtype"),
    [(f"{SAID}\n> {THEIRS}", "plain"), (f"<p>{SAID}</p><blockquote>{THEIRS}</blockquote>", "html")],
)
def test_a_mail_that_only_quotes_keeps_what_it_quotes(body: str, subtype: str) -> None:
    assert THEIRS in words(mail(body, subtype=subtype))


@pytest.mark.parametrize("subject", ["Fwd: Rentas", "RV: Rentas"])
def test_a_mail_that_is_passed_on_keeps_what_it_passes_on(subject: str) -> None:
    assert THEIRS in words(mail(f"Te lo paso.\n\n-----Mensaje original-----\n{THEIRS}", subject))


def test_a_sentence_that_says_who_wrote_is_no_quote() -> None:
    assert words(mail("El juez escribió:\n\nNo procede.")) == "El juez escribió:\n\nNo procede."


def test_a_mail_shows_who_has_a_copy_and_when_it_was_sent() -> None:
    text = mail(OWN).text
    assert "Cc: Amparo <a@r.es>\n\nDate: 2025-09-18 17:05\n\nSubject: RE: Rentas\n\n" in text


def test_who_wrote_and_when_can_be_searched() -> None:
    reading = mail(OWN)
    head = [block.span.of(reading.text) for block in reading.blocks if block.kind is BlockKind.PARAGRAPH][:5]
    assert [line.partition(":")[0] for line in head] == ["From", "To", "Cc", "Date", "Subject"]
    assert reading.body == 0


def test_attachments_are_documents_that_name_the_mail() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ana <ana@e.mx>", "b@e.mx", "Un acuerdo"
    message["Date"] = "Fri, 16 Jan 2026 08:00:00 -0600"
    message.set_content(WORDS)
    message.add_attachment("Lista adjunta de asistentes.", filename="lista.txt")
    inner = EmailMessage()
    inner["Subject"] = "Anterior"
    inner.set_content("Palabras de antes.")
    message.add_attachment(inner)
    message.add_attachment(b"1", maintype="application", subtype="octet-stream")
    letter, attached, forwarded = read_bytes(message.as_bytes(), "a.eml")
    assert (letter.title, letter.date, attached.date) == ("Un acuerdo", DAY, DAY)
    assert letter.left_out == (LeftOut(LeftOutKind.ATTACHMENTS, 1),)
    assert (attached.entry, attached.title) == (
        "a.eml/lista.txt",
        "Lista adjunta de asistentes. · Un acuerdo",
    )
    assert (forwarded.title, words(forwarded)) == ("Anterior · Un acuerdo", "")
    assert "Palabras de antes." in forwarded.text


def test_a_page_in_a_mail_keeps_its_lists_and_tables() -> None:
    cells = "<tr><th>Taller</th><th>Plazas</th></tr><tr><td>Costura</td><td>12</td></tr>"
    reading = mail(f"<h2>Talleres</h2><ul><li>Traer hilo</li></ul><table>{cells}</table>", subtype="html")
    assert [block.kind for block in reading.blocks[5:]] == [BlockKind.HEADING, BlockKind.ITEM, BlockKind.ROW]
    assert words(reading).endswith("Taller: Costura; Plazas: 12")


def test_a_question_that_a_page_quotes_stays_with_its_answer() -> None:
    page = "<p>Contesto:</p><blockquote>¿Pagarán julio?</blockquote><p>Sí, el lunes.</p>"
    reading = mail(page, subtype="html")
    assert [block.span.of(reading.text) for block in reading.blocks[5:]] == [
        "Contesto:",
        "¿Pagarán julio?",
        "Sí, el lunes.",
    ]


def test_lines_that_are_only_drawn_are_no_words() -> None:
    assert words(mail("Hola.\n-- \nAna\n__________\nFin")) == "Hola.\n\nAna\n\nFin"


def test_each_mail_of_a_box_is_a_document() -> None:
    mails = [f"Subject: {name}\nFrom: a@e.es\n\n{WORDS}\n>From ayer.\n" for name in ("Uno", "Dos")]
    box = "".join(f"From a@e.es Fri Jan 16 08:00:00 2026\n{each}\n" for each in mails)
    first, second = read_bytes(box.encode(), "correo.mbox")
    assert [(each.title, each.entry) for each in (first, second)] == [
        ("Uno", "correo.mbox/1.eml"),
        ("Dos", "correo.mbox/2.eml"),
    ]
    assert first.text.endswith("From ayer.")


@pytest.mark.parametrize(
    "unit", ["\n", " ", "> \n", "El a:\n>", "De: a\n", "De:\n\n\n", "--", "escribió:\n>\n"]
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    own_rows(text.split("\n"))
    assert time.process_time() - begin < 5
