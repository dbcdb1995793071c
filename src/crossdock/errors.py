"""Every error, grouped by what the reader should do next.

===============  ==========================================  =========
group            what the reader does                        exit code
===============  ==========================================  =========
`BlockedError`   decide or repair something, then go on      1
`UsageError`     correct the command or the settings         2
`RemoteError`    look at the destination or the network      3
`GateError`      look at the numbers that do not balance     4
===============  ==========================================  =========

An error says what happened, to which record, what was and was not written, and the exact next
command. The class docstring is the general explanation and stands in `docs/reference/errors.md`;
the message is about the case at hand.
"""

from __future__ import annotations

from typing import ClassVar


class CrossdockError(Exception):
    """Something a person can act on. Never raised itself; see the groups."""

    code: ClassVar[str] = "E000"
    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, *, next_command: str, written: str = "Nothing was written."
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_command = next_command
        self.written = written

    def __str__(self) -> str:
        return f"[{self.code}] {self.message} {self.written} Next: {self.next_command}"

    def as_json(self) -> dict[str, str]:
        """Return the error as `--json` prints it."""
        return {
            "code": self.code,
            "message": self.message,
            "written": self.written,
            "next": self.next_command,
        }


class BlockedError(CrossdockError):
    """A decision or a repair is needed before the next step. Exit code 1."""

    exit_code = 1


class UsageError(CrossdockError):
    """The command, a path or a setting is not right. Exit code 2."""

    exit_code = 2


class RemoteError(CrossdockError):
    """The destination or the network did not do its part. Exit code 3."""

    exit_code = 3


class GateError(CrossdockError):
    """Numbers that must balance do not. Exit code 4."""

    exit_code = 4


# --- the export -----------------------------------------------------------------------------


class ExportNotFoundError(UsageError):
    """The path that should hold the export does not exist."""

    code = "E101"


class ExportEmptyError(UsageError):
    """The export folder or archive holds no file at all."""

    code = "E102"


class ExportUnrecognisedError(UsageError):
    """There are files, but none of them looks like a part of an OctopusPro export."""

    code = "E103"


class ExportUnreadableError(UsageError):
    """A file of the export cannot be read: a damaged archive, or text in no known encoding."""

    code = "E104"


class ExportIncompleteError(BlockedError):
    """The export has no file for an object of the route, and nobody has said that this is right."""

    code = "E105"


class RowsLostError(GateError):
    """A file holds more rows than were staged or rejected. Never ignored, never overridden."""

    code = "E107"


class QuestionOpenError(BlockedError):
    """The data leaves something open that only a person can decide, such as the order of dates."""

    code = "E108"


class ExportTooLargeError(UsageError):
    """Unpacking the export would take more than a limit allows: disk, files, folders, depth."""

    code = "E109"


# --- the project ----------------------------------------------------------------------------


class ProjectMissingError(UsageError):
    """The folder is no Crossdock project: it has no crossdock.toml."""

    code = "E110"


class ProjectExistsError(UsageError):
    """The folder already holds something that a new project would overwrite."""

    code = "E111"


class SettingsError(UsageError):
    """crossdock.toml cannot be read, or a setting in it is not one of the allowed values."""

    code = "E112"


class AnswerError(UsageError):
    """The answer does not belong to an open question, or is none of its choices."""

    code = "E113"


class ProjectBusyError(UsageError):
    """Another Crossdock process is working on this project."""

    code = "E114"


class ProjectPlaceError(UsageError):
    """A project cannot be made at this place: it is inside the export, or may not be written."""

    code = "E115"


# --- the mapping ----------------------------------------------------------------------------


class MappingMissingError(BlockedError):
    """There is no mapping file yet."""

    code = "E120"


class MappingUnconfirmedError(BlockedError):
    """The mapping has lines that nobody has confirmed. No record moves before that."""

    code = "E121"


class MappingChangedError(BlockedError):
    """The mapping, the export's columns or the destination's fields changed after confirmation."""

    code = "E122"


class MappingInvalidError(UsageError):
    """The mapping file names a column, a transform or a target that does not exist."""

    code = "E123"


class ConfirmationError(UsageError):
    """A person was to say yes, and did not."""

    code = "E124"


class ColumnsUnplacedError(BlockedError):
    """Columns of the export hold values and have no place in the mapping.

    Each gets a line, or a person leaves it out by name: nothing is lost by oversight.
    """

    code = "E125"


class TargetsUnfilledError(BlockedError):
    """The destination demands fields that no line of the mapping fills."""

    code = "E126"


class ReviewError(UsageError):
    """A decision about the mapping cannot be taken as it was given.

    The line, the field or the value is not there, or another line fills the field already. The
    mapping file stays as it was.
    """

    code = "E127"


# --- what helps to propose ------------------------------------------------------------------


class ExtraMissingError(UsageError):
    """An extra is switched on in crossdock.toml, but its package is not installed."""

    code = "E131"


class ExtraUnusableError(UsageError):
    """An extra is switched on, but its path, model or the provider's key is not right."""

    code = "E132"


class ModelNotAgreedError(BlockedError):
    """Nobody agreed to what would be sent to a model, or it is not what was agreed to."""

    code = "E133"


class ModelFailedError(RemoteError):
    """The provider of a model gave no usable answer. The proposal goes on without the model."""

    code = "E331"


# --- the destination ------------------------------------------------------------------------


class DestinationUnsetError(UsageError):
    """No destination URL is set in crossdock.toml."""

    code = "E301"


class KeyMissingError(UsageError):
    """No API key was given. It is read from the environment, never from a file of the project."""

    code = "E302"


class UnreachableError(RemoteError):
    """The destination did not answer at all."""

    code = "E303"


class KeyRefusedError(RemoteError):
    """The destination answered, and does not accept the API key."""

    code = "E304"


class PermissionRefusedError(RemoteError):
    """The key is valid but its user may not do this at the destination."""

    code = "E305"


class RefusedError(RemoteError):
    """The destination answered with an error that is about the request and not about a record."""

    code = "E306"


class OverloadedError(RemoteError):
    """The destination kept answering 'too many requests' or failing, longer than we wait."""

    code = "E307"


class DoubtError(BlockedError):
    """A write's answer was lost, and the destination has no way to be asked about the record."""

    code = "E309"


class FieldsMissingError(BlockedError):
    """Custom fields that the confirmed mapping writes to do not exist at the destination."""

    code = "E310"


class UsersMissingError(BlockedError):
    """Field workers who own records have no user at the destination, and no API can create one."""

    code = "E311"


class PlanUnfitError(BlockedError):
    """The destination's plan does not allow as many custom fields as the mapping needs."""

    code = "E312"


class DefaultOwnerError(BlockedError):
    """The default owner that the mapping names is no active user at the destination."""

    code = "E313"


# --- the gates ------------------------------------------------------------------------------


class GateUnbalancedError(GateError):
    """A phase is done, and what was read is not what arrived. The next phase does not begin."""

    code = "E401"


class VerificationError(GateError):
    """The destination does not hold what the plan said."""

    code = "E402"
