"""Documents of office programs, and books: read from their packages, without these programs."""
