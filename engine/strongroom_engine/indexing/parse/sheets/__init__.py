"""Spreadsheets and tables as text: rows as lines to be read, and the same as typed tables."""
