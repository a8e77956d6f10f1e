from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.site.small_site import Site, archive

from fallline_site import budgets
from fallline_site.check import check, check_folder
from fallline_site.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOKEH = {"runtime.lock.json": "3.9.2", "package-lock.json": "3.9.2"}


@pytest.fixture
def site() -> Site:
    return Site()


def test_whole_site_passes_and_its_largest_parts_are_named(
    tmp_path: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    check_folder(site.write(tmp_path), BOKEH)

    assert re.match(
        r"Checked 1 pages; a first visit fetches 0\.0 MiB of 14 as \.br: index\.html 0\.0, .* or "
        r"0\.0 MiB of 20 as \.gz: index\.html 0\.0, ",
        capsys.readouterr().out,
    )


def test_packed_files_beside_the_others_pass(tmp_path: Path, site: Site) -> None:
    site.pack()

    check_folder(site.write(tmp_path), BOKEH)


@pytest.mark.parametrize("packing", budgets.FIRST_PAGE)
def test_first_visit_is_weighed_as_its_host_packs_it(packing: str, tmp_path: Path, site: Site) -> None:
    site.publish("heap.bin", bytes(max(budgets.FIRST_PAGE.values()) + 1))
    site.files[f"{site.url('heap')}{packing}"] = gzip.compress(site.files[site.url("heap")])

    with pytest.raises(BuildError) as refused:
        check_folder(site.write(tmp_path), BOKEH)

    assert f"as {packing}" not in str(refused.value)
    assert str(refused.value).count("a first visit fetches") == 1


def test_what_only_the_slower_start_needs_does_not_count(tmp_path: Path, site: Site) -> None:
    site.publish("vendor.zip", archive({"numpy/core.so": "\0" * max(budgets.FIRST_PAGE.values())}))

    check_folder(site.write(tmp_path), BOKEH)


def set_file(name: str, content: bytes) -> Callable[[Site], None]:
    return lambda site: site.files.update({name: content})


def replace(old: str, new: str) -> Callable[[Site], None]:
    return lambda site: setattr(site, "page", site.page.replace(old, new))


def set_manifest(**values: Any) -> Callable[[Site], None]:
    return lambda site: site.manifest.update(values)


def pack(name: str, text: str) -> Callable[[Site], None]:
    return lambda site: site.publish("vendor.zip", archive({name: text}))


def tamper(kind: str, content: bytes) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        site.pack()
        site.files[f"{site.url('heap')}{kind}"] = content

    return change


SPOILS: dict[str, tuple[Callable[[Site], object], str]] = {
    "address in a page": (
        replace("<h1>", "<h1>https://a.example/x"),
        r"index\.html names https://a\.example/x",
    ),
    "address in a document": (
        lambda site: site.document.update(css="http://a.example"),
        r"index\.html names http://a\.example",
    ),
    "address without a scheme": (
        set_file(
            "assets/page.AAAAAAAA.css", b"a { background: url(//a.example/x.png) } /* inter.CCCCCCCC.woff2 */"
        ),
        r"page\.AAAAAAAA\.css names //a\.example/x\.png",
    ),
    "address in JavaScript": (
        set_file("assets/page.BBBBBBBB.js", b"fetch(`https://a.example/v${version}`)"),
        r"page\.BBBBBBBB\.js names https://a\.example/v",
    ),
    "address that another file may hold": (
        set_file("assets/page.BBBBBBBB.js", b"'https://cdn.jsdelivr.net/pyodide/v'"),
        r"page\.BBBBBBBB\.js names https://cdn\.jsdelivr\.net/pyodide/v",
    ),
    "address in an archive": (
        pack("panel/dist/css/button.css", "@import 'https://a.example/x.css'"),
        r"vendor\.\w+\.zip/panel/dist/css/button\.css names https://a\.example/x\.css",
    ),
    "link to nowhere": (
        replace('href="#map"', 'href="map.html"'),
        r"index\.html names map\.html, which is not there",
    ),
    "link out of the site": (replace('href="./"', 'href="/"'), r"index\.html names /, which is not there"),
    "font of a page's own style that is missing": (
        replace("<svg>", "<style>a { src: url(assets/none.woff2) }</style><svg>"),
        r"index\.html names assets/none\.woff2, which is not there",
    ),
    "font that is missing": (
        lambda site: site.files.pop("assets/inter.CCCCCCCC.woff2"),
        r"page\.AAAAAAAA\.css names \./inter\.CCCCCCCC\.woff2, which is not there",
    ),
    "worker that is missing": (
        lambda site: site.files.pop("assets/worker.DDDDDDDD.js"),
        r"index\.html names assets/worker\.DDDDDDDD\.js, which is not there",
    ),
    "file that is missing": (
        lambda site: site.files.pop(site.url("vendor")),
        r"index\.html names assets/vendor\.\w+\.zip, which is not there",
    ),
    "size that is wrong": (
        lambda site: site.manifest["files"]["vendor"].update(size=1),
        r"says that assets/vendor\.\w+\.zip has 1 bytes, it has \d+",
    ),
    "content that is not of its name": (
        lambda site: site.files.update({site.url("vendor"): archive({"other.py": ""})}),
        r"vendor\.\w+\.zip is not what its name says: its SHA-256 is \w{64}",
    ),
    "asset that nothing names": (
        set_file("assets/page.EEEEEEEE.js", b"old()"),
        r"assets/page\.EEEEEEEE\.js is named by nothing",
    ),
    "page without a manifest": (
        replace('id="manifest"', 'id="other"'),
        r"index\.html has no manifest with a worker",
    ),
    "manifest without files": (
        set_manifest(files={}),
        r"index\.html has no manifest with a worker and files",
    ),
    "page without a document": (replace('id="document"', 'id="other"'), r"document is of Bokeh none"),
    "document that is no JSON": (replace("{document}", "{{"), r"document is of Bokeh none"),
    "document of another Bokeh": (
        lambda site: site.document.update(version="3.9.1"),
        r"document is of Bokeh 3\.9\.1, runtime\.lock\.json has 3\.9\.2",
    ),
    "element that is not closed": (replace("</h1>", ""), r"index\.html: </body> in line \d closes nothing"),
    "page without a title": (
        replace("Race</title>", "</title>"),
        r"needs a title, a lang and one h1; got '', 'en' and 1",
    ),
    "page without a language": (
        replace(' lang="en"', ""),
        r"needs a title, a lang and one h1; got 'Race', '' and 1",
    ),
    "page with two main headings": (replace("<svg>", "<h1></h1><svg>"), r"got 'Race', 'en' and 2"),
    "page.js that is too big": (
        set_file("assets/page.BBBBBBBB.js", b" " * (budgets.LARGEST_SCRIPT + 1)),
        r"page\.BBBBBBBB\.js has [\d,]+ bytes, at most [\d,]+ are allowed",
    ),
    "page that is too big": (
        replace("<svg>", " " * budgets.LARGEST_PAGE + "<svg>"),
        r"index\.html has [\d,]+ bytes, at most [\d,]+ are allowed",
    ),
    "first visit that is too big": (
        lambda site: site.publish("heap.bin", bytes(budgets.FIRST_PAGE[".gz"] + 1)),
        r"a first visit fetches 20\.0 MiB of 20 as \.gz: heap\.bin 20\.0, ",
    ),
    "memory that is too big": (
        lambda site: site.publish("image.json", b'{"heap": %d, "runs": []}' % (budgets.HEAP + 65536)),
        r"Python starts with 64\.1 MiB of 64: zeros 64\.1, kept 0\.0",
    ),
    "packed file that unpacks to something else": (
        tamper(".gz", gzip.compress(b"other")),
        r"assets/heap\.\w+\.bin\.gz unpacks to something else than assets/heap\.\w+\.bin",
    ),
    "packed file of nothing": (
        set_file("assets/old.EEEEEEEE.js.br", b"brotli"),
        r"assets/old\.EEEEEEEE\.js\.br is named by nothing",
    ),
    "packed file that is none": (
        tamper(".gz", b"memory"),
        r"assets/heap\.\w+\.bin\.gz cannot be unpacked",
    ),
    "packed file that was cut short": (
        tamper(".gz", gzip.compress(b"memory")[:-9]),
        r"assets/heap\.\w+\.bin\.gz cannot be unpacked",
    ),
    "archive that is none": (
        lambda site: site.publish("vendor.zip", b"PK"),
        r"vendor\.\w+\.zip is no zip archive",
    ),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_spoilt_site_is_refused(spoil: str, tmp_path: Path, site: Site) -> None:
    change, message = SPOILS[spoil]
    change(site)

    with pytest.raises(BuildError, match=message):
        check_folder(site.write(tmp_path), BOKEH)


def test_front_end_of_another_version_than_python_is_refused(tmp_path: Path, site: Site) -> None:
    with pytest.raises(BuildError, match=r"document is of Bokeh 3\.9\.2, package-lock\.json has 3\.9\.1"):
        check_folder(site.write(tmp_path), {**BOKEH, "package-lock.json": "3.9.1"})


def test_every_finding_is_in_the_message(tmp_path: Path, site: Site) -> None:
    site.files["assets/left.js"] = b"//"
    site.page = site.page.replace("<h1>Race</h1>", "")

    with pytest.raises(BuildError) as refused:
        check_folder(site.write(tmp_path), BOKEH)

    assert [line.split()[0] for line in str(refused.value).splitlines()[1:]] == [
        "index.html",
        "assets/left.js",
    ]


def test_site_that_was_never_built_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/runtime.lock.json").write_text(json.dumps({"files": [LOCKED]}), encoding="utf-8")
    packages = {"packages": {"node_modules/@bokeh/bokehjs": {"version": "3.9.2"}}}
    (tmp_path / "site/package-lock.json").write_text(json.dumps(packages), encoding="utf-8")

    with pytest.raises(BuildError, match=r"web has no index\.html: build the site first"):
        check(tmp_path)


LOCKED = {
    "name": "bokeh.whl",
    "package": "bokeh",
    "version": "3.9.2",
    "sha256": "0" * 64,
    "size": 1,
    "sources": [{"kind": "pypi", "spec": "bokeh==3.9.2"}],
}
