"""Mail: eml by the standard library, Outlook's msg by python-oxmsg. Dated by the message's own header."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime

from oxmsg import Message

from index.document import DateSource, Reading
from index.encoding import clean, decode
from index.errors import UnreadableDocument
from index.readers.archive import Part, read_parts
from index.readers.markup import blocks, parse_page
from index.readers.prose import PARAGRAPH_BREAK, lines, one_line, paragraphs
from index.readers.quoted_mail import is_forward, mark_quoted, own_words
from index.readers.reading import FileReadings

_Head = Sequence[tuple[str, str]]


def read_eml(data: bytes, path: str) -> FileReadings:
    """A mail: who wrote to whom, the subject and the body; its attachments are documents of their own.

    A reply is without the words that it answers, unless it has no others: they are of another day.
    """
    message = message_from_bytes(data, policy=default)
    head = [(name, _header(message, name)) for name in ("From", "To", "Cc", "Date", "Subject")]
    letter = _letter(head, _body(message), _day(_header(message, "Date")))
    return _with_attachments(letter, _attachments(message), path)


def read_msg(data: bytes, path: str) -> FileReadings:
    """An Outlook message, as `read_eml` gives a mail."""
    try:
        message = Message.load(io.BytesIO(data))
        to = ", ".join(person.name or person.email_address for person in message.recipients)
        subject, sent = message.subject or "", message.sent_date
        day = f"{sent:%Y-%m-%d %H:%M}" if sent else ""
        head = [("From", message.sender or ""), ("To", to), ("Date", day), ("Subject", subject)]
        read, words = (_words_of_plain, message.body) if message.body else (_words_of_page, message.html_body)
        body = read(words or "", is_forward(subject))
        parts = [(each.file_name or "attachment", each.file_bytes or b"") for each in message.attachments]
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise UnreadableDocument(f"the file is damaged: {error}") from error
    return _with_attachments(_letter(head, clean(body).strip(), sent.date() if sent else None), parts, path)


def _letter(head: _Head, body: str, sent: date | None) -> Reading:
    written = lines(f"{name}: {value}" for name, value in head if value.strip())
    return Reading(
        text=PARAGRAPH_BREAK.join(filter(None, [written, body])),
        title=one_line(dict(head)["Subject"]),
        date=sent,
        date_source=DateSource.HEADER if sent else None,
        body=len(written) + len(PARAGRAPH_BREAK) if written and body else 0,
    )


def _with_attachments(letter: Reading, parts: Iterable[Part], path: str) -> FileReadings:
    attached = read_parts(parts, path)
    # What is attached was published with the mail, unless it says otherwise.
    dated = (
        reading if reading.date else replace(reading, date=letter.date, date_source=letter.date_source)
        for reading in attached
    )
    return FileReadings.of(letter, *dated, skipped=attached.skipped, depends=attached.depends)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (MessageError, ValueError, IndexError, AttributeError):
        # The parser of headers stumbles over some that are malformed; the mail has its body still.
        return ""


def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError):
        return None


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content = _content(part)
    text = decode(content, str(part.get_content_charset() or "")) if content else ""
    read = _words_of_page if part.get_content_subtype() == "html" else _words_of_plain
    return read(text, is_forward(_header(message, "Subject")))


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _words_of_plain(text: str, forward: bool) -> str:
    return text.strip() if forward else own_words(text) or text.strip()


def _words_of_page(page: str, forward: bool) -> str:
    if not page.strip():
        return ""
    tree = parse_page(page)
    whole = paragraphs(blocks(tree))
    if forward:
        return whole
    mark_quoted(tree)
    return own_words(paragraphs(blocks(tree))) or whole


def _attachments(message: EmailMessage) -> Iterator[Part]:
    for part in message.iter_attachments():
        name = part.get_filename()
        if name:
            yield name, _content(part)
