from __future__ import annotations

import sys
import time

import pytest

from fallline_site import progress


def test_step_is_announced_before_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.step("Fetching"):
        during = capsys.readouterr().out

    assert during == "Fetching …\n"


def test_log_gets_the_duration_of_a_step_longer_than_a_second(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with progress.step("Fetching"):
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 2.5)

    assert capsys.readouterr().out.splitlines()[-1] == "Fetching: 2.5 s"


def test_terminal_keeps_one_line_for_a_step(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    with progress.step("Fetching"):
        pass

    assert capsys.readouterr().out == "\r\x1b[KFetching …\r\x1b[KFetching (0.0 s)\n"


def test_step_that_fails_lets_its_error_through() -> None:
    with pytest.raises(ZeroDivisionError), progress.step("Dividing"):
        _ = 1 / 0


@pytest.mark.parametrize(
    ("size", "text"), [(106_366_595, "106 MB"), (2_916_023, "2.9 MB"), (17_931, "0.02 MB")]
)
def test_sizes_read_as_people_say_them(size: int, text: str) -> None:
    assert progress.megabytes(size) == text
