"""Files on their way into the archive: how far each has come, as it is shown."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from queue import SimpleQueue

from assistant.background import UnderWay
from index.reasons import SkipReason
from index.sync.indexer import Progress, Step, SyncReport
from ui.documents import Refused
from ui.drawing import plain
from ui.texts import Texts

_MINUTE = 60


class UploadStage(StrEnum):
    """How far a file has come."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    INDEXED = "indexed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under the number that we gave it: its name, its path within the documents folder ("" if it is not there).

    `received` is how many bytes of it have come, `problem` why it was refused.
    """

    number: int
    name: str
    path: str = ""
    stage: UploadStage = UploadStage.WAITING
    problem: Refused | SkipReason | None = None
    received: int = 0


def after_step(uploads: Sequence[Upload], step: Progress) -> tuple[Upload, ...]:
    """The files after a step of indexing: one that has been read through is done."""
    done = step.step is Step.READ
    return tuple(
        replace(upload, stage=UploadStage.INDEXED)
        if done and upload.path == step.name and upload.stage is UploadStage.WAITING
        else upload
        for upload in uploads
    )


def after_report(uploads: Sequence[Upload], report: SyncReport) -> tuple[Upload, ...]:
    """The files at the end of a run: those that it skipped are told with its reason."""
    reasons = {skipped.path: skipped.reason for skipped in report.skipped}
    return tuple(_settled(upload, reasons) for upload in uploads)


def _settled(upload: Upload, reasons: dict[str, SkipReason]) -> Upload:
    if upload.stage is UploadStage.REFUSED:
        return upload
    if upload.path in reasons:
        return replace(upload, stage=UploadStage.REFUSED, problem=reasons[upload.path])
    return replace(upload, stage=UploadStage.INDEXED)


def why_refused(problem: Refused | SkipReason, texts: Texts) -> str:
    """Why a file was refused, in the reader's language."""
    if isinstance(problem, SkipReason):
        return problem.in_words(texts.language)
    return texts(problem.code, **problem.fields)


def told_under_way(run: UnderWay | None, texts: Texts) -> str:
    """How far a run of indexing has come, in the reader's language; empty while there is none."""
    if run is None:
        return ""
    parts = [texts("under_way", done=texts.number(run.done), total=texts.number(run.total))]
    if run.rate:
        minutes = ceil(run.left / _MINUTE)
        parts.append(texts("under_way_rate", rate=texts.number(round(run.rate, 1))))
        parts.append(texts.count("under_way_left", minutes))
    return " · ".join(filter(None, (*parts, plain(run.name))))


def steps_of(
    run: Callable[[Callable[[Progress], None]], SyncReport],
) -> Generator[Progress, None, SyncReport]:
    """The steps that `run` tells while it is under way in a thread; its report at the end.

    Raises what `run` raises.
    """
    told: SimpleQueue[Progress | None] = SimpleQueue()
    with ThreadPoolExecutor(1, "page-indexer") as executor:
        report = executor.submit(run, told.put)
        report.add_done_callback(lambda _: told.put(None))
        while (step := told.get()) is not None:
            yield step
    return report.result()
