"""What Gradio is told to forget, so that a page that is open all day does not make the server grow."""

from typing import Any

from gradio.state_holder import SessionState


def keep_no_values() -> None:
    """Keep none of a page's values for Gradio's deep links, which this page does not offer.

    Gradio files them by the component's number and gives an updated component a new one, so that every
    conversation would be kept once for each of its questions.
    """
    SessionState._update_value_in_config = _keep_nothing  # type: ignore[assignment, method-assign]


def _keep_nothing(state: SessionState, key: int, value: Any) -> None:
    pass
