"""Runs the commands that stand in the documentation, and says what they printed.

A block fenced as `console` is a session: lines that begin with `$ ` are typed, the others are what
is printed. `crossdock` runs in this process, on a clock that takes the emulator's along instead of
waiting; `crossdock emulator` runs as the server that it is, until the page starts another one.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from crossdock.cli.app import app
from crossdock.model.times import VirtualClock

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
#: The port that pages name; a session gets a free one in its place.
PORT = "8089"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MAIN = [sys.executable, "-c", "from crossdock.cli import main; main()"]


@dataclass
class Step:
    """One typed command and the lines that the page shows below it."""

    command: str
    shown: list[str] = field(default_factory=list)


def steps(page: Path) -> Iterator[Step]:
    """Yield the commands of a page with the lines that the page says they print."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        step: Step | None = None
        for line in block.splitlines():
            if line.startswith("$ "):
                if step:
                    yield step
                step = Step(line[2:])
            elif step and step.command.endswith("\\"):
                step.command = step.command[:-1] + line.strip()
            elif step and line.strip(" …"):
                step.shown.append(line)
        if step:
            yield step


class SharedClock(VirtualClock):
    """A clock whose waits pass at once, here and in the emulator."""

    def __init__(self) -> None:
        super().__init__()
        self.emulator = ""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if self.emulator and seconds > 0:
            body = json.dumps({"seconds": seconds}).encode()
            with urllib.request.urlopen(f"{self.emulator}/emulator/clock", body):
                pass


class Session:
    """A terminal in a folder; close it to end the emulator."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SharedClock()
        self._server: subprocess.Popen[str] | None = None
        self._port = PORT

    def run(self, command: str) -> str:
        """Run a command of a page and return what it printed, with the port of the page."""
        command = command.replace(PORT, self._port)
        words = shlex.split(command, comments=True)
        if words[:2] == ["crossdock", "emulator"]:
            return self._emulator(words[1:])
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            os.environ[name] = value
            return ""
        printed = self._crossdock(words[1:]) if words[0] == "crossdock" else self._shell(command)
        return printed.replace(self._port, PORT)

    def close(self) -> None:
        """End the emulator as Ctrl-C does."""
        if self._server:
            self._server.send_signal(signal.SIGINT)
            self._server.communicate(timeout=20)
            self._server = None

    def _emulator(self, words: list[str]) -> str:
        self.close()
        self._server = subprocess.Popen(
            [*_MAIN, *words, "--port", self._port if self._port != PORT else "0"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout is not None
        url = self._server.stdout.readline().strip()
        assert url, f"crossdock {' '.join(words)} printed no address"
        self.clock.emulator = url.removesuffix("/crm/sales")
        self._port = self.clock.emulator.rpartition(":")[2]
        return url.replace(self._port, PORT)

    def _crossdock(self, words: list[str]) -> str:
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            done = CliRunner().invoke(app, words)
        finally:
            os.chdir(before)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    def _shell(self, command: str) -> str:
        """Run anything else, and crossdock where the page gives it an environment of its own."""
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.stdout + done.stderr


def missing(step: Step, printed: str) -> str:
    """Return the first shown line that was not printed in its place, or nothing.

    Of a line that the page breaks off with `…` its beginning counts.
    """
    lines = [_plain(line) for line in printed.splitlines()]
    for shown in step.shown:
        wanted, more = _plain(shown), shown.endswith("…")
        wanted = wanted.rstrip(" …,") if more else wanted
        found = [
            at
            for at, line in enumerate(lines)
            if line == wanted or (more and line.startswith(wanted))
        ]
        if not found:
            return shown
        lines = lines[found[0] + 1 :]
    return ""


def _plain(line: str) -> str:
    """Return a line without what differs between two runs: spaces, moments, requests, seconds."""
    line = re.sub(r"\d{4}-\d{2}-\d{2}T[\d:.+]+", "MOMENT", line)
    line = re.sub(r"[\d,]+ requests", "N requests", line)
    line = re.sub(r"\b[\d,.]+ s\b", "N s", line)
    return " ".join(line.split())
