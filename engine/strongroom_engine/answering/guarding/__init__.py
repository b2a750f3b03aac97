"""Text in documents is data: what in it is meant for a machine, and what may go out."""
