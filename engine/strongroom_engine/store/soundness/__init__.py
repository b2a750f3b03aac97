"""Whether the parts of the index agree, document by document, and making them agree."""
