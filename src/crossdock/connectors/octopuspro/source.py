"""OctopusPro, as the contract of a source wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crossdock.connectors.base import ExportLayout, SourceObject
from crossdock.connectors.octopuspro import catalogue, detection


class OctopusPro:
    """The field-service system that records come from."""

    name = "octopuspro"

    def objects(self) -> Sequence[SourceObject]:
        """Return every object that an export can hold."""
        return catalogue.objects()

    def detect(self, folder: Path) -> ExportLayout:
        """Recognise the files of an unpacked export."""
        return detection.detect(folder)
