"""One stage's parts: what raises the right passage above the others."""
