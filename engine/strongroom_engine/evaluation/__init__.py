"""Question sets, metrics and the report: how good retrieval and answers are."""
