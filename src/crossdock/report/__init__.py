"""Reports: what a person opens, and what a script reads.

============  =======================================================================
`evidence`    everything a report says, as one JSON document, from plan, ledger, read-back
`lists`       CSV files to act on: the review list, rejected records
`html`        the evidence as one self-contained page
`report`      all of the above into the project's `reports/`; what others call
============  =======================================================================
"""
