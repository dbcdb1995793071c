"""What was sent to a model and what it answered: kept, whole, where a person finds it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossdock.errors import SettingsError
from crossdock.mapping.proposing.extras.sending import INSTRUCTIONS, Request, sha256
from crossdock.project import write_text

FILE = "model-proposals.json"


class Record:
    """`reports/model-proposals.json`: one entry for each message that left this computer.

    An entry is written before its message is sent, so that nothing is sent without one. Raises
    SettingsError when the file is there and cannot be read.
    """

    def __init__(self, reports: Path) -> None:
        self.path = reports / FILE
        self.entries: list[dict[str, Any]] = _entries(self.path)

    def sending(self, model: str, agreed_by: str, message: Request) -> None:
        """Note a message that is about to be sent; the time is UTC."""
        self.entries.append(
            {
                "time": _now(),
                "provider": model.partition(":")[0],
                "model": model.partition(":")[2],
                "agreed_by": agreed_by,
                "instructions": INSTRUCTIONS,
                "sent": message.text,
                "sent_sha256": sha256(message.text),
            }
        )
        self._write()

    def answered(self, messages: list[Any], failure: str = "") -> None:
        """Note the conversation that the last message began, as the client kept it."""
        self.entries[-1] |= {
            "answered_at": _now(),
            "conversation": messages,
            "conversation_sha256": sha256(json.dumps(messages, ensure_ascii=False)),
            "failure": failure,
        }
        self._write()

    def _write(self) -> None:
        write_text(self.path, json.dumps(self.entries, indent=2, ensure_ascii=False) + "\n")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        entries = str(error)
    if not isinstance(entries, list):
        raise SettingsError(
            f"{path} cannot be read, and it should tell what was sent to a model before.",
            next_command=f"rename {path}, then run the same command again",
        )
    return entries
