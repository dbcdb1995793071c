"""What `inspect` says, in words: for the screen, and as a page and a document in `reports/`.

============  =======================================================================
`inspection`  everything that is told of an export, in the order in which it is told
`verdict`     the headline, and the next step
`facts`       what the export is: account, moment, time zone, currency, tax
`objects`     objects and their fields, with shares, ranges and examples
`own`         the tenant's own fields, and the counts to compare with the source's screen
`findings`    findings by severity, those of one code together; questions with their commands
`words`       values as one line that no screen takes for a command; names of types
`writing`     `reports/inspect.html` and `reports/inspect.json`
============  =======================================================================

Screen and page are made from the same `Inspection`, so that they cannot say different things.
"""
