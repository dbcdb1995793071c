"""Search, lookup and filtered search."""
