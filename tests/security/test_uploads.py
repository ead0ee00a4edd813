"""What comes in as a file: judged as it arrives, its reader's alone, and never a path."""

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import ui.documents
import ui.upload_routes
from tests.security.conftest import add_users
from tests.security.gradio_page import PageClient
from tests.servers import wait_until
from tests.ui.conftest import Archive
from ui.inbox import MOST_ARRIVING, MOST_WAITING, Inbox, TooMany
from ui.readers import Reader
from ui.upload_routes import FileForm, NotAForm
from ui.uploads import UploadStage

ANA, LUIS = Reader("ana"), Reader("luis")
NOTE = b" date 2026-02-01\nEl puente se abri\xc3\xb3."


def send(page: PageClient, name: str = "nota.txt", content: bytes = NOTE, lang: str = "es") -> httpx.Response:
    """Send a file as the page's script does."""
    return page.client.post("/uploads", params={"lang": lang}, files={"file": (name, content)})


def take_in(page: PageClient, *numbers: int) -> str:
    """What the page reports when files are taken in by their numbers."""
    session = secrets.token_hex(5)
    joined = page.join("add", "arrive", session, event_data={"uploads": list(numbers)})
    assert joined.status_code == 200, joined.text
    (done,) = [message for message in page.told(session) if message["msg"] == "process_completed"]
    assert done["success"], done
    return str(done["output"]["data"][0])


def in_folder(archive: Archive) -> list[Path]:
    """The files of uploads that are kept beside the index."""
    place = archive.assistant.settings.index / "uploads"
    return [path for path in place.rglob("*") if path.is_file()] if place.exists() else []


def test_a_file_is_told_of_by_number_and_taken_in_by_it(closed: Archive, ana: PageClient) -> None:
    told = send(ana, "../../puente.txt").json()
    assert told == {**told, "name": "puente.txt", "stage": "waiting", "received": len(NOTE), "code": None}
    assert told in ana.client.get("/uploads").json()
    take_in(ana, told["number"])
    assert (closed.documents / "puente.txt").read_bytes() == NOTE
    (listed,) = [each for each in ana.client.get("/uploads").json() if each["number"] == told["number"]]
    assert listed["stage"] == "indexed"
    assert in_folder(closed) == []


def test_what_is_not_read_is_refused_with_a_code_and_in_the_readers_words(
    closed: Archive, ana: PageClient
) -> None:
    for name in ("programa.exe", "sin", "pagina.php", "nota.txt.sh"):
        spanish, english = send(ana, name).json(), send(ana, name, lang="en").json()
        assert spanish["stage"] == english["stage"] == "refused"
        assert spanish["code"] == english["code"] == "wrong_type"
        assert "este tipo de archivo no se puede leer" in spanish["reason"]
        assert spanish["reason"] != english["reason"]
    assert in_folder(closed) == []


def test_a_file_is_measured_as_it_arrives_whatever_was_announced(
    closed: Archive, ana: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.documents, "MAX_FILE", 100_000)
    told = send(ana, content=b"x" * 3_000_000).json()
    assert (told["stage"], told["code"]) == ("refused", "too_large")
    assert told["received"] < 1_000_000, "it was let go before its end"
    assert in_folder(closed) == []


def test_another_readers_number_leads_to_nothing(closed: Archive, ana: PageClient, luis: PageClient) -> None:
    number = send(ana, "secreto.txt").json()["number"]
    assert number not in [each["number"] for each in luis.client.get("/uploads").json()]
    assert luis.client.delete(f"/uploads/{number}").status_code == 404
    assert "ya no está entre los enviados" in take_in(luis, number)
    assert not (closed.documents / "secreto.txt").exists()
    assert ana.client.delete(f"/uploads/{number}").status_code == 204
    assert in_folder(closed) == []


@pytest.mark.parametrize(
    "sent", [[], ["1"], ["/etc/passwd"], [-1], [1.5], [{"path": "x"}], list(range(51)), 1, None]
)
def test_only_numbers_take_a_file_in(ana: PageClient, sent: object) -> None:
    assert ana.join("add", "arrive", event_data={"uploads": sent}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"\x00" * 1000),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
        ),
        ("multipart/form-data; boundary=" + "x" * 5000, b"--x"),
        ("application/json", b'{"path": "/etc/passwd"}'),
        ("", b"x"),
    ],
)
def test_what_is_no_form_with_a_file_is_refused(
    closed: Archive, ana: PageClient, kind: str, body: bytes
) -> None:
    answer = ana.client.post("/uploads", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_form")
    assert in_folder(closed) == []


def test_a_form_holds_one_file() -> None:
    form = FileForm("multipart/form-data; boundary=x")
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nuno\r\n'
    form.feed(part)
    with pytest.raises(NotAForm):
        form.feed(part)
    many = b"--x\r\n" + b"a: b\r\n" * 100
    with pytest.raises(NotAForm):
        FileForm("multipart/form-data; boundary=x").feed(many)


def test_a_file_whose_sender_goes_leaves_nothing(closed: Archive, ana: PageClient) -> None:
    address = urlsplit(closed.address)
    head = (
        f"POST /uploads HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: 9999999\r\nCookie: session={ana.client.cookies['session']}\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="f"; filename="medio.txt"\r\n\r\n'
    )
    with socket.create_connection((address.hostname, address.port)) as half:
        half.sendall(head.encode() + b"x" * 100_000)
        wait_until(lambda: [u["name"] for u in ana.client.get("/uploads").json()].count("medio.txt") == 1)
        wait_until(lambda: in_folder(closed) != [])
    wait_until(lambda: in_folder(closed) == [])
    assert "medio.txt" not in [each["name"] for each in ana.client.get("/uploads").json()]


def test_who_sends_too_many_files_is_told_when_to_go_on(
    serve_anew: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch, enter: Callable[..., PageClient]
) -> None:
    monkeypatch.setattr(ui.upload_routes, "FILES_A_MINUTE", 3)
    archive = serve_anew()
    add_users(archive.assistant)
    ana, luis = enter(archive.address, "ana"), enter(archive.address, "luis")
    assert [send(ana).status_code for _ in range(4)] == [201, 201, 201, 429]
    refused = send(ana)
    assert refused.json()["error"]["code"] == "too_often" and 0 < int(refused.headers["retry-after"]) <= 60
    assert send(luis).status_code == 201


def test_a_page_elsewhere_cannot_send_a_file(ana: PageClient) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = ana.client.post("/uploads", files={"file": ("a.txt", NOTE)}, headers=headers)
        assert sent.status_code == 403


# The inbox itself


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    (tmp_path / "documents").mkdir()
    opened = Inbox(tmp_path / "uploads", tmp_path / "documents", 1, (".txt",))
    yield opened
    opened.close()


def arrived(inbox: Inbox, reader: Reader = ANA, name: str = "nota.txt", content: bytes = NOTE) -> int:
    number = inbox.begin(reader, name).number
    inbox.write(number, content)
    return inbox.finish(number).number


def test_what_all_readers_send_counts_against_the_quota_while_it_arrives(inbox: Inbox) -> None:
    half = b"x" * 600_000
    first, second = inbox.begin(ANA, "a.txt").number, inbox.begin(LUIS, "b.txt").number
    assert inbox.write(first, half).stage is UploadStage.ARRIVING
    refused = inbox.write(second, half)
    assert refused.problem is not None and refused.problem.code == "quota_full"
    assert inbox.finish(first).stage is UploadStage.WAITING


def test_one_reader_has_so_many_files_under_way_and_another_is_not_kept_waiting(inbox: Inbox) -> None:
    for _ in range(MOST_ARRIVING):
        inbox.begin(ANA, "a.txt")
    with pytest.raises(TooMany):
        inbox.begin(ANA, "a.txt")
    inbox.begin(LUIS, "a.txt")


def test_files_that_are_never_taken_in_are_bounded(inbox: Inbox) -> None:
    for _ in range(MOST_WAITING):
        arrived(inbox, content=b"x")
    with pytest.raises(TooMany):
        inbox.begin(ANA, "a.txt")
    inbox.take(ANA, [upload.number for upload in inbox.uploads(ANA)[:1]])
    inbox.begin(ANA, "a.txt")


def test_those_who_are_not_asked_for_a_name_are_counted_by_address_and_told_apart_by_mark(
    inbox: Inbox,
) -> None:
    first, second = Reader("", "192.0.2.1", "a" * 22), Reader("", "192.0.2.1", "b" * 22)
    number = arrived(inbox, first)
    assert not inbox.has(second, number) and inbox.uploads(second) == ()
    for _ in range(MOST_ARRIVING):
        inbox.begin(first, "a.txt")
    with pytest.raises(TooMany):
        inbox.begin(second, "a.txt")


def test_a_file_is_taken_in_once_and_what_is_in_its_place_is_not_opened(inbox: Inbox, tmp_path: Path) -> None:
    documents, outside = tmp_path / "documents", tmp_path / "outside"
    outside.write_text("ajeno")
    os.mkfifo(documents / "nota.txt")
    (documents / "nota (2).txt").symlink_to(outside)
    number = arrived(inbox)
    taken = [upload.path for upload in (*inbox.take(ANA, [number, number]), *inbox.take(ANA, [number]))]
    assert taken == ["nota (3).txt", "nota (3).txt"]
    assert (documents / "nota (3).txt").read_bytes() == NOTE
    assert outside.read_text() == "ajeno"


@pytest.mark.parametrize("kind", ["link", "fifo", "folder"])
def test_what_took_the_place_of_an_upload_is_not_read(inbox: Inbox, tmp_path: Path, kind: str) -> None:
    number = arrived(inbox)
    (kept,) = [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]
    kept.unlink()
    makers: dict[str, Callable[[], object]] = {
        "link": lambda: kept.symlink_to("/dev/zero"),
        "fifo": lambda: os.mkfifo(kept),
        "folder": lambda: (kept.parent / "folder").mkdir(),
    }
    makers[kind]()
    (upload,) = inbox.take(ANA, [number])
    assert upload.problem is not None and upload.problem.code == "not_stored"
    assert list((tmp_path / "documents").iterdir()) == []


def test_a_server_removes_what_it_did_not_take_in_and_what_one_before_left(tmp_path: Path) -> None:
    place, documents = tmp_path / "uploads", tmp_path / "documents"
    left = place / "123-dead" / "1"
    left.parent.mkdir(parents=True)
    left.write_text("what a killed server left")
    first = Inbox(place, documents, 10, (".txt",))
    assert not left.exists()
    arrived(first)
    second = Inbox(place, documents, 10, (".txt",))
    assert len(list(place.iterdir())) == 1, "another server's files stay"
    first.close()
    assert list(place.iterdir()) == []
    second.close()


def test_an_empty_file_is_one(inbox: Inbox) -> None:
    number = inbox.begin(ANA, "nada.txt").number
    assert inbox.finish(number).stage is UploadStage.WAITING
    assert inbox.take(ANA, [number])[0].path == "nada.txt"
