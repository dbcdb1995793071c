"""Quotes and other documents on deals."""
