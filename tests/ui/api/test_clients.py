"""Other libraries' clients of OpenAI's protocol, against the served archive."""

from langchain_openai import ChatOpenAI
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from tests.ui.conftest import Archive

QUESTION = "¿Dónde será la reunión ministerial?"


def test_llamaindex_talks_to_the_archive(archive: Archive) -> None:
    llm = OpenAILike(
        model="hemeroteca", api_base=f"{archive.address}/v1", api_key="any", is_chat_model=True, max_retries=0
    )
    own = archive.assistant.ask(QUESTION).text
    assert llm.chat([ChatMessage(role="user", content=QUESTION)]).message.content == own
    assert list(llm.stream_chat([ChatMessage(role="user", content=QUESTION)]))[-1].message.content == own


def test_langchain_talks_to_the_archive(archive: Archive) -> None:
    llm = ChatOpenAI(model="hemeroteca", base_url=f"{archive.address}/v1", api_key="any", max_retries=0)
    own = archive.assistant.ask(QUESTION).text
    assert llm.invoke(QUESTION).content == own
    assert "".join(str(chunk.content) for chunk in llm.stream(QUESTION)) == own
