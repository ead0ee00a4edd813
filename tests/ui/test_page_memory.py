"""What Gradio keeps of a page."""

import gc
from collections.abc import Callable

from gradio.state_holder import SessionState

from tests.askers import Asker
from tests.ui.conftest import Archive

QUESTIONS = 6
SESSION = "a1b2c3d4e5"


def test_no_earlier_answer_is_kept_with_a_page(archives: Callable[..., Archive]) -> None:
    asker = Asker(f"{archives().address}/es/")
    conversation = ""
    for _ in range(QUESTIONS):
        conversation = asker.ask("¿Quién es el canciller?", conversation, SESSION).conversation
    asker.close()
    states = [found for found in gc.get_objects() if isinstance(found, SessionState)]
    values = [
        config["props"].get("value") for state in states for config in state.config_values.values() if config
    ]
    assert states
    assert not any("Juan Ramón de la Fuente" in str(value) for value in values)
