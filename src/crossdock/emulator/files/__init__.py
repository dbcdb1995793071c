"""Documents and links on records."""
