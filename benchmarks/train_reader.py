"""Trains the reader: `python -m benchmarks.train_reader OUT.pt --eval ../shared/eval [--minutes 150]`.

Needs the extra `train` (torch). Writes OUT.pt as it goes and continues from it when it is started again.
`--export FOLDER` writes what was trained so far in int8 instead, for `python -m benchmarks.reading`.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from assistant.reader.graph import FROZEN
from assistant.reader.weights import keep, packed
from benchmarks.reader.contrasts import contrasts
from benchmarks.reader.examples import Group, groups
from benchmarks.reader.network import Network
from benchmarks.reader.rows import Batch, Row, Rows, batch_of

_RATE, _WARM_UP = 2e-4, 200
_ROWS = 24
_STRETCH = 40
_SAVED_EVERY = 200
_CONTRASTS = 2500


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, help="the folder with reading/ and quales/")
    parser.add_argument("--minutes", type=float, default=150)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument(
        "--anew", action="store_true", help="take OUT.pt's weights, and begin with the first step"
    )
    parser.add_argument("--export", type=Path, metavar="FOLDER")
    parser.add_argument("--mean", type=Path, metavar="OTHER.pt", help="export the mean of both weights")
    given = parser.parse_args()
    if given.export:
        export([given.out, *([given.mean] if given.mean else [])], given.export)
        return
    if not given.eval:
        parser.error("--eval FOLDER is needed to train")
    draw = random.Random(11)
    torch.manual_seed(11)
    made = groups(given.eval / "reading", given.eval / "quales", draw) + contrasts(_CONTRASTS, draw)
    print(len(made), "groups,", sum(len(group.windows) for group in made), "windows", flush=True)
    train(made, given.out, given.minutes, given.epochs, draw, anew=given.anew)


def export(kept: Sequence[Path], folder: Path) -> None:
    """Write the mean of the weights that are kept into a folder, in int8, with their hash."""
    runs = [torch.load(path)["trained"] for path in kept]
    mean = {name: sum(run[name].float() for run in runs) / len(runs) for name in runs[0]}
    content = packed({_exported(name): value.numpy() for name, value in mean.items()})
    keep(content, folder)
    print(f"{len(content) / 1e6:.1f} MB")


def _exported(name: str) -> str:
    """The name of a parameter as the embedder's file has it: `upper.0.q.weight` is `l6.q.w`."""
    *path, last = name.split(".")
    if path and path[0] == "upper":
        path = [f"l{FROZEN + int(path[1])}", *path[2:]]
    return ".".join([*path, {"weight": "w", "bias": "b"}.get(last, last)])


def train(
    made: Sequence[Group], out: Path, minutes: float, epochs: float, draw: random.Random, *, anew: bool
) -> None:
    """Train on the groups until so many epochs or minutes are over; what is at `out` is gone on from."""
    network, began = Network(), time.monotonic()
    weights = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
    step, spent = _resumed(out, network, optimizer, anew)
    total = int(epochs * sum(len(group.windows) for group in made) / _ROWS)
    shown = 0.0
    for batch in _batches(made, Rows(), draw, step):
        done = max(step / total, (spent + time.monotonic() - began) / 60 / minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / _WARM_UP) * (1 - done)
        network.train()
        cost = loss(network, batch)
        optimizer.zero_grad()
        cost.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        step += 1
        shown = cost.item() if not shown else 0.98 * shown + 0.02 * cost.item()
        if step % _SAVED_EVERY == 0:
            seconds = time.monotonic() - began
            print(f"{step} of {total}, {done:.0%}, loss {shown:.3f}, {seconds:.0f} s", flush=True)
            _save(out, network, optimizer, step, spent + seconds)
    _save(out, network, optimizer, step, spent + time.monotonic() - began)


def loss(network: Network, batch: Batch) -> Tensor:
    """Where the answer stands, whether each window answers, which of a group does, and yes or no."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        span, answers, verdict = network(batch.ids, batch.parts, batch.attended)
    logs = functional.log_softmax(span.float().masked_fill(~batch.allowed[..., None], -1e4), 1)
    answers, verdict = answers.float(), verdict.float()
    right = torch.tensor([float(row.answers) for row in batch.rows])
    placed = [
        _span_loss(logs[place], row) for place, row in enumerate(batch.rows) if row.spans or not row.answers
    ]
    asked = [place for place, row in enumerate(batch.rows) if row.verdict >= 0]
    cost = functional.binary_cross_entropy_with_logits(answers, right) + _ranking_loss(answers, batch)
    if placed:
        cost = cost + torch.stack(placed).mean() / 2
    if asked:
        verdicts = torch.tensor([batch.rows[place].verdict for place in asked])
        cost = cost + 0.3 * functional.cross_entropy(verdict[asked], verdicts)
    return cost


def _span_loss(logs: Tensor, row: Row) -> Tensor:
    if not row.spans:
        return -(logs[0, 0] + logs[0, 1])
    return -torch.logsumexp(torch.stack([logs[first, 0] + logs[last, 1] for first, last in row.spans]), 0)


def _ranking_loss(answers: Tensor, batch: Batch) -> Tensor:
    """Of each group with a right window, how far that one is from standing first."""
    costs = []
    for group in sorted(set(batch.groups)):
        places = [place for place, number in enumerate(batch.groups) if number == group]
        if len(places) > 1 and batch.rows[places[0]].answers:
            costs.append(-functional.log_softmax(answers[places], 0)[0])
    return torch.stack(costs).mean() if costs else answers.sum() * 0


def _batches(made: Sequence[Group], rows: Rows, draw: random.Random, skipped: int) -> Iterator[Batch]:
    """Batches of whole groups of like length, for ever."""
    number = 0
    while True:
        order = draw.sample(range(len(made)), len(made))
        for at in range(0, len(order), _ROWS * _STRETCH // 4):
            stretch = [rows.of_group(made[place], draw) for place in order[at : at + _ROWS * _STRETCH // 4]]
            stretch.sort(key=lambda group: max(len(row.ids) for row in group))
            for batch in draw.sample(filled := _filled(stretch), len(filled)):
                number += 1
                if number > skipped:
                    yield batch_of(batch)


def _filled(stretch: Sequence[list[Row]]) -> list[list[list[Row]]]:
    """Groups put together to about `_ROWS` rows."""
    filled: list[list[list[Row]]] = []
    size = 0
    for group in stretch:
        if not filled or size + len(group) > _ROWS:
            filled.append([])
            size = 0
        filled[-1].append(group)
        size += len(group)
    return filled


def _save(out: Path, network: Network, optimizer: torch.optim.Optimizer, step: int, spent: float) -> None:
    trained = {
        name: value
        for name, value in network.state_dict().items()
        if not name.startswith(("words", "places", "first", "lower"))
    }
    temporary = out.with_suffix(".part")
    torch.save(
        {"trained": trained, "optimizer": optimizer.state_dict(), "step": step, "spent": spent}, temporary
    )
    temporary.replace(out)


def _resumed(out: Path, network: Network, optimizer: torch.optim.Optimizer, anew: bool) -> tuple[int, float]:
    """The step and the seconds at which training goes on."""
    if not out.exists():
        return 0, 0.0
    kept = torch.load(out)
    network.load_state_dict(kept["trained"], strict=False)
    if anew:
        return 0, 0.0
    optimizer.load_state_dict(kept["optimizer"])
    return kept["step"], kept["spent"]


if __name__ == "__main__":
    main()
