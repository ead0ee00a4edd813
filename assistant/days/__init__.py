"""Calendar days in answers: beside the words, in timelines, in calendar files."""
