"""The reader: a document's page with the cited words marked."""
