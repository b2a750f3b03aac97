"""What everything looks like: the design's values, fonts, icons, style, and the theme made of them."""
