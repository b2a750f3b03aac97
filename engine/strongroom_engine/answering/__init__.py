"""Question -> checked answer: search, prompt, ground, one stage a module, ordered by `pipeline`."""
