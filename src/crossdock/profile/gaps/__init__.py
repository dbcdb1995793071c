"""Gaps: what one would expect of an export, and what it lacks.

================  ========================================================================
`expected`        what one would expect of each object, from `expected.toml`
`lists`           objects that no file holds, with what the move loses
`columns`         columns that are absent, empty, or explained by nobody
`days`            when records came to be: files that end early, months without any
`numbers`         numbers that are missing, other than by deleting
`later`           references to records that are newer than their list
`texts`           texts that all end at one length
`ends`            last rows that end before the others do
`checks`          counts that a person compares with the screen, from `checks.toml`
`gaps`            all of it; what others call
================  ========================================================================

Some are findings of this room; the others are rules of `catalogue/gaps.toml`, over the tables
`gap_…` that this room makes and that live as long as the connection.
"""
