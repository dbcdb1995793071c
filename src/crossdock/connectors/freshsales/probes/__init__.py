"""Probes: small questions to an account, and where two accounts answer differently.

What is publicly known of Freshsales leaves questions open. A probe asks one of them; asked of two
accounts, the answers can be compared, and what differs is something to correct.

==============  ====================================================================
`known`         what must be known of an account to compare it: plan, currency
`probe`         a question and what was answered
`shapes`        answers without their values: keys, types, masked texts
`asker`         sends a probe's requests and writes down what came back
`reading`       the probes that change nothing
`reads`         the small functions that they use
`writing`       the probes that create records of their own; `write_...` their functions
`trail`         what was created, and deleting it again
`runner`        asks probe after probe
`comparison`    where two accounts differ
==============  ====================================================================

An observation holds no data of a customer: statuses, names of headers, keys and types of bodies,
and values that a probe names one by one, being words of Freshsales or of our own making.
"""

from crossdock.connectors.freshsales.probes.asker import Asker
from crossdock.connectors.freshsales.probes.comparison import Difference, compare
from crossdock.connectors.freshsales.probes.known import Known, learn
from crossdock.connectors.freshsales.probes.probe import Observation, Probe
from crossdock.connectors.freshsales.probes.reading import READING
from crossdock.connectors.freshsales.probes.runner import SILENT, ask_all, new_marker
from crossdock.connectors.freshsales.probes.trail import Left, Trail
from crossdock.connectors.freshsales.probes.writing import WRITING

__all__ = [
    "READING",
    "SILENT",
    "WRITING",
    "Asker",
    "Difference",
    "Known",
    "Left",
    "Observation",
    "Probe",
    "Trail",
    "ask_all",
    "compare",
    "learn",
    "new_marker",
]
