"""The page's plain JavaScript, by Node's own test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name.partition(".")[0])
def test_javascript_does_what_its_own_tests_claim(script: Path) -> None:
    # Which words another Node would report in is its own affair.
    command = ["node", "--test", "--test-reporter=tap", str(script)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 0" not in done.stdout


def test_every_script_of_tests_is_found() -> None:
    assert {path.name for path in SCRIPTS} >= {
        "choice.test.mjs",
        "number_scale.test.mjs",
        "numbers.test.mjs",
        "spread.test.mjs",
    }
