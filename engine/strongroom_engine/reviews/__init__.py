"""Reviews: many questions over many documents, with the files they are read from and written to."""
