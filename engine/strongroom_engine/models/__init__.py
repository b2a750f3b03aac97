"""What this machine can run, and what runs it."""
