"""The language models that write prose: which one a setting means, one opened, and asked whether it answers."""

from assistant.llms.choice import EngineChoice, choose_engine
from assistant.llms.opening import open_llm
from assistant.llms.probe import probe, read

__all__ = ["EngineChoice", "choose_engine", "open_llm", "probe", "read"]
