"""OctopusPro, as the contract of a source wants it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crossdock.connectors.base import Declared, Recognised, Sample, SourceObject
from crossdock.connectors.documents import DocumentList
from crossdock.connectors.octopuspro import catalogue, document, headers, manifest, recognition

#: Media lie in folders named after the record that they belong to (inferred).
_RECORD = re.compile(r"(?:INQ|EST|BOK|INV)-\d+", re.IGNORECASE)


class OctopusPro:
    """The field-service system that records come from."""

    name = "octopuspro"

    def objects(self) -> Sequence[SourceObject]:
        """Return every object that an export can hold."""
        return catalogue.objects()

    def recognise(self, sample: Sample, only: str = "") -> Recognised | None:
        """Return what a table is, by its headers and values."""
        return recognition.recognise(sample, only)

    def own_column(self, header: str, place: int) -> str:
        """Return what the column of a tenant's own field is called, by its header."""
        return headers.own_name(header, place)

    def declared(self, content: object) -> Declared | None:
        """Return what a parsed JSON document states as the export's manifest."""
        return manifest.declared(content)

    def document_lists(self) -> Sequence[DocumentList]:
        """Return the lists of the job-centred document."""
        return document.lists()

    def record_folder(self, name: str) -> bool:
        """Return whether a folder is named after an inquiry, quote, booking or invoice."""
        return _RECORD.fullmatch(name) is not None
