"""Who leaves the page while it answers: the question stays, and nobody is said to be at it any more."""

import asyncio
from contextlib import aclosing

import gradio as gr
import pytest
from starlette.requests import Request

from assistant import Assistant
from ui.access.throttle import limits_of
from ui.access.visitor import Visitor, Way
from ui.chat import ChatPanel
from ui.conversations import Conversations
from ui.desk import Desk
from ui.drawing import Pen
from ui.texts import load_texts
from ui.turns import TurnStage

MINISTER = "¿Quién es el canciller de México?"


async def ask_and_leave(assistant: Assistant, steps: int) -> list[TurnStage]:
    """Ask as the page does and leave after so many steps; the stages of the turns then."""
    conversations = Conversations(assistant.conversation)
    with gr.Blocks():
        panel = ChatPanel(
            Desk(assistant, Pen(load_texts("es"))), conversations, limits_of(assistant.settings)
        )
    own = conversations.of("")
    conversation = own.opened("")
    asked = Request({"type": "http", "headers": [], "state": {"visitor": Visitor("", Way.OPEN)}})
    async with aclosing(panel.ask(MINISTER, conversation, "", "", gr.Request(asked))) as answer:
        for _ in range(steps):
            await anext(answer)
    return [turn.stage for turn in own.turns(conversation)]


@pytest.mark.parametrize("steps", [1, 2])  # before the answer is begun, and within it
def test_a_question_whose_reader_leaves_counts_as_stopped(assistant: Assistant, steps: int) -> None:
    assistant.sync()
    assert asyncio.run(ask_and_leave(assistant, steps)) == [TurnStage.STOPPED]
