"""Questions that the index itself answers: exact numbers and whole lists, and nothing guessed."""
