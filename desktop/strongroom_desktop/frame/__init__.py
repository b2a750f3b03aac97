"""The window itself: its regions put together, its menus and keys, and what outlives it."""
