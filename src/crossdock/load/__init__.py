"""Loading: phases in dependency order, each closed by a gate before the next begins.

===========  ======================================================================
`runner`     a whole run: every phase, resumed where an earlier one stopped
`phase`      one entity: batches, intent before request, outcome after
`parking`    records that will be loaded without their owner, who has no user yet
`handover`   those records are given to their owner once he has one
`doubt`      writes whose answer was lost: looked up before anything is sent again
`gate`       what was read = what arrived; the destination itself is asked
===========  ======================================================================

A second run of the same plan finds everything in the ledger and writes nothing.
"""
