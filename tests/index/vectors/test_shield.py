"""A Chroma server behind nginx, which speaks TLS and asks for a token: what docs/scaling.md describes."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import VectorsFailed
from index.vectors.server import ChromaServer, ServerVectors, disconnect
from tests.archives import TestArchive, assert_every_vector_is_found, fill
from tests.servers import free_port, running

pytestmark = pytest.mark.services

CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    client_max_body_size 40m;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
        location / {{
            if ($http_x_chroma_token != "open-sesame") {{ return 401; }}
            proxy_pass {chroma};
        }}
    }}
}}
"""


def certify(folder: Path) -> Path:
    """A certificate for this machine, which signs itself."""
    certificate = folder / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(certificate)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return certificate


@pytest.fixture
def shielded(chroma_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("nginx and openssl are not installed (Debian: apt-get install nginx openssl)")
    folder, port = tmp_path / "nginx", free_port()
    folder.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(certify(folder)))
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, chroma=chroma_url), "utf-8")

    with running([nginx, "-c", str(configuration), "-e", str(folder / "error.log")], lambda: listens(port)):
        yield f"https://127.0.0.1:{port}"


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_with_the_token_the_server_is_used_over_tls(shielded: str, tmp_path: Path) -> None:
    server = ChromaServer(shielded, {"X-Chroma-Token": "open-sesame"})
    archive = TestArchive(tmp_path / "archive", vectors=ServerVectors(server))
    fill(archive, 5)
    archive.sync()
    assert_every_vector_is_found(archive)
    archive.close()


def test_without_the_token_it_is_an_error_that_names_the_setting(shielded: str) -> None:
    with pytest.raises(VectorsFailed, match="HEMEROTECA_VECTORS_HEADERS"):
        disconnect(ChromaServer(shielded).connect())


def test_with_a_certificate_that_nobody_vouches_for_nothing_is_sent(
    shielded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(VectorsFailed, match=r"(?i)certificate"):
        disconnect(ChromaServer(shielded, {"X-Chroma-Token": "open-sesame"}).connect())
