"""The plan: the destination records that would be written, checked and costed. Nothing is sent.

============  ====================================================================
`compile`     mapping lines become SQL; each entity becomes a table `plan.<entity>`
`existing`    what the destination already holds: matched, not written again
`checks`      records that cannot be loaded are found here, at no request
`money`       the money table: what the source says, what the plan carries
`cost`        requests, and hours at each of the destination's plans
`plan`        all of the above; what others call
============  ====================================================================

Each `plan.<entity>` has: `seq` (load order), `source_key`, `action` (create, match, reject),
`reason`, `destination_id` (of a match), `payload` (JSON in the destination's words, with
references), `digest` (of the payload).
"""
