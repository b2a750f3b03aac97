"""The command line's commands, a module a family of them; `cli` puts them together."""
