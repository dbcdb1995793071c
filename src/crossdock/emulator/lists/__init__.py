"""Marketing lists."""
