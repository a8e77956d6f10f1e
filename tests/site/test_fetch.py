from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site.errors import BuildError
from fallline_site.fetch import fetch_runtime
from fallline_site.lock import Lock, Source, write_lock

if TYPE_CHECKING:
    from tests.site.conftest import Make, Registries

MIRROR = Source("https", "https://mirror.example/engine.wasm")
OFFICIAL = Source("https", "https://official.example/engine.wasm")
# What sha256sum says of "engine" and of "enginf".
SHA256_ENGINE = "ed9f6f25068608efd412958da4dfc19328ca3511251fa6d5f9c42baf230e32f8"
SHA256_ENGINF = "6b24377d997fc4781c0b94c4ab95204e31216b95ea1162691290e392a960d3ea"


def test_file_is_taken_from_the_first_source_that_has_it(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(OFFICIAL.spec, b"engine")

    paths = fetch_runtime(Lock((make.file(b"engine", MIRROR, OFFICIAL),)), tmp_path, registries.fetchers())

    assert paths["engine.wasm"].read_bytes() == b"engine"
    assert registries.https.asked == [MIRROR.spec, OFFICIAL.spec]


def test_later_source_is_not_asked_when_the_first_has_the_file(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(MIRROR.spec, b"engine")
    registries.https.put(OFFICIAL.spec, b"engine")

    fetch_runtime(Lock((make.file(b"engine", MIRROR, OFFICIAL),)), tmp_path, registries.fetchers())

    assert registries.https.asked == [MIRROR.spec]


def test_one_error_lists_every_source_and_its_reason(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    npm = Source("npm", "engine@1.0", "package/engine.wasm", 10)
    registries.npm.put(npm.spec, make.tarball({"package/readme": b""}), "engine-1.0.tgz")
    lock = Lock((make.file(b"engine", npm, OFFICIAL),))

    with pytest.raises(BuildError) as failure:
        fetch_runtime(lock, tmp_path, registries.fetchers())

    message = str(failure.value)
    assert "engine.wasm" in message
    assert "npm engine@1.0: engine-1.0.tgz has no package/engine.wasm" in message
    assert f"{OFFICIAL.spec}: there is no {OFFICIAL.spec}" in message
    assert "run again" in message


def test_tampered_download_is_refused_with_file_source_expected_and_got(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(OFFICIAL.spec, b"enginf")
    lock = Lock((make.file(b"engine", OFFICIAL),))

    with pytest.raises(BuildError) as failure:
        fetch_runtime(lock, tmp_path, registries.fetchers())

    message = str(failure.value)
    assert "engine.wasm" in message
    assert OFFICIAL.spec in message
    assert f"expected {SHA256_ENGINE}" in message
    assert f"got {SHA256_ENGINF}" in message
    assert list(tmp_path.iterdir()) == []


def test_tampered_download_makes_way_for_the_next_source(
    tmp_path: Path, registries: Registries, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    registries.https.put(MIRROR.spec, b"evil")
    registries.https.put(OFFICIAL.spec, b"engine")

    paths = fetch_runtime(Lock((make.file(b"engine", MIRROR, OFFICIAL),)), tmp_path, registries.fetchers())

    assert paths["engine.wasm"].read_bytes() == b"engine"
    assert f"engine.wasm not taken from {MIRROR.spec}: refused, wrong SHA-256" in capsys.readouterr().out


def test_truncated_download_is_refused_with_both_sizes(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(OFFICIAL.spec, b"eng")
    lock = Lock((make.file(b"engine", OFFICIAL),))

    with pytest.raises(BuildError, match=r"\(6 bytes\), got \w{64} \(3 bytes\)"):
        fetch_runtime(lock, tmp_path, registries.fetchers())

    assert list(tmp_path.iterdir()) == []


def test_truncated_package_is_refused(tmp_path: Path, registries: Registries, make: Make) -> None:
    source = Source("npm", "engine@1.0", "package/engine.wasm", 10)
    content = os.urandom(5000)
    registries.npm.put(source.spec, make.tarball({"package/engine.wasm": content})[:2000], "engine.tgz")

    with pytest.raises(BuildError, match=r"npm engine@1\.0: engine\.tgz is damaged"):
        fetch_runtime(Lock((make.file(content, source),)), tmp_path, registries.fetchers())

    assert list(tmp_path.iterdir()) == []


def test_full_cache_needs_no_source(tmp_path: Path, registries: Registries, make: Make) -> None:
    registries.https.put(OFFICIAL.spec, b"engine")
    lock = Lock((make.file(b"engine", OFFICIAL),))
    first = fetch_runtime(lock, tmp_path, registries.fetchers())

    second = fetch_runtime(lock, tmp_path, {})

    assert second == first


def test_tampered_cached_file_is_fetched_again_and_said(
    tmp_path: Path, registries: Registries, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    registries.https.put(OFFICIAL.spec, b"engine")
    lock = Lock((make.file(b"engine", OFFICIAL),))
    path = fetch_runtime(lock, tmp_path, registries.fetchers())["engine.wasm"]
    path.write_bytes(b"enginf")  # the same size: only the hash can tell

    fetch_runtime(lock, tmp_path, registries.fetchers())

    assert path.read_bytes() == b"engine"
    assert f"{path} was changed after it was fetched" in capsys.readouterr().out


def test_tampered_cached_file_is_refused_when_no_source_is_left(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(OFFICIAL.spec, b"engine")
    lock = Lock((make.file(b"engine", OFFICIAL),))
    path = fetch_runtime(lock, tmp_path, registries.fetchers())["engine.wasm"]
    path.write_bytes(b"enginf")
    registries.https.shelf.clear()

    with pytest.raises(BuildError, match=r"engine\.wasm .*could not be had"):
        fetch_runtime(lock, tmp_path, registries.fetchers())


def test_package_is_fetched_once_for_all_its_members(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    members = {"a.whl": b"a", "b.whl": b"b"}
    registries.pypi.put("carrier==2", make.wheel(members), "carrier-2-py3-none-any.whl")
    files = [
        make.file(content, Source("pypi", "carrier==2", name, 100), name=name)
        for name, content in members.items()
    ]

    paths = fetch_runtime(Lock(tuple(files)), tmp_path, registries.fetchers())

    assert {name: path.read_bytes() for name, path in paths.items()} == members
    assert registries.pypi.asked == ["carrier==2"]


def test_unreachable_package_is_asked_for_once(tmp_path: Path, registries: Registries, make: Make) -> None:
    files = []
    for name in ("a.mjs", "b.mjs"):
        fallback = Source("https", f"https://official.example/{name}")
        registries.https.put(fallback.spec, name.encode())
        npm = Source("npm", "engine@1.0", f"package/{name}", 10)
        files.append(make.file(name.encode(), npm, fallback, name=name))

    fetch_runtime(Lock(tuple(files)), tmp_path, registries.fetchers())

    assert registries.npm.asked == ["engine@1.0"]


KILLED_BETWEEN_FILES = """
import os, signal, sys
from pathlib import Path
from fallline_site.fetch import fetch_runtime
from fallline_site.lock import read_lock

def fetch(spec, folder):
    if spec.endswith("second"):
        os.kill(os.getpid(), signal.SIGKILL)
    (folder / "file").write_bytes(b"first")
    return folder / "file"

fetch_runtime(read_lock(Path(sys.argv[1])), Path(sys.argv[2]), {"https": fetch})
"""


def test_run_after_a_kill_fetches_only_what_is_missing(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    cache, path = tmp_path / "cache", tmp_path / "lock.json"
    files = [
        make.file(name.encode(), Source("https", f"https://official.example/{name}"), name=name)
        for name in ("first", "second")
    ]
    write_lock(Lock(tuple(files)), path)
    registries.https.put("https://official.example/second", b"second")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BETWEEN_FILES, path, cache],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        check=False,
    )

    paths = fetch_runtime(Lock(tuple(files)), cache, registries.fetchers())

    assert killed.returncode == -signal.SIGKILL
    assert registries.https.asked == ["https://official.example/second"]
    assert {name: path.read_bytes() for name, path in paths.items()} == {
        "first": b"first",
        "second": b"second",
    }


def test_file_interrupted_while_it_is_written_is_not_there(
    tmp_path: Path, registries: Registries, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    registries.https.put(OFFICIAL.spec, b"engine")
    monkeypatch.setattr(os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        fetch_runtime(Lock((make.file(b"engine", OFFICIAL),)), tmp_path, registries.fetchers())

    assert list(tmp_path.iterdir()) == []


def test_half_written_file_of_a_killed_run_is_never_used(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    registries.https.put(OFFICIAL.spec, b"engine")
    lock = Lock((make.file(b"engine", OFFICIAL),))
    path = fetch_runtime(lock, tmp_path, registries.fetchers())["engine.wasm"]
    path.rename(f"{path}.123.part")
    Path(f"{path}.123.part").write_bytes(b"eng")

    paths = fetch_runtime(lock, tmp_path, registries.fetchers())

    assert paths["engine.wasm"].read_bytes() == b"engine"
    assert len(registries.https.asked) == 2
