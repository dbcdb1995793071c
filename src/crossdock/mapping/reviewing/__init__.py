"""A person goes through the mapping: what there is to look at, and what is decided.

==============  ======================================================================
`filters`       which lines: by object, entity, status, confidence, words
`decisions`     accept, reject, leave out, all sure ones: a mapping in, a mapping out
`changes`       another target, transform or value map entry, checked before it is taken
`targets`       which fields a line may go to, and how a value gets there
`claims`        the proposal that a header is a column that the export's lists always have
`previews`      values before and after, those that would be lost, what a value map does
`alarms`        columns without a place, fields that are demanded and unfilled
`summary`       how many lines there are of each kind, before a person signs
==============  ======================================================================

Nothing here prints or asks: the terminal does, and a page can do the same. Every decision is
written into its line with who took it and when.
"""
