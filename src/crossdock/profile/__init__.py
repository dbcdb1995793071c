"""The profile: what the data is, before anybody decides what becomes of it.

================  ============================================================================
`fields`          per field: type, how many values and different ones, lengths, range, examples
`columns`         what `fields` asks of a staged table
`custom_fields/`  the fields that the tenant made for itself
`gaps/`           what one would expect of an export, and what it lacks
`identity/`       who is the same, what leads nowhere, which bookings are a series
`rules`           the rules of `catalogue/` as findings: one SQL question each, with its remedy
`profile`         all of it, with the questions that intake left open; what others call
================  ============================================================================
"""
