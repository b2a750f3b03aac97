"""Reading a document of the library: its pages, its text, where words stand in it."""
