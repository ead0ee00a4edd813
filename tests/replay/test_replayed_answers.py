"""The whole path with a model, on the replies of a strong one: asked, shown what it needs, and shown to the reader."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from assistant import Assistant, Settings
from assistant.answer import Answer
from tests.conftest import SEED
from tests.replay.server import HERE, Question, ReplayServer, chain, questions

QUESTIONS = questions()


@pytest.fixture(scope="module")
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as replaying:
        yield replaying


@pytest.fixture(scope="module")
def replayed(server: ReplayServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the shipped and the made-up documents, indexed once."""
    folder = tmp_path_factory.mktemp("replayed")
    shutil.copytree(SEED, folder / "documents")
    shutil.copytree(HERE / "documents", folder / "documents", dirs_exist_ok=True)
    settings = Settings(
        documents=folder / "documents",
        index=folder / "index",
        conversations=folder / "conversations.sqlite3",
        engine="openai",
        base_url=server.url,
        model="m",
    )
    with Assistant(settings) as assistant:
        assistant.sync()
        yield assistant


@pytest.fixture(scope="module")
def answer_to(replayed: Assistant) -> Callable[[Question], Answer]:
    """Asks a question, behind those that it follows in a conversation, once."""

    @cache
    def asked(id_: str) -> Answer:
        conversation = replayed.conversation()
        return [conversation.ask(each.question) for each in chain(QUESTIONS, id_)][-1]

    return lambda question: asked(question.id)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_good_reply_reaches_the_reader_with_its_proof(
    answer_to: Callable[[Question], Answer], question: Question
) -> None:
    answer = answer_to(question)
    assert answer.answered is not question.refuses and answer.fallback is None
    assert not [words for words in question.shows if words not in answer.text]
    assert not [words for words in question.hides if words in answer.text]
    left_out = " ".join(dropped.text for dropped in answer.dropped)
    assert not [words for words in question.left_out if words not in left_out]
    assert all(citation.verified for citation in answer.citations)
    assert answer.usage is not None and answer.usage.calls <= (3 if question.follows else 2)
    assert answer.sure and answer.engine == "openai"


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS.values() if q.cited and not q.left_out], ids=lambda q: q.id
)
def test_what_a_good_reply_rests_on_is_what_the_reader_is_shown(
    answer_to: Callable[[Question], Answer], question: Question
) -> None:
    quotes = [citation.quote for citation in answer_to(question).citations]
    assert not [words for words in question.cited if not any(words in quote for quote in quotes)]


def test_orders_in_a_document_do_not_even_reach_the_model(replayed: Assistant, server: ReplayServer) -> None:
    replayed.ask(QUESTIONS["spare-relays"].question)
    prompt = server.prompt(-1)
    assert "cabinet 7" in prompt and "ZORZALINA" not in prompt
