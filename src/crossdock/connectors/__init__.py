"""Connectors: one folder per outside system, all of them behind the contracts in `base`.

`octopuspro/`   a source: objects, vocabularies, header aliases, export shapes, made tenants
`freshsales/`   a destination: client, bulk jobs, budget, fields, users
"""
