"""Nothing leaves the machine: no look-up of a name and no connection, by any library of the default install."""

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import httpx
import pytest

from tests.security.traced import at_home, outside, traced

ROOT = Path(__file__).parents[2]
HEMEROTECA = (sys.executable, "-m", "assistant")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with an archive of one document, indexed while that was watched."""
    home = tmp_path_factory.mktemp("home")
    (home / "documents").mkdir()
    (home / "documents" / "nota.txt").write_text("El puente se inauguró el 3 de mayo de 2021.\n", "utf-8")
    with traced([*HEMEROTECA, "index"], home, cwd=home) as process:
        told = process.communicate(timeout=300)[1]
    assert process.returncode == 0, told
    return home


def test_indexing_and_asking_ask_nobody_but_this_machine(home: Path) -> None:
    with traced([*HEMEROTECA, "ask", "¿Cuándo se inauguró el puente?"], home, cwd=home) as process:
        answer, told = process.communicate(timeout=300)
    assert "2021" in answer, told


def test_the_page_and_its_api_ask_nobody_but_this_machine(home: Path) -> None:
    with traced([*HEMEROTECA, "chat", "--port", "0"], home, cwd=home) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        with httpx.Client(base_url=address, timeout=120) as client:
            assert client.get("/es/").status_code == 200
            assert client.post("/api/ask", json={"question": "¿Cuándo se inauguró el puente?"}).is_success


def test_no_library_of_the_default_install_asks_anybody_when_it_is_imported(tmp_path: Path) -> None:
    modules = sorted({"index", "assistant", "ui.server", *default_install()})
    program = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    with traced([sys.executable, "-c", program, *modules], tmp_path, cwd=ROOT) as process:
        told = process.communicate(timeout=300)[1]
    assert process.returncode == 0, told


def test_no_folder_for_reports_is_made(home: Path) -> None:
    kept = {path.name for path in (home / "cache").iterdir()}
    assert "Microsoft" not in kept
    assert "hemeroteca" in kept


@pytest.mark.parametrize("module", ["index", "index.wire", "assistant", "assistant.cli", "ui.server"])
def test_every_way_in_tells_the_libraries_before_it_imports_them(module: str, tmp_path: Path) -> None:
    program = (
        f"import {module}, os, sys\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1', 'not told'\n"
        "assert 'onnxruntime' not in sys.modules, 'imported already'\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], env=at_home(tmp_path), cwd=ROOT)
    assert ended.returncode == 0


def test_what_leads_out_is_seen_in_a_trace() -> None:
    asks = 'connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0'
    leads = (
        'sendto(9, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1")}'
    )
    stays = 'connect(9, {sa_family=AF_INET, sin_port=htons(8000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0'
    assert outside("\n".join((asks, leads, stays))) == [asks, leads]


def default_install() -> set[str]:
    """The modules of the libraries that the project needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {line.partition(">")[0].strip().lower().replace("_", "-") for line in project["dependencies"]}
    return {
        module
        for module, distributions in packages_distributions().items()
        if module.isidentifier() and needed & {name.lower().replace("_", "-") for name in distributions}
    }
