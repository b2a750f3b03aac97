"""PDF: text and structure of its pages, and where each character stands on them."""
