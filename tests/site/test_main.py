from __future__ import annotations

from pathlib import Path

import pytest

from fallline_site import __main__ as entry
from fallline_site import frontend
from fallline_site import relock as relocking
from fallline_site.errors import BuildError
from fallline_site.lock import Lock, RuntimeFile, Source, read_lock


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


def test_bokeh_that_npm_lacks_leaves_the_runtime_lock_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(site: Path, version: str) -> None:
        raise BuildError(f"npm has no {version} for {site.name}")

    before = (entry.ROOT / "site/runtime.lock.json").read_bytes()
    (tmp_path / "runtime.lock.json").write_bytes(before)
    monkeypatch.setattr(entry, "LOCK", tmp_path / "runtime.lock.json")
    monkeypatch.setattr(relocking, "relock", locked_as_asked)
    monkeypatch.setattr(frontend, "lock_bokehjs", refuse)

    code = entry.main(["relock", "--bokeh", "9.9.9"])

    assert code == 1
    assert (tmp_path / "runtime.lock.json").read_bytes() == before


def test_relock_writes_one_bokeh_for_python_and_front_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    (tmp_path / "runtime.lock.json").write_bytes((entry.ROOT / "site/runtime.lock.json").read_bytes())
    monkeypatch.setattr(entry, "LOCK", tmp_path / "runtime.lock.json")
    monkeypatch.setattr(relocking, "relock", locked_as_asked)
    monkeypatch.setattr(frontend, "lock_bokehjs", lambda site, version: asked.append(version))

    code = entry.main(["relock", "--bokeh", "9.9.9"])

    assert code == 0
    assert asked == ["9.9.9"]
    assert read_lock(tmp_path / "runtime.lock.json").versions() == {"bokeh": "9.9.9"}


def locked_as_asked(versions: relocking.Versions) -> Lock:
    bokeh = versions.packages["bokeh"]
    return Lock(
        (RuntimeFile("bokeh.whl", "bokeh", bokeh, "0" * 64, 1, (Source("pypi", f"bokeh=={bokeh}"),)),)
    )


@pytest.mark.parametrize("command", ["build", "serve", "check", "fetch", "relock"])
def test_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        entry.main([command, "--help"])

    assert end.value.code == 0
    assert command in capsys.readouterr().out
