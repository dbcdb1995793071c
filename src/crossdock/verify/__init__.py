"""Verification: what the destination really holds, against what the plan said.

============  =======================================================================
`readback`    everything of an entity, page by page, into `seen.<entity>`
`compare`     each mapped field of each record, in one class each
`money`       the money table, source against destination, to the cent
`verify`      all of the above; what others call
============  =======================================================================

The load's gates use `readback` too: no phase is called done because a request was answered well.
"""
