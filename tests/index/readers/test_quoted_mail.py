"""Replies keep their own words, and leave out those of the mail that they answer."""

import time
from email.message import EmailMessage

import pytest

from index.document import Reading
from index.readers import read_bytes
from index.readers.quoted_mail import own_words

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
    return reading.text[reading.body :]


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
    assert words(mail(f"{OWN}\n\n{quoted}")) == OWN


def test_answers_between_quoted_lines_are_kept() -> None:
    body = f"{SAID}\n> ¿Pagarán julio?\nSí, el lunes.\n> ¿Y agosto?\nTambién."
    assert words(mail(body)) == "Sí, el lunes.\nTambién."


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
    assert "Cc: Amparo <a@r.es>\nDate: Thu, 18 Sep 2025 17:05:00 +0200\nSubject: RE: Rentas\n\n" in text


@pytest.mark.parametrize(
    "unit", ["\n", " ", "> \n", "El a:\n>", "De: a\n", "De:\n\n\n", "--", "escribió:\n>\n"]
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    own_words(text)
    assert time.process_time() - begin < 5
