"""The language models that write prose: which one a setting means, and one opened."""

from assistant.llms.choice import EngineChoice, choose_engine
from assistant.llms.opening import open_llm

__all__ = ["EngineChoice", "choose_engine", "open_llm"]
