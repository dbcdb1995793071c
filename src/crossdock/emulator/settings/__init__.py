"""Selectors, fields, forms, and the creation of fields."""
