"""The parts of an open library that hold its stages together; `library.Library` is made of them."""
