"""What can go wrong with an extra that a person switched on."""

from __future__ import annotations

from crossdock.errors import BlockedError, RemoteError, UsageError


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
