"""Who may open a library: its key, its header, its lock."""
