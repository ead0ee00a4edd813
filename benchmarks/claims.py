"""What the judge of facts thinks of written claims: `python -m benchmarks.claims CLAIMS.jsonl --json`.

Each line has a `claim` with its `question` and `language`, the numbers that it `cites` of its `evidence` (each `n`,
`text`, `title`, `document_date`, `speaker`), and a `label`: faithful, subtle or crude. A claim is kept, marked as
unproved or left out; a false one is caught by either of the latter. `--show` prints the faithful ones that are not
kept and the false ones that are.
"""

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from assistant.inline import plain_text
from assistant.prove.facts import judge
from assistant.prove.proof import Proof, Similarity, Verdict
from assistant.write.reply import split_markers
from index.embed.e5.engine import open_e5
from index.language import detect_language

Figures = dict[str, dict[str, int]]


def proof_of(evidence: dict[str, Any]) -> Proof:
    """One piece of evidence of a claim as the judge takes it."""
    day = evidence.get("document_date")
    return Proof(
        evidence["text"],
        detect_language(evidence["text"]),
        date.fromisoformat(day) if day else None,
        heading="\n".join(filter(None, (evidence.get("title"), evidence.get("speaker")))),
    )


def verdict_on(claim: dict[str, Any], similarity: Similarity) -> Verdict:
    """What the judge thinks of one claim."""
    proofs = {evidence["n"]: proof_of(evidence) for evidence in claim["evidence"]}
    cited = [proofs[number] for number in claim["cites"] if number in proofs]
    others = [proof for number, proof in proofs.items() if number not in claim["cites"]]
    text = split_markers(plain_text(claim["claim"])).text
    return judge(
        text, claim["language"], cited, others=others, question=claim["question"], similarity=similarity
    )


def figures_of(verdicts: list[tuple[str, Verdict]]) -> Figures:
    """How many claims of each label were kept, marked and left out, or caught."""
    counts = Counter((label, _fate(verdict)) for label, verdict in verdicts)
    faithful = {fate: counts["faithful", fate] for fate in ("kept", "marked", "left_out")}
    figures = {"faithful": {"claims": sum(faithful.values()), **faithful}}
    for label in ("subtle", "crude"):
        caught = counts[label, "marked"] + counts[label, "left_out"]
        figures[label] = {"claims": caught + counts[label, "kept"], "caught": caught}
    return figures


def _fate(verdict: Verdict) -> str:
    if verdict.is_proved:
        return "kept"
    return "left_out" if verdict.is_left_out else "marked"


def main() -> None:
    """Judge the claims of a file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--show", action="store_true", help="print what was judged otherwise than its label")
    arguments = parser.parse_args()
    embedder = open_e5()
    claims = [json.loads(line) for line in arguments.claims.read_text("utf-8").splitlines()]
    verdicts = []
    for claim in claims:
        verdict = verdict_on(
            claim, lambda one, other: float(embedder.embed_query(one) @ embedder.embed_query(other))
        )
        verdicts.append((claim["label"], verdict))
        if arguments.show and verdict.is_proved is not (claim["label"] == "faithful"):
            print(claim["id"], claim["label"], _fate(verdict), verdict.reason, repr(verdict.detail))
            print("    ", claim["claim"], claim["cites"])
    figures = figures_of(verdicts)
    if arguments.json:
        print(json.dumps(figures))
        return
    for label, counted in figures.items():
        print(label, *(f"{name} {count}" for name, count in counted.items()))


if __name__ == "__main__":
    main()
