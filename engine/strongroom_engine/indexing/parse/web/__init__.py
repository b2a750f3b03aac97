"""Web pages: what a reader of the page sees."""
