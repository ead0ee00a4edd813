"""Measuring an archive: the questions, the gold, the figures, the comparison, the command."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import EvaluationError
from assistant.evaluation.command import failures
from assistant.evaluation.data import (
    GoldQuestion,
    Outcome,
    load_questions,
    read_outcomes,
    sample,
    write_outcomes,
)
from assistant.evaluation.figures import auc, columns, compare, figures
from assistant.evaluation.run import covers, gold_spans, open_archive, token_scores
from assistant.settings import Settings
from index.document import Span
from index.store.home import FolderHome
from index.sync.indexer import Progress, Step
from index.sync.live import Live

OUTCOME = Outcome(
    id="a",
    question="¿Cuándo?",
    gold=("el lunes",),
    gold_document="d",
    answerable=True,
    answered=True,
    confidence=0.8,
    language="es",
    document_rank=1,
    chunk_rank=2,
    span_in_quotes=True,
    span_in_2_quotes=False,
    quotes=(),
    text="El lunes.",
    token_recall=1.0,
    f1=0.5,
    exact=False,
    citations=2,
    citations_verified=2,
    cites_gold_document=True,
    language_right=True,
    retrieve_ms=10.0,
    total_ms=12.0,
)
UNANSWERABLE = replace(
    OUTCOME,
    id="b",
    answerable=False,
    answered=False,
    confidence=0.1,
    document_rank=None,
    chunk_rank=None,
    span_in_quotes=None,
    span_in_2_quotes=None,
    token_recall=None,
    f1=None,
    exact=None,
    citations=0,
    citations_verified=0,
    cites_gold_document=None,
)
DOCUMENTS = (
    {
        "id": "puente",
        "date": "2024-03-01",
        "text": "El puente de Arteaga se abrió el 3 de marzo. Mide 412 metros.",
    },
    {"id": "feria", "date": "2024-05-02", "text": "La feria del queso recibió a 9 000 visitantes en Tandil."},
)
QUESTIONS = (
    {
        "id": "q1",
        "question": "¿Cuánto mide el puente de Arteaga?",
        "answers": ["412 metros"],
        "document_id": "puente",
    },
    {"id": "q2", "question": "¿Quién pintó La Gioconda?", "answerable": False, "language": "es"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evaluation")
    for name, records in (("documents", DOCUMENTS), ("questions", QUESTIONS)):
        (path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


def write_questions(folder: Path, text: str) -> Path:
    (folder / "questions.jsonl").write_text(text, "utf-8")
    return folder


def test_a_question_needs_no_more_than_its_words(tmp_path: Path) -> None:
    assert load_questions(write_questions(tmp_path, '{"question": "¿Qué?"}\n')) == [
        GoldQuestion("1", "¿Qué?", True)
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "questions.jsonl:1 is not JSON"),
        ('{"id": "a"}', "questions.jsonl:1 has no “question”"),
        ('{"question": "¿Qué?", "answers": "uno"}', "“answers” must be a list"),
        ('{"question": "¿Qué?", "answerable": "no"}', "“answerable” must be true or false"),
        ("", "holds no questions"),
    ],
)
def test_a_bad_question_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(EvaluationError, match=reason):
        load_questions(write_questions(tmp_path, line))


def test_a_folder_without_questions_is_told_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="an evaluation folder holds"):
        load_questions(tmp_path)


def test_a_sample_is_spread_over_the_questions() -> None:
    questions = [GoldQuestion(str(number), "¿Qué?", True) for number in range(100)]
    assert [question.id for question in sample(questions, 4)] == ["0", "25", "50", "75"]
    assert sample(questions, None) == questions


def test_gold_is_found_as_whole_words_whatever_the_spaces_and_the_case() -> None:
    text = "El  Puente\nnuevo mide 41 metros, no 1 metro."
    assert [span.of(text) for span in gold_spans(text, ["puente nuevo", "1 metro"])] == [
        "Puente\nnuevo",
        "1 metro",
    ]


def test_gold_may_be_shared_by_quotes_that_touch_but_not_by_quotes_with_a_hole() -> None:
    text = "Uno dos. Tres cuatro. Cinco."
    gold = [Span(0, 20)]
    assert covers(text, [Span(9, 21), Span(0, 8)], gold)
    assert not covers(text, [Span(0, 8), Span(13, 21)], gold)


@given(st.text("ab .", max_size=30), st.data())
def test_a_quote_of_the_whole_text_holds_any_gold_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert covers(text, [Span(0, len(text))], [Span(start, end)])


def test_words_count_folded_and_the_nearest_wording_counts() -> None:
    scores = token_scores("Según él, 412 METROS", ["medio kilómetro", "412 metros"])
    assert scores.recall == 1.0
    assert scores.f1 == pytest.approx(2 / 3)
    assert token_scores("¡412 Metros!", ["412 metros"]).exact
    assert token_scores("", ["412 metros"]).f1 == 0.0


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.3])), min_size=1, max_size=12))
def test_auc_is_the_share_of_pairs_in_the_right_order(pairs: list[tuple[bool, float]]) -> None:
    positive = np.array([float(truth) for truth, _ in pairs])
    scores = np.array([score for _, score in pairs])
    right = [score for truth, score in pairs if truth]
    wrong = [score for truth, score in pairs if not truth]
    expected = [1.0 if a > b else 0.5 if a == b else 0.0 for a in right for b in wrong]
    found = auc(positive, scores, np.ones(len(pairs)))
    assert found == (pytest.approx(sum(expected) / len(expected)) if expected else None)


def test_figures_of_finding_are_over_answerable_questions_only() -> None:
    found = figures(columns([OUTCOME, replace(OUTCOME, id="c", document_rank=4), UNANSWERABLE]))
    assert found["retrieval"]["recall_at_1"] == 0.5
    assert found["retrieval"]["recall_at_5"] == 1.0
    assert found["retrieval"]["mrr_at_10"] == pytest.approx((1 + 1 / 4) / 2)
    assert found["evidence"]["span_in_2_quotes"] == 0.0
    assert found["refusal"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "auc": 1.0}
    assert found["citations"]["verified"] == 1.0


def test_what_no_question_tells_of_is_none() -> None:
    found = figures(columns([replace(UNANSWERABLE, answerable=True, gold=(), gold_document="")]))
    assert found["retrieval"]["recall_at_1"] is None
    assert found["chunks"]["recall_at_5"] is None
    assert found["answers"]["f1"] is None
    assert found["refusal"]["auc"] is None


def test_a_weight_counts_a_question_that_often() -> None:
    table = columns([OUTCOME, replace(OUTCOME, id="c", document_rank=None)])
    assert figures(table, np.array([3.0, 1.0]))["retrieval"]["recall_at_10"] == 0.75


def test_outcomes_come_back_from_their_file(tmp_path: Path) -> None:
    list(write_outcomes(tmp_path / "run.jsonl", [OUTCOME, UNANSWERABLE]))
    assert read_outcomes(tmp_path / "run.jsonl") == [OUTCOME, UNANSWERABLE]


def test_another_file_is_not_taken_for_outcomes(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"retrieval": {}}', "utf-8")
    with pytest.raises(EvaluationError, match="--out"):
        read_outcomes(tmp_path / "other.json")


def test_a_run_that_is_always_better_is_better_beyond_luck() -> None:
    better = [replace(OUTCOME, id=str(number)) for number in range(40)]
    worse = [replace(outcome, document_rank=3 if int(outcome.id) % 2 else 1) for outcome in better]
    found = {gap.name: gap for gap in compare(better, worse) if gap.group == "retrieval"}
    assert found["recall_at_1"].this - found["recall_at_1"].other == 0.5
    assert 0 < found["recall_at_1"].low < 0.5 < found["recall_at_1"].high
    assert (found["recall_at_5"].low, found["recall_at_5"].high) == (0.0, 0.0)


def test_runs_without_a_common_question_cannot_be_compared() -> None:
    with pytest.raises(EvaluationError, match="no question in common"):
        compare([OUTCOME], [UNANSWERABLE])


@pytest.mark.parametrize(
    ("outcome", "reasons"),
    [
        (OUTCOME, []),
        (replace(OUTCOME, document_rank=None), ["the document was not found"]),
        (replace(OUTCOME, span_in_quotes=False), ["the answer is not in the quotes"]),
        (replace(OUTCOME, answered=False), ["refused, though the documents say"]),
        (UNANSWERABLE, []),
        (replace(UNANSWERABLE, answered=True), ["answered, though the documents do not say"]),
    ],
)
def test_a_failure_is_told_by_what_went_wrong_first(outcome: Outcome, reasons: list[str]) -> None:
    assert list(failures(outcome)) == reasons


def test_the_command_prints_the_figures_and_writes_the_outcomes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    ran = CliRunner().invoke(
        app, ["evaluate", str(folder), "--index", str(tmp_path / "kept"), "--out", str(out), "--json"]
    )
    report = json.loads(ran.stdout)
    assert report["questions"] == 2
    assert report["index"]["documents"] == 2
    assert report["retrieval"]["recall_at_1"] == 1.0
    assert report["evidence"]["span_in_2_quotes"] == 1.0
    assert report["citations"]["verified"] == 1.0
    assert [outcome.id for outcome in read_outcomes(out)] == ["q1", "q2"]


def test_an_evaluation_that_is_broken_off_while_it_indexes_lets_go_of_its_index(
    folder: Path, tmp_path: Path
) -> None:
    def break_off(progress: Progress) -> None:
        if progress.step is Step.VECTORS:
            raise KeyboardInterrupt

    # What was raised knows the archive, which so does not go by itself.
    with pytest.raises(KeyboardInterrupt) as told:
        open_archive(folder, tmp_path, Settings(), break_off)
    other = Live(FolderHome(tmp_path / "index"))
    assert other.get().vectors.state == "chroma"
    other.close()
    assert told.tb is not None


def test_the_command_compares_with_an_earlier_run_and_shows_failures(folder: Path, tmp_path: Path) -> None:
    base = ["evaluate", str(folder), "--index", str(tmp_path / "kept"), "--scope", "archive"]
    out = str(tmp_path / "run.jsonl")
    assert CliRunner().invoke(app, [*base, "--out", out]).exit_code == 0
    ran = CliRunner().invoke(app, [*base, "--compare", out, "--failures", "5"])
    assert ran.exit_code == 0
    assert "95 % interval" in ran.stdout
    assert "+0.000" in ran.stdout


def test_a_resumed_run_asks_only_what_is_missing(folder: Path, tmp_path: Path) -> None:
    out, trace = tmp_path / "run.jsonl", tmp_path / "trace.jsonl"
    base = ["evaluate", str(folder), "--index", str(tmp_path / "kept"), "--out", str(out), "--json"]
    assert CliRunner().invoke(app, [*base, "--limit", "1"]).exit_code == 0
    ran = CliRunner().invoke(app, [*base, "--resume", "--trace", str(trace)])
    assert json.loads(ran.stdout)["questions"] == 2
    assert [outcome.id for outcome in read_outcomes(out)] == ["q1", "q2"]
    (traced,) = trace.read_text("utf-8").splitlines()
    assert json.loads(traced)["question"] == read_outcomes(out)[1].question


def test_the_share_of_unsupported_sentences_is_of_all_that_a_model_wrote() -> None:
    table = columns([replace(OUTCOME, written=3, unsupported=1), replace(OUTCOME, id="c", written=1)])
    assert figures(table)["model"]["unsupported"] == 0.25
    assert figures(columns([OUTCOME]))["model"]["unsupported"] is None
