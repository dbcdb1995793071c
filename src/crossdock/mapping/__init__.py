"""The mapping: which field becomes which, proposed, reviewed, and confirmed by a person.

==============  ======================================================================
`target`        the destination's schema as tables `dest.*`, kept in the project
`shaping`       staged rows into the route's tables; every row accounted for
`document`      mapping.toml as objects: lines, policies, value maps; reading, writing
`transforms`    the named transforms, and SQL expressions that can do no harm
`tenant_fields` the fields a tenant made for itself, with their types and choices
`places`        where each column of the export goes; which have no place
`proposing`     what a column is: names, types, values, structure; how sure that is
`taking_over`   a line for each of the tenant's own fields: an existing field, a new one, a question
`propose`       the route's default plus this tenant's own fields and values
`samples`       values as the source has them, for a person to look at
`merging`       a new proposal, and what a person decided on the last one
`reviewing`     what a person sees and decides, line by line
`validating`    what the file names must exist and work
`snapshot`      both schemas as they were, and what changed in them
`confirm`       a person's signature over lines and both schemas; checking it
`versions`      each file that was signed or replaced
`differences`   what changed between two versions, in words
==============  ======================================================================

Nothing is loaded from a mapping that is not confirmed, or that changed since.
"""
