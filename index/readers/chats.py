"""Chats as their programs export them: WhatsApp's text, and JSON as Telegram, Slack and others write it.

Each day of a chat is a document of its own, so that what is said of “mañana” is meant from that day.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from index.document import Block, BlockKind, DateSource, LeftOut, LeftOutKind, Reading, Span
from index.readers.dating import parse_date, title_of_name, valid_day
from index.readers.draft import Draft
from index.text.structure import structured

_FEWEST_MESSAGES = 2
_MARKS = "[\u200e\u200f\u202a-\u202e]"
# “03/02/25, 20:14 - Nerea: …”, “[3/2/25, 20:15:07] Nerea: …”, “2/3/25, 8:14 PM - Nerea: …”
_MESSAGE = re.compile(
    rf"^{_MARKS}{{0,4}}\[?(?P<one>\d{{1,4}})[/.-](?P<two>\d{{1,2}})[/.-](?P<three>\d{{2,4}}),?[ \u202f\xa0]"
    r"(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f\xa0]?[apAP]\.?[ \u202f\xa0]?[mM]\.?)?)(?:\]| [-–]) "
    rf"(?:{_MARKS}{{0,4}}(?P<name>[^:\n\"“«]{{1,60}}): )?",
    re.MULTILINE,
)
_AMERICAN_TIME = re.compile(r"[ap]\.?[ \u202f\xa0]?m", re.IGNORECASE)
# What a program writes in place of what was sent: a note in angle brackets or behind a hidden mark.
_NOT_WRITTEN = re.compile(rf"(?:{_MARKS}|<[^<>\n]{{1,60}}>\s*\Z)")
_DELETED = re.compile(
    r"(?:eliminaste este mensaje|se eliminó este mensaje|este mensaje (?:fue|se ha) elimin|you deleted this message"
    r"|this message was deleted|(?:esta )?mensagem apagada|você apagou esta mensagem|vous avez supprimé ce message"
    r"|ce message a été supprimé)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[\"“«]([^\"”»\n]{2,80})[\"”»]")
_MENTION = re.compile(r"<[@#]([A-Z0-9]+)(?:\|([^<>|]*))?>")
_LINK = re.compile(r"<(https?:[^<>|]+)(?:\|([^<>|]*))?>")
_SLACK_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_SPOKEN_SUBTYPES = frozenset({"", "bot_message", "file_share", "me_message", "thread_broadcast"})


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote: who, on which day and when, and the words; without words something else was sent."""

    speaker: str
    day: date
    time: str
    words: str


def read_whatsapp(text: str, path: str) -> tuple[Reading, ...]:
    """The days of a chat that WhatsApp exported, each a stretch of the file's own text; none of any other text."""
    messages = list(_MESSAGE.finditer(text))
    if (
        sum(bool(message["name"]) for message in messages) < _FEWEST_MESSAGES
        or text[: messages[0].start()].strip()
    ):
        return ()
    order = _order_of(messages)
    ends = [*(message.start() for message in messages[1:]), len(text)]
    placed = list(zip(messages, ends, strict=True))
    title = _group_name(text, placed) or title_of_name(path)
    days = groupby(placed, lambda each: _day(each[0], order))
    return _named(path, title, ((day, _stretch(text, list(run))) for day, run in days if day))


def _named(path: str, title: str, days: Iterable[tuple[date, Reading]]) -> tuple[Reading, ...]:
    """The days on which something was said, each with its date and a name within the file."""
    readings: dict[str, Reading] = {}
    for day, reading in days:
        if not reading.blocks:
            continue
        entry = f"{path}#{day}" if f"{path}#{day}" not in readings else f"{path}#{day}-{len(readings)}"
        readings[entry] = replace(reading, title=title, date=day, date_source=DateSource.HEADER, entry=entry)
    return tuple(readings.values())


def _order_of(messages: Sequence[re.Match[str]]) -> tuple[str, str, str]:
    """In which order the days are written: no month is above 12, and “8:14 PM” is written where months go first."""
    if len(messages[0]["one"]) == 4:
        return ("year", "month", "day")
    if any(int(message["one"]) > 12 for message in messages):
        return ("day", "month", "year")
    american = _AMERICAN_TIME.search(messages[0]["time"]) is not None
    if any(int(message["two"]) > 12 for message in messages) or (american and "." not in messages[0]["time"]):
        return ("month", "day", "year")
    return ("day", "month", "year")


def _day(message: re.Match[str], order: tuple[str, str, str]) -> date | None:
    parts = dict(zip(order, map(int, message.group("one", "two", "three")), strict=True))
    year = parts["year"] + 2000 if parts["year"] < 100 else parts["year"]
    return valid_day(year, parts["month"], parts["day"])


def _stretch(text: str, messages: Sequence[tuple[re.Match[str], int]]) -> Reading:
    """One day of a chat. Notes of the program are no turns, though they stay in the text."""
    start = messages[0][0].start()
    blocks = []
    not_written = 0
    for message, end in messages:
        words = text[message.end() : end].rstrip()
        if not message["name"] or not words:
            continue
        if _NOT_WRITTEN.match(words) or _DELETED.match(words):
            not_written += _DELETED.match(words) is None
            continue
        span = Span(message.end() - start, message.end() - start + len(words))
        blocks.append(Block(BlockKind.TURN, span, speaker=message["name"].strip(), time=message["time"]))
    day = text[start : messages[-1][1]].rstrip()
    return Reading(
        day, blocks=structured(day, blocks), left_out=LeftOut.each_of({LeftOutKind.ATTACHMENTS: not_written})
    )


def _group_name(text: str, messages: Iterable[tuple[re.Match[str], int]]) -> str:
    """What the group is called where its program tells how it began: “… creó el grupo "Fiestas"”."""
    first = next(((message, end) for message, end in messages if message["name"]), None)
    if first is None:
        return ""
    name = _GROUP.search(text, 0, first[0].start())
    return name[1] if name else ""


def companion_of(path: str) -> str:
    """The path of the file that says who the codes in a file are, as Slack exports have it beside their channels."""
    place = PurePosixPath(path)
    is_slack_day = _SLACK_DAY.fullmatch(place.name) is not None and len(place.parts) > 1
    return str(place.parent.parent / "users.json") if is_slack_day else ""


def with_companion(data: bytes, companion: bytes) -> bytes:
    """One day of a channel and the people of its workspace, as one JSON object; the day alone if those are no list."""
    people = companion.removeprefix(b"\xef\xbb\xbf").strip()
    if not (people.startswith(b"[") and people.endswith(b"]") and data.lstrip()[:1] == b"["):
        return data
    return b'{"messages": ' + data + b', "users": ' + people + b"}"


def read_json_chats(content: Any, path: str) -> tuple[Reading, ...]:
    """The days of the chats in an export as JSON; none of any other content."""
    readings: list[Reading] = []
    people = content.get("users") if isinstance(content, dict) else None
    for title, records in _chats(content, path):
        names = _names(records) | _people(people if isinstance(people, list) else [])
        messages = [message for record in records if (message := _message(record, names))]
        days = groupby(messages, lambda message: message.day)
        place = path if len(readings) == 0 else f"{path}#{title}"
        readings.extend(_named(place, title, ((day, _written(list(run))) for day, run in days)))
    return tuple(readings)


def _chats(content: Any, path: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The chats in an export, each with its name and records."""
    day = content.get("messages") if isinstance(content, dict) else content
    if isinstance(day, list) and sum(map(_is_slack, day)) * 2 > len(day):
        yield PurePosixPath(path).parent.name or title_of_name(path), day
    elif isinstance(content, dict):
        yield from _named_chats(content, path)


def _named_chats(content: Mapping[str, Any], path: str) -> Iterator[tuple[str, Sequence[Any]]]:
    several = content.get("chats")
    chats = several.get("list") if isinstance(several, dict) else [content]
    for chat in chats if isinstance(chats, list) else []:
        records = chat.get("messages") if isinstance(chat, dict) else None
        if isinstance(records, list) and any(_message(record, {}) for record in records):
            channel = chat.get("channel")
            name = channel.get("name") if isinstance(channel, dict) else chat.get("name")
            yield name if isinstance(name, str) and name else title_of_name(path), records


def _is_slack(record: Any) -> bool:
    return isinstance(record, dict) and record.get("type") == "message" and isinstance(record.get("ts"), str)


def _message(record: Any, names: Mapping[str, str]) -> Message | None:
    """What somebody wrote, by whatever names the program has for who, when and what."""
    if not isinstance(record, dict) or record.get("type") == "service":
        return None
    if _is_slack(record) and str(record.get("subtype", "")) not in _SPOKEN_SUBTYPES:
        return None
    speaker = _speaker(record)
    moment = _moment(record)
    words = _words(record)
    if not speaker or moment is None or words is None:
        return None
    return Message(
        names.get(speaker, speaker), *moment, _readable(words, names) if _is_slack(record) else words
    )


def _speaker(record: Mapping[str, Any]) -> str:
    profile, author = record.get("user_profile"), record.get("author")
    candidates = [
        *([profile.get("real_name"), profile.get("display_name")] if isinstance(profile, dict) else []),
        *([author.get("nickname"), author.get("name")] if isinstance(author, dict) else [author]),
        *(record.get(key) for key in ("from", "sender", "sender_name", "username", "user")),
    ]
    return next((name.strip() for name in candidates if isinstance(name, str) and name.strip()), "")


def _moment(record: Mapping[str, Any]) -> tuple[date, str] | None:
    """The day and the time of a record: a written date, or seconds since 1970."""
    for key in ("date", "timestamp", "ts", "created_at"):
        written = str(record.get(key) or "")
        day = parse_date(written) if "-" in written else None
        if day:
            return day, written[11:16]
        if key in ("ts", "timestamp") and re.fullmatch(r"\d{9,10}(?:\.\d{1,9})?", written):
            moment = datetime.fromtimestamp(float(written), UTC)
            return moment.date(), moment.strftime("%H:%M")
    return None


def _words(record: Mapping[str, Any]) -> str | None:
    """What was written; Telegram divides it where its form changes."""
    words = next((record[key] for key in ("text", "content", "message") if key in record), None)
    if isinstance(words, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in words]
        return "".join(part for part in parts if isinstance(part, str))
    return words if isinstance(words, str) else None


def _names(records: Iterable[Any]) -> dict[str, str]:
    """How the people are called whose messages have a code for them."""
    coded = (record for record in records if isinstance(record, dict) and isinstance(record.get("user"), str))
    return {record["user"]: name for record in coded if (name := _speaker(record)) != record["user"]}


def _people(users: Iterable[Any]) -> dict[str, str]:
    """How the people of a workspace are called, by their codes."""
    names: dict[str, str] = {}
    for user in users:
        code = user.get("id") if isinstance(user, dict) else None
        profile = user.get("profile") if isinstance(code, str) else None
        candidates = (
            [*(profile.get(key) for key in ("real_name", "display_name"))]
            if isinstance(profile, dict)
            else []
        )
        candidates += [user.get("real_name"), user.get("name")] if isinstance(code, str) else []
        name = next((each.strip() for each in candidates if isinstance(each, str) and each.strip()), "")
        if isinstance(code, str) and name:
            names[code] = name
    return names


def _readable(words: str, names: Mapping[str, str]) -> str:
    """Slack's words as people saw them: with the names of those mentioned, and links by their words."""
    named = _MENTION.sub(lambda mention: "@" + (names.get(mention[1]) or mention[2] or mention[1]), words)
    return html.unescape(_LINK.sub(lambda link: link[2] or link[1], named))


def _written(messages: Sequence[Message]) -> Reading:
    draft = Draft()
    for message in messages:
        draft.turn(message.words, message.speaker, message.time)
    not_written = sum(not message.words.strip() for message in messages)
    return Reading(
        draft.text, blocks=draft.blocks(), left_out=LeftOut.each_of({LeftOutKind.ATTACHMENTS: not_written})
    )
