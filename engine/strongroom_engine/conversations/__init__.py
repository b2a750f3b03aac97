"""Conversations that are kept: asked in, found again, exported with their citations."""
