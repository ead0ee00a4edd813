"""The language models that write prose: which one a setting means, one opened, and asked whether it answers."""
