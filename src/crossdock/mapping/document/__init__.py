"""mapping.toml as objects. The file is for people: one block per field, with its reason.

===========  ======================================================================
`model`      lines, new fields, policies, value maps: what a mapping file says
`places`     on which line of the file each thing stands
`reading`    from text to objects; everything that is not as it should be is named
`checking`   unknown keys, wrong types, two columns for one field
`writing`    from objects to text; a person's comments stay where they are
`schema`     the JSON Schema, so that editors complete the file
===========  ======================================================================
"""

from crossdock.mapping.document.model import (
    CONFIRMED,
    CUSTOM,
    NEEDS_DECISION,
    PROPOSED,
    REJECTED,
    Line,
    Mapping,
    NewField,
)
from crossdock.mapping.document.reading import parse, read
from crossdock.mapping.document.schema import SCHEMA_FILE, json_schema
from crossdock.mapping.document.writing import save, write

__all__ = [
    "CONFIRMED",
    "CUSTOM",
    "NEEDS_DECISION",
    "PROPOSED",
    "REJECTED",
    "SCHEMA_FILE",
    "Line",
    "Mapping",
    "NewField",
    "json_schema",
    "parse",
    "read",
    "save",
    "write",
]
