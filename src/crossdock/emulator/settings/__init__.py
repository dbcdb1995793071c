"""Selectors, fields, forms, activity types, tags, and the creation of fields."""
