from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path

import pytest

from fallline_site import publish as publishing
from fallline_site.frontend import run_tool
from fallline_site.publish import PACKED, compress, publish

SITE = Path(__file__).parents[2] / "site"


class Compressor:
    """The build's own compressor, which remembers what it was asked to compress."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, command: list[str], folder: Path) -> str:
        self.asked += [Path(name).name for name in command[2:]]
        return run_tool(command, folder)


@pytest.fixture
def compressor(monkeypatch: pytest.MonkeyPatch) -> Compressor:
    made = Compressor()
    monkeypatch.setattr(publishing, "run_tool", made)
    return made


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "web" / "assets").mkdir(parents=True)
    return tmp_path / "web"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_file_is_published_under_a_name_that_says_its_content(tmp_path: Path, web: Path) -> None:
    (tmp_path / "pyodide.asm.wasm").write_bytes(b"engine")

    published = publish({"wasm": tmp_path / "pyodide.asm.wasm"}, web)

    url = f"assets/pyodide.asm.{hashlib.sha256(b'engine').hexdigest()[:10]}.wasm"
    assert published == {"wasm": {"url": url, "size": 6}}
    assert (web / url).read_bytes() == b"engine"


def test_other_content_gets_another_name(tmp_path: Path, web: Path) -> None:
    urls = []
    for content in (b"one", b"two"):
        (tmp_path / "heap.bin").write_bytes(content)
        urls.append(publish({"heap": tmp_path / "heap.bin"}, web)["heap"]["url"])

    assert len(names(web)) == len(set(urls)) == 2


@pytest.mark.usefixtures("compressor")
def test_every_file_gets_a_gz_and_a_br_that_unpack_to_it(tmp_path: Path, web: Path) -> None:
    content = b"a page, a page, a page" * 100
    (web / "index.html").write_bytes(content)
    (web / "assets/page.js").write_bytes(b"start()")

    compress(SITE, web, tmp_path / "packed")

    assert names(web) == {
        f"{name}{kind}" for name in ("index.html", "assets/page.js") for kind in ("", *PACKED)
    }
    assert gzip.decompress((web / "index.html.gz").read_bytes()) == content
    assert unbrotli(web / "index.html.br") == content
    assert (web / "index.html.gz").stat().st_size < 100


def unbrotli(path: Path) -> bytes:
    words = [
        "node",
        "-e",
        "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))",
    ]
    return run_tool([*words, str(path)]).encode()


def test_what_was_compressed_before_is_not_compressed_again(
    compressor: Compressor, tmp_path: Path, web: Path
) -> None:
    (web / "index.html").write_bytes(b"a page")
    compress(SITE, web, tmp_path / "packed")
    first = (web / "index.html.br").read_bytes()
    shutil.rmtree(web)
    web.mkdir()
    (web / "index.html").write_bytes(b"a page")
    (web / "other.html").write_bytes(b"another page")

    compress(SITE, web, tmp_path / "packed")

    digests = [hashlib.sha256(content).hexdigest() for content in (b"a page", b"another page")]
    assert compressor.asked == digests
    assert (web / "index.html.br").read_bytes() == first


def test_two_files_of_the_same_content_are_compressed_once(
    compressor: Compressor, tmp_path: Path, web: Path
) -> None:
    (web / "index.html").write_bytes(b"a page")
    (web / "race.html").write_bytes(b"a page")

    compress(SITE, web, tmp_path / "packed")

    assert len(compressor.asked) == 1
    assert (web / "index.html.gz").read_bytes() == (web / "race.html.gz").read_bytes()


def test_nothing_is_compressed_twice_over(compressor: Compressor, tmp_path: Path, web: Path) -> None:
    (web / "inter.woff2").write_bytes(b"font")
    (web / "index.html").write_bytes(b"a page")

    compress(SITE, web, tmp_path / "packed")
    compress(SITE, web, tmp_path / "packed")

    assert len(compressor.asked) == 1
    assert names(web) == {"inter.woff2", "index.html", "index.html.gz", "index.html.br"}


@pytest.mark.usefixtures("compressor")
def test_cache_holds_packed_files_alone(tmp_path: Path, web: Path) -> None:
    (web / "index.html").write_bytes(b"a page")

    compress(SITE, web, tmp_path / "packed")

    assert {Path(name).suffix for name in names(tmp_path / "packed")} == set(PACKED)
