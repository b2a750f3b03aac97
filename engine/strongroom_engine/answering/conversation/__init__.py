"""A conversation: what a question leaves to the turns before it, and how it is made whole."""
