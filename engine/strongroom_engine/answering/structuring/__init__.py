"""Answers in a form that was asked for: JSON, each value with its place."""
