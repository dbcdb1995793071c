"""Reports: what a person opens, and what a script reads.

============  =======================================================================
`evidence`    everything a report says, as one JSON document, from plan, ledger, read-back
`lists`       CSV files to act on: the review list, rejected records
`rows`        the account of every row of the export, after what really happened to it
`html`        self-contained pages; `templates/` holds their parts
`page`        what the templates show: sums, groups, labels
`verdict`     the headline
`sankey`      the picture of the flow
`labels`      plain words for objects, entities, fields; `wording` for numbers and moments
`report`      all of the above into the project's `reports/`; what others call
`inspection/` what `inspect` says, for the screen and as a page
============  =======================================================================
"""
