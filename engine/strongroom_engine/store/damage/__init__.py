"""A library that is damaged on disk: what is kept for that day, what can still be read, and the new one."""
