from collections.abc import Callable

import pytest

from index.errors import DocumentsMissing
from index.reasons import Skipped, SkipReason
from index.sync.indexer import Progress, Step, SyncReport
from ui.documents import Refused
from ui.texts import load_texts
from ui.uploads import Upload, UploadStage, after_report, after_step, steps_of, why_refused

FILES = (
    Upload(1, "a.txt", "a.txt"),
    Upload(2, "b.txt", "b (2).txt"),
    Upload(3, "c.exe", "", UploadStage.REFUSED, Refused("wrong_type", {"name": "c.exe", "types": ".txt"})),
)


def report(*skipped: Skipped) -> SyncReport:
    return SyncReport(1, 0, 0, 0, skipped, 1, 1, 0.1)


def stages(files: tuple[Upload, ...]) -> list[UploadStage]:
    return [file.stage for file in files]


def test_a_file_is_done_when_it_has_been_read_through() -> None:
    assert after_step(FILES, Progress(Step.STORED, "a.txt", 0, 2)) == FILES
    done = after_step(FILES, Progress(Step.READ, "b (2).txt", 1, 2))
    assert stages(done) == [UploadStage.WAITING, UploadStage.INDEXED, UploadStage.REFUSED]


def test_a_file_that_was_skipped_is_told_with_its_reason_at_the_end() -> None:
    ended = after_report(FILES, report(Skipped("b (2).txt", SkipReason("empty"))))
    assert stages(ended) == [UploadStage.INDEXED, UploadStage.REFUSED, UploadStage.REFUSED]
    told = [file.problem and why_refused(file.problem, load_texts("es")) for file in ended]
    assert told == [
        None,
        "el archivo está vacío",
        "c.exe: este tipo de archivo no se puede leer. Se aceptan .txt.",
    ]


def test_the_steps_of_a_run_come_while_it_is_under_way_and_its_report_at_the_end() -> None:
    def run(tell: Callable[[Progress], None]) -> SyncReport:
        tell(Progress(Step.READ, "a.txt", 1, 2))
        tell(Progress(Step.READ, "b.txt", 2, 2))
        return report()

    steps = steps_of(run)
    assert [next(steps).name, next(steps).name] == ["a.txt", "b.txt"]
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value == report()


def test_what_a_run_raises_comes_through() -> None:
    def run(_: Callable[[Progress], None]) -> SyncReport:
        raise DocumentsMissing("no folder")

    with pytest.raises(DocumentsMissing, match="no folder"):
        next(steps_of(run))
