"""What this machine can run, and what runs it: hardware, catalogue, planner, embedder, generator."""
