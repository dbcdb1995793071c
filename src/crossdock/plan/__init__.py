"""The plan: the destination records that would be written, checked and costed. Nothing is sent.

============  ====================================================================
`plan`        makes the plan; what others call
`compile`     mapping lines become SQL; each entity becomes a table `plan.<entity>`
`values`      what the destination takes of a value, and what it does not
`problems`    values that do not arrive as they are, counted
`rules`       why a record cannot be loaded, each reason with a code
`references`  links between records: each must lead somewhere
`unique`      values that must differ, within the plan and at the destination
`existing`    what the destination already holds: matched, not written again
`checks`      the findings about the plan
`summary`     counts, requests, hours, rejects: `made.Plan`
`cost`        requests, and hours at each of the destination's plans
`history`     the same under the other ways of keeping the history
`storage`     the room for files
`fires`       rules that would fire while records are written; `switch_off` is the checklist
`facts`       what is found out once and kept with the plan
`money`       the money table: what the source says, what the plan carries
============  ====================================================================

Each `plan.<entity>` has: `seq` (load order), `source_key`, `action` (create, match, reject),
`reason`, `destination_id` (of a match), `payload` (JSON in the destination's words, with
references), `digest` (of the payload).
"""
