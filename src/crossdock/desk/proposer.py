"""Who proposes what unknown columns are: the program alone, or with what a person turned on.

Embeddings work on this computer and are used as soon as the settings name them. A model is asked
only when a person wants it this time, and agreed to the words that would be sent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from crossdock.desk.workbench import Workbench
from crossdock.errors import SettingsError
from crossdock.mapping.proposing import ALWAYS_ON, Asked, ColumnProposal, propose_columns
from crossdock.mapping.proposing.scorer import Scorer

#: Shown what would be sent, and its digest, returns whether to send it.
Consent = Callable[[str, str], bool]


@dataclass(slots=True)
class Extras:
    """The proposer with what the settings and a person turned on.

    `consent` is asked before a model is; without one no model is asked. `by` is who agrees;
    `choices_of` are headers of picklists whose choices may be sent. `warnings` are what went wrong.
    """

    bench: Workbench
    consent: Consent | None = None
    by: str = ""
    choices_of: Collection[str] = ()
    warnings: list[str] = field(default_factory=list)

    def __call__(self, lists: Sequence[Asked]) -> list[ColumnProposal]:
        """Propose for each column of the lists. Raises the errors of the extras (E131 to E133)."""
        scorers = self._scorers()
        if self.consent is None or not lists:
            return _alone(lists, scorers)
        return self._with_model(lists, scorers, self.consent)

    def _scorers(self) -> Sequence[Scorer]:
        folder = self.bench.project.settings().embeddings
        if folder is None:
            return ALWAYS_ON
        from crossdock.mapping.proposing.extras.embeddings import open_embeddings

        return (*ALWAYS_ON, open_embeddings(folder))

    def _with_model(
        self, lists: Sequence[Asked], scorers: Sequence[Scorer], consent: Consent
    ) -> list[ColumnProposal]:
        from crossdock.mapping.proposing.extras.model import ask, open_model
        from crossdock.mapping.proposing.extras.recording import Record
        from crossdock.mapping.proposing.extras.sending import describe, digest, requests
        from crossdock.mapping.proposing.extras.together import propose_together

        name = self.bench.project.settings().model
        if not name:
            raise SettingsError(
                "No model is named in crossdock.toml.",
                next_command='write [proposer] model = "provider:model" into crossdock.toml',
            )
        model = open_model(name)
        messages = [
            message
            for one in lists
            for message in requests(one.profiles, one.places, self.choices_of)
        ]
        agreed = digest(name, messages)
        if not consent(describe(name, messages), agreed):
            self.warnings.append("Nothing was sent to a model; the program proposed alone.")
            return _alone(lists, scorers)
        record = Record(self.bench.project.reports)
        scorer, failed = ask(model, name, messages, record, agreed_to=agreed, agreed_by=self.by)
        self.warnings += [str(failure) for failure in failed]
        return [
            proposal
            for one in lists
            for proposal in propose_together(one.profiles, one.places, one.around, scorers, scorer)
        ]


def _alone(lists: Sequence[Asked], scorers: Sequence[Scorer]) -> list[ColumnProposal]:
    return [
        proposal
        for one in lists
        for proposal in propose_columns(one.profiles, one.places, one.around, scorers)
    ]
