"""The words of the field as types. This room imports nothing of ours.

=================  ================================================================
`fields`           what a field can hold: types, choices, limits; an entity's schema
`references`       how one record names another before either has an id
`money`            decimals with their currency, and splitting to the cent
`times`            clocks that can be passed in, and zones
`findings`         something true that a person should know, with its code and remedy
`outcomes`         what became of a record: the buckets, and the equation they obey
`wording`          a count and what it counts, in words
`faults`           named places where a test may make the program die
=================  ================================================================
"""
