"""The commands of `hemeroteca`; `assistant.cli` is their table."""
