"""Makes multilingual-e5-small's files from what the mirror has; numpy is all it needs.

The repository holds the model's graph without its weights, and its tokenizer without the
vocabulary (`assets/embedding/multilingual-e5-small`, made by exporter/export_e5.py). What is
missing is computed here from one file of 72 MB. Every step is plain float32 arithmetic, element
by element, so that each machine makes the same bytes; their SHA-256 is in the model's card.
"""

from __future__ import annotations
