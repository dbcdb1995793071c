"""Benchmarks that a later change can be compared with."""
