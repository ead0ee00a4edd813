"""How long a question takes, start-up and work apart, and a run of `index` with nothing to do.

    python benchmarks/asking.py [RUNS]

Asks the shipped documents by extraction. "start-up" is what the process takes beyond the work: the interpreter,
the libraries, the model. "warm" asks again in one process, as the chat does. Milliseconds, medians.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from assistant import Assistant, Settings

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?",
    "¿Quién es el canciller?",
    "¿Dónde será la reunión ministerial?",
    "When is the next security group meeting?",
    "¿Cuál es el PIB de México?",
)


def timed(folder: Path, *arguments: str) -> tuple[float, dict[str, object]]:
    """The milliseconds that a command takes as a process of its own, and the JSON it prints."""
    began = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments, "--json"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HEMEROTECA_ENGINE": "extractive"},
        capture_output=True,
        check=True,
    )
    return 1000 * (time.perf_counter() - began), json.loads(finished.stdout)


def cold(folder: Path, runs: int) -> tuple[float, float]:
    """Start-up and work of `ask` in a new process."""
    startups, works = [], []
    for run in range(runs):
        wall, answer = timed(folder, "ask", QUESTIONS[run % len(QUESTIONS)])
        timings = answer["timings_ms"]
        assert isinstance(timings, dict)
        works.append(timings["total"])
        startups.append(wall - timings["total"])
    return median(startups), median(works)


def warm(folder: Path, runs: int) -> list[float]:
    """The work of each question in one process, after a first round that is not counted."""
    settings = Settings(documents=folder / "documents", index=folder / ".hemeroteca", engine="extractive")
    with Assistant(settings) as assistant:
        for question in QUESTIONS:
            assistant.ask(question)
        return sorted(
            assistant.ask(QUESTIONS[run % len(QUESTIONS)]).timings_ms.total for run in range(10 * runs)
        )


def main(runs: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "documents").symlink_to(ROOT / "documents")
        timed(folder, "index")
        startup, work = cold(folder, runs)
        print(f"ask, new process: start-up {startup:.0f} ms, work {work:.0f} ms")
        works = warm(folder, runs)
        print(f"ask, warm: p50 {median(works):.0f} ms, p95 {works[int(0.95 * len(works))]:.0f} ms")
        walls = [timed(folder, "index") for _ in range(runs)]
        inside = median(1000 * float(str(report["seconds"])) for _, report in walls)
        print(
            f"index, nothing changed: {median(wall for wall, _ in walls):.0f} ms, of which work {inside:.0f} ms"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
