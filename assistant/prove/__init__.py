"""Whether what was written is so: citations resolved, facts judged, and what is thought of each sentence."""
