"""The mapping: which field becomes which, proposed, reviewed, and confirmed by a person.

==============  ======================================================================
`document`      mapping.toml as objects: lines, policies, value maps; reading, writing
`transforms`    the named transforms, as SQL
`target`        the destination's schema as tables `dest.*`, kept in the project
`shaping`       staged rows into the route's tables; every row accounted for
`tenant_fields` the fields a tenant made for itself, with their types and choices
`propose`       the route's default plus this tenant's own fields and values
`confirm`       a person's signature over lines and both schemas; checking it
==============  ======================================================================

Nothing is loaded from a mapping that is not confirmed, or that changed since.
"""
