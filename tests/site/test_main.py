from __future__ import annotations

from pathlib import Path

import pytest

from fallline_site import __main__ as entry


def test_foreseen_failure_is_a_message_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "LOCK", tmp_path / "runtime.lock.json")

    code = entry.main(["fetch"])

    assert code == 1
    assert capsys.readouterr().err.startswith(f"error: {tmp_path / 'runtime.lock.json'} is missing")


def test_interrupt_says_that_a_second_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "read_lock", interrupt)

    code = entry.main(["fetch"])

    assert code == 130
    assert "what was fetched so far is kept" in capsys.readouterr().err


def test_package_without_a_version_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = entry.main(["relock", "param"])

    assert code == 1
    assert "NAME==VERSION, got 'param'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "serve", "check", "fetch", "relock"])
def test_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        entry.main([command, "--help"])

    assert end.value.code == 0
    assert command in capsys.readouterr().out
