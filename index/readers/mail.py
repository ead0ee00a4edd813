"""Mail: eml and mbox by the standard library, Outlook's msg by python-oxmsg. Dated by the message's own header.

What a reply quotes of the mail that it answers is left out: someone else's words, of another day.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from oxmsg import Message

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import UnreadableDocument
from index.language import detect_language
from index.language.lists import any_phrase
from index.readers.archives import Part, read_parts
from index.readers.draft import Draft
from index.readers.markup import add_piece, parse_page, pieces
from index.reasons import SkipReason
from index.text.blocks import plain_blocks
from index.text.characters import PARAGRAPH_BREAK, clean, decode, one_line
from index.text.headings import title_of

if TYPE_CHECKING:
    from lxml import html

# What only draws a line: above a signature, or above the mail that is passed on.
_RULE = re.compile(r"[-_]{2,}[ \t]*\Z")
_MBOX_BORDER = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
_MBOX_ESCAPE = re.compile(rb"^>(>{0,9}From )", re.MULTILINE)
_MAIL_TYPE, _MAIL_NAME = "message/rfc822", "mail.eml"

_Head = Sequence[tuple[str, str]]

_FORWARD = re.compile(rf"\s*{any_phrase('mail', 'forwarded')}\s*:", re.IGNORECASE)
# The line above the mail that is answered, or its head alone, as Outlook puts it.
_ORIGINAL = re.compile(
    rf"^[ \t]*-{{2,}}[ \t]*{any_phrase('mail', 'originals')}"
    rf"|^[ \t*]{{0,4}}{any_phrase('mail', 'senders')}\*?[ \t]?:[^\n]*(?:\n\s*|[ \t])\*?"
    rf"{any_phrase('mail', 'times')}\*?[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)
_INTRODUCED = re.compile(rf"\b{any_phrase('mail', 'wrote')}\s*:$")
_INTRODUCES = re.compile(rf"{any_phrase('mail', 'introduces')} ")
_INTRODUCTION_ROWS = 3
_QUESTION_ROWS = 6
_LONGEST_QUESTION = 500
_QUOTE = (
    "//blockquote | //*[contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted')"
    " or contains(@class, 'moz-cite-prefix')]"
)


@dataclass(frozen=True, slots=True)
class _Body:
    """What a mail says, as plain text or as a page."""

    words: str = ""
    is_page: bool = False


def read_eml(data: bytes, path: str) -> FileReadings:
    """A mail: who wrote to whom, when, the subject and the body; its attachments are documents of their own.

    A reply is without the words that it answers, but for questions among which it answers; unless it has no others.
    """
    message = message_from_bytes(data, policy=default)
    sent = _moment(_header(message, "Date"))
    names = ("From", "To", "Cc", "Date", "Subject")
    head = [(name, _header(message, name)) for name in names]
    parts = list(_attachments(message))
    letter = _letter(head, _body(message), sent, sum(not name for name, _ in parts))
    return _with_attachments(letter, ((name, content) for name, content in parts if name), path)


def read_msg(data: bytes, path: str) -> FileReadings:
    """An Outlook message, as `read_eml` gives a mail."""
    try:
        message = Message.load(io.BytesIO(data))
        to = ", ".join(person.name or person.email_address for person in message.recipients)
        head = [("From", message.sender or ""), ("To", to), ("Date", ""), ("Subject", message.subject or "")]
        body = _Body(message.body) if message.body else _Body(message.html_body or "", True)
        sent = message.sent_date
        parts = [(each.file_name or "attachment", each.file_bytes or b"") for each in message.attachments]
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error
    letter = _letter(head, replace(body, words=clean(body.words)), sent)
    return _with_attachments(letter, parts, path)


def read_mbox(data: bytes, path: str) -> FileReadings:
    """The mails of a box, each as `read_eml` gives it."""
    borders = list(_MBOX_BORDER.finditer(data.replace(b"\r\n", b"\n")))
    if not borders or borders[0].start():
        raise UnreadableDocument(SkipReason("not_mailbox"))
    whole = borders[0].string
    ends = [*(border.start() for border in borders[1:]), len(whole)]
    mails = (whole[border.end() : end] for border, end in zip(borders, ends, strict=True))
    return read_parts(
        ((f"{number}.eml", _MBOX_ESCAPE.sub(rb"\1", mail)) for number, mail in enumerate(mails, 1)), path
    )


def _letter(head: _Head, body: _Body, sent: datetime | None, unnamed_parts: int = 0) -> Reading:
    """The mail itself: a line for each part of its head, and what it says."""
    draft = Draft()
    values = {**dict(head), **({"Date": f"{sent:%Y-%m-%d %H:%M}"} if sent else {})}
    for name, value in values.items():
        if value.strip():
            draft.paragraph(f"{name}: {value}")
    subject = one_line(values["Subject"])
    start = draft.length
    write = _write_page if body.is_page and body.words.strip() else _write_plain
    reading, quoted = write(draft, body.words, is_forward(subject))
    counts = {LeftOutKind.QUOTED_TEXT: quoted, LeftOutKind.ATTACHMENTS: unnamed_parts}
    return replace(
        reading,
        title=subject or title_of(reading.text, start),
        date=sent.date() if sent else None,
        date_source=DateSource.HEADER if sent else None,
        language=detect_language(f"{subject}\n{reading.text[start:]}"),
        left_out=LeftOut.each_of(counts),
    )


def _write_plain(draft: Draft, words: str, is_forwarded: bool) -> tuple[Reading, int]:
    """The head with a body in plain text, and how many times it quotes what is left out."""
    rows = ["" if _RULE.match(row) else row for row in words.strip().split("\n")]
    own = own_rows([] if is_forwarded else rows)
    body = "\n".join([rows[place] for place in own.places] or rows).strip()
    text = PARAGRAPH_BREAK.join(filter(None, [draft.text, body]))
    return Reading(
        text=text, blocks=(*draft.blocks(), *plain_blocks(text, len(text) - len(body)))
    ), own.left_out


def _write_page(draft: Draft, page: str, is_forwarded: bool) -> tuple[Reading, int]:
    """The head with a body in HTML, and how many times it quotes what is left out."""
    tree = parse_page(page)
    whole = list(pieces(tree))
    mark_quoted(tree)
    marked = [] if is_forwarded else list(pieces(tree))
    own = own_rows([piece.words for piece in marked])
    for piece in [marked[place] for place in own.places] or whole:
        if piece.words.startswith(">"):
            draft.quote(piece.words.lstrip("> "))
        else:
            add_piece(draft, piece)
    return Reading(text=draft.text, blocks=draft.blocks()), own.left_out


def _with_attachments(letter: Reading, parts: Iterable[Part], path: str) -> FileReadings:
    attached = read_parts(parts, path)
    return FileReadings.of(
        letter,
        *(_attached(reading, letter) for reading in attached),
        skipped=attached.skipped,
        depends=attached.depends,
    )


def _attached(reading: Reading, letter: Reading) -> Reading:
    """What is attached is of the mail that it names, and was published with it, unless it says otherwise."""
    title = reading.title if letter.title in reading.title else f"{reading.title} · {letter.title}"
    if reading.date:
        return replace(reading, title=title)
    return replace(reading, title=title, date=letter.date, date_source=letter.date_source)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (MessageError, ValueError, IndexError, AttributeError):
        # The parser of headers stumbles over some that are malformed; the mail has its body still.
        return ""


def _moment(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None


def _body(message: EmailMessage) -> _Body:
    part = message.get_body(("plain", "html"))
    if part is None:
        return _Body()
    content = _content(part)
    text = decode(content, str(part.get_content_charset() or "")) if content else ""
    return _Body(text, part.get_content_subtype() == "html")


def _content(part: MIMEPart) -> bytes:
    """The bytes of a part; of a mail that is attached whole, those of the mail."""
    inner = part.get_payload(0) if part.get_content_type() == _MAIL_TYPE else None
    if isinstance(inner, EmailMessage):
        return inner.as_bytes()
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[Part]:
    """The parts beside the body, each under its name; one that has none, and is no mail, under an empty name."""
    for part in message.iter_attachments():
        is_mail = part.get_content_type() == _MAIL_TYPE
        yield part.get_filename() or (_MAIL_NAME if is_mail else ""), _content(part)


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Which rows of a mail are its own, by their places, and how many stretches of it are quoted and left out."""

    places: tuple[int, ...]
    left_out: int


def is_forward(subject: str) -> bool:
    """Whether a mail passes on another, which is then what it has to say."""
    return _FORWARD.match(subject) is not None


def own_rows(rows: Sequence[str]) -> OwnRows:
    """The rows of a mail without what it quotes; none when there is nothing else in it.

    A quoted question stays where the mail goes on below it: it is what is answered there.
    """
    end = _before_original(rows)
    places: list[int] = []
    stretch: list[int] = []
    left_out = int(end < len(rows))
    for place in range(end):
        if rows[place].startswith(">"):
            if not stretch:
                del places[_before_introduction(rows, places) :]
            stretch.append(place)
            continue
        if rows[place].strip():
            question = _question(rows, stretch)
            left_out += len(question) < len(_filled(rows, stretch))
            places.extend(question)
            stretch = []
        places.append(place)
    left_out += bool(_filled(rows, stretch))
    if not any(map(str.isalnum, "".join(rows[place] for place in places))):
        return OwnRows((), 0)
    return OwnRows(tuple(sorted(places)), left_out)


def mark_quoted(page: "html.HtmlElement") -> None:
    """Put a `>`, as plain mail has it, in place of what the page of a mail quotes; a lone question stays behind it."""
    for quote in page.xpath(_QUOTE):
        words = one_line(quote.text_content()[: _LONGEST_QUESTION + 1])
        is_question = words.endswith("?") and len(words) <= _LONGEST_QUESTION
        quote[:] = []
        quote.text = f"> {words}" if is_question else ">"


def _before_original(rows: Sequence[str]) -> int:
    """How many rows stand before the mail that is answered."""
    text = "\n".join(rows)
    match = _ORIGINAL.search(text)
    if match is None:
        return len(rows)
    return text.count("\n", 0, match.start())


def _filled(rows: Sequence[str], quoted: Sequence[int]) -> list[int]:
    return [place for place in quoted if rows[place].strip("> \t")]


def _question(rows: Sequence[str], quoted: Sequence[int]) -> list[int]:
    """The places of the last paragraph that is quoted, if it asks something."""
    question: list[int] = []
    for place in reversed(quoted):
        is_filled = bool(rows[place].strip("> \t"))
        if question and not is_filled:
            break
        if is_filled:
            question.append(place)
    asks = question and len(question) <= _QUESTION_ROWS and rows[question[0]].rstrip().endswith("?")
    return question[::-1] if asks else []


def _before_introduction(rows: Sequence[str], places: Sequence[int]) -> int:
    """How many of the `places` before a quote stand before its “El 3 de mayo Ana escribió:”."""
    end = len(places)
    while end > max(0, len(places) - _INTRODUCTION_ROWS) and not rows[places[end - 1]].strip():
        end -= 1
    if not end or not _INTRODUCED.search(rows[places[end - 1]].rstrip()):
        return len(places)
    first = range(end - 1, max(-1, end - 1 - _INTRODUCTION_ROWS), -1)
    return next((place for place in first if _INTRODUCES.match(rows[places[place]])), len(places))
