"""The conversation: questions, answers that stream, citations, and what an answer rests on."""
