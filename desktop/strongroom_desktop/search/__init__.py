"""The ask field and the hits beneath it while one types."""
