"""The mess cabinet: what real exports have and clean ones do not.

=============  ==============================================================
`cabinet`      what a trick is, how one is registered, planted and counted
`light`        level 1: duplicates, dangling references, hand-edited numbers
`grown`        level 2: two date formats, odd words, money as text, relabelling
`excel`        level 3: zeros lost, encodings, delimiters, rows that are no rows
=============  ==============================================================

Levels add up. Damage to bytes comes after the manifest was written, as it does in life: the
manifest's digests are those of the files as they left the source.
"""

from crossdock.connectors.octopuspro.tenant.mess import excel, grown, light
from crossdock.connectors.octopuspro.tenant.mess.cabinet import CABINET, Planted, damage, plant

__all__ = ["CABINET", "Planted", "damage", "excel", "grown", "light", "plant"]
