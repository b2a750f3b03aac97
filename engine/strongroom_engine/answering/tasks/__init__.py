"""What can be done with documents beyond answering a question: one module a task."""
