"""What an answer says, and what of it the sources bear out."""
