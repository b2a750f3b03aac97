"""Spreadsheets as typed tables, asked in SQL."""
