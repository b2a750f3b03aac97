"""Text recognition (OCR): the picture of a page -> its text, and where each character stands."""
