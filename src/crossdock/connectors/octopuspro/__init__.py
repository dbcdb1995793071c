"""OctopusPro as a source of records.

No public page shows a real OctopusPro dump, so this room recognises exports by what stands in
their headers and values, never by file names alone.

==============  =====================================================================
`catalogue`     reads `objects.toml`: every object, its columns, their types, old words
`recognition`   what a table of an export is, by its headers and values
`headers`       which column of an object a header stands for
`detailed`      lists that repeat a record on each of its lines
`manifest`      what an export says of itself
`source`        both together, as the contract in `connectors.base` wants it
`tenant/`       a made tenant: writes an export such as a customer would get
==============  =====================================================================
"""

from crossdock.connectors.octopuspro.source import OctopusPro

__all__ = ["OctopusPro"]
