"""The benchmark measures what it says: every row is staged, and figures come as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_benchmark_loses_no_row_and_prints_json() -> None:
    words = [sys.executable, "-m", "bench.spine", "--bookings", "100", "--load-seconds", "60"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    [result] = json.loads(done.stdout)["results"]
    parity = result["row_parity"]
    assert parity["in_files"] == parity["staged"] + parity["rejected"]
    assert result["load"]["count"] == result["plan"]["count"]
    assert result["load"]["cut"] is None
