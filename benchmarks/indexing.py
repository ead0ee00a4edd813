"""Indexing beside the plain LlamaIndex starter: first build, nothing changed, one changed, a tenth deleted.

    python -m benchmarks.indexing --documents 1000 4000 16000
    HEMEROTECA_EVAL=… python -m benchmarks.indexing --news --model e5 --limit 600
    HEMEROTECA_EVAL=… python -m benchmarks.indexing --news

Every step runs in a process of its own, so that peak memory is the step's; seconds count after the imports.
The starter is SimpleDirectoryReader and an IngestionPipeline with a docstore, upserts and Chroma, with the
same embedding. With `--model hash` vectors are drawn from hashes and cost next to nothing: what is measured is
the indexing around the model. With `--model e5` it is the product's model, and “in the model” is the share of
the run in which the model was at work. `--news` takes the real news of HEMEROTECA_EVAL (rss and quales), a
file each with its date on top, instead of made up ones; `--limit` takes an even sample of them.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
from llama_index.core import SimpleDirectoryReader
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.embed import Embedded, Embedder, TokenReader
from index.embed.e5.engine import open_e5
from index.store.home import FolderHome
from index.sync.build import Builder
from index.sync.live import Live
from index.sync.pipeline import LocalPipeline
from tests.embedders import HashEmbedder

STEPS = ("first build", "nothing changed", "one changed", "a tenth deleted")
SYSTEMS = ("hemeroteca", "starter")


class Timed:
    """An embedding engine that counts the seconds spent in it."""

    def __init__(self, engine: Embedder) -> None:
        self._engine = engine
        self.seconds = 0.0

    @property
    def identity(self) -> str:
        return self._engine.identity

    @property
    def dimensions(self) -> int:
        return self._engine.dimensions

    @property
    def tokens(self) -> TokenReader | None:
        return self._engine.tokens

    def embed_query(self, text: str) -> Any:
        return self._engine.embed_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._engine.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        began = time.monotonic()
        embedded = self._engine.embed_passages(texts)
        self.seconds += time.monotonic() - began
        return embedded


class StarterEmbedding(BaseEmbedding):
    """The same engine as LlamaIndex asks for it."""

    engine: Any

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(number) for number in self.engine.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(n) for n in embedded.vector] for embedded in self.engine.embed_passages(texts)]


def index_with_hemeroteca(folder: Path, engine: Timed) -> None:
    live = Live(FolderHome(folder / "hemeroteca"))
    Builder(live, folder / "documents", LocalPipeline(engine), "benchmark").sync()
    live.close()


def index_with_starter(folder: Path, engine: Timed) -> None:
    kept = folder / "starter"
    kept.mkdir(exist_ok=True)
    docstore_path = kept / "docstore.json"
    docstore = (
        SimpleDocumentStore.from_persist_path(str(docstore_path))
        if docstore_path.exists()
        else SimpleDocumentStore()
    )
    client = chromadb.PersistentClient(path=str(kept / "chroma"))
    collection = client.get_or_create_collection("chunks", embedding_function=None)
    pipeline = IngestionPipeline(
        transformations=[SentenceSplitter(), StarterEmbedding(engine=engine)],
        docstore=docstore,
        vector_store=ChromaVectorStore(chroma_collection=collection),
        docstore_strategy=DocstoreStrategy.UPSERTS_AND_DELETE,
        disable_cache=True,
    )
    pipeline.run(documents=SimpleDirectoryReader(str(folder / "documents"), filename_as_id=True).load_data())
    docstore.persist(str(docstore_path))


RUNS: dict[str, Callable[[Path, Timed], None]] = {
    "hemeroteca": index_with_hemeroteca,
    "starter": index_with_starter,
}


def measure(system: str, folder: Path, model: str) -> dict[str, float]:
    """Run one step; seconds, of processors too, the share in the embedding engine, megabytes at the peak."""
    engine = Timed(open_e5(keeps_states=system == "hemeroteca") if model == "e5" else HashEmbedder())
    began, worked = time.monotonic(), processor_seconds()
    RUNS[system](folder, engine)
    seconds, worked = time.monotonic() - began, processor_seconds() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": worked, "embedding": engine.seconds / seconds, "megabytes": peak}


def processor_seconds() -> float:
    """What this process and the ones it has ended have worked so far, which other work hardly changes."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def run_step(system: str, folder: Path, model: str) -> str:
    """Measure in a process of its own; what it measured as a table cell, or the last line of its failure."""
    command = [sys.executable, "-m", "benchmarks.indexing", "--step", system, str(folder), model]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    if child.returncode != 0:
        return f"fails: {child.stderr.strip().splitlines()[-1][:60]}"
    measured = json.loads(child.stdout.strip().splitlines()[-1])
    return "{seconds:.2f} s ({cpu:.2f} s of processors), {embedding:.0%} in the model, {megabytes:.0f} MB".format(
        **measured
    )


def real_news(limit: int | None) -> list[str]:
    """The news of rss and quales as the archive's own text files hold them, all or an even sample."""
    data = Path(os.environ["HEMEROTECA_EVAL"])
    lines = [
        json.loads(line)
        for name in ("rss", "quales")
        for line in (data / name / "documents.jsonl").open(encoding="utf-8")
    ]
    count = len(lines) if limit is None else min(limit, len(lines))
    chosen = (lines[place * len(lines) // count] for place in range(count))
    return [f" date {news['date'][:10]} {news['text']}" for news in chosen]


def made_up_news(count: int, sentences: int) -> list[str]:
    """Short texts of sentences that differ in their numbers alone."""
    sentence = "El alcalde de la ciudad número {} habló el martes de la obra número {} y de sus plazos. "
    return ["".join(sentence.format(n, k) for k in range(sentences)) for n in range(count)]


def prepare(step: str, documents: Path) -> None:
    files = sorted(documents.iterdir())
    if step == "one changed":
        files[len(files) // 2].write_text("La noticia fue corregida por completo esta mañana.", "utf-8")
    elif step == "a tenth deleted":
        for file in files[::10]:
            file.unlink()


def machine() -> str:
    """What the figures were measured on, and when."""
    python, load = platform.python_version(), os.getloadavg()[0]
    return f"{date.today()}, {os.cpu_count()} processors, Python {python}, load {load:.1f} at the start"


def compare(texts: Sequence[str], model: str) -> None:
    folder = Path(tempfile.mkdtemp())
    (folder / "documents").mkdir()
    for number, text in enumerate(texts):
        (folder / "documents" / f"{number:06}.txt").write_text(text, "utf-8")
    for step in STEPS:
        prepare(step, folder / "documents")
        cells = [run_step(system, folder, model) for system in SYSTEMS]
        print(f"| {len(texts):,} | {step} | " + " | ".join(cells) + " |", flush=True)
    shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 4000, 16000])
    parser.add_argument("--model", choices=["hash", "e5"], default="hash")
    parser.add_argument("--sentences", type=int, default=30, help="In a made up document.")
    parser.add_argument("--news", action="store_true", help="Real news instead of made up documents.")
    parser.add_argument("--limit", type=int, help="Of the real news, so many.")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        system, folder, model = arguments.step
        print(json.dumps(measure(system, Path(folder), model)))
        return
    print(f"{machine()}\n\n| documents | step | {' | '.join(SYSTEMS)} |\n|---:|---|---|---|")
    if arguments.news:
        compare(real_news(arguments.limit), arguments.model)
        return
    for count in arguments.documents:
        compare(made_up_news(count, arguments.sentences), arguments.model)


if __name__ == "__main__":
    main()
