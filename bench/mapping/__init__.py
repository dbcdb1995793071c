"""How good the proposer is, on labelled lists; nothing here needs a network.

============  ======================================================================
`labels`      labelled lists: what each column of a made-up list is
`account`     an account's standard fields, as the emulator has them
`measure`     the proposer on lists, compared with the labels
`calibrate`   from the lists for tuning to the confidence that a proposal has
============  ======================================================================

`labels/tune` is for building the proposer. `labels/held` is for figures only: nobody looks at what
it gets wrong, and no word of it is taken into the dictionary.
"""
