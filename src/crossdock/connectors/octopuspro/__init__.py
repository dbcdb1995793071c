"""OctopusPro as a source of records.

No public page shows a real OctopusPro dump, so this room recognises exports by what stands in
their headers and values, never by file names alone.

=============  ======================================================================
`catalogue`    reads `objects.toml`: every object, its columns, their types, old words
`detection`    which file of an export is which object, and what the export says of itself
`source`       both together, as the contract in `connectors.base` wants it
`tenant/`      a made tenant: writes an export such as a customer would get
=============  ======================================================================
"""

from crossdock.connectors.octopuspro.source import OctopusPro

__all__ = ["OctopusPro"]
