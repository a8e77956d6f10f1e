"""How much a visit may weigh: the first page, each page after it, Python's memory; and what weighs most."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fallline_site.addresses import plain_name
from fallline_site.folder import is_page
from fallline_site.publish import PACKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fallline_site.folder import Folder

KIB, MIB = 1024, 1024**2
# The image lists its memory in pages of this size (`engine.js`).
PAGE = 4096
# All that a first visit fetches, by how its host packs files, and the memory that Python then has.
FIRST_PAGE = {".br": 14 * MIB, ".gz": 20 * MIB}
HEAP = 64 * MIB
# What any other page fetches after the first: everything that it does not share with it.
NEXT_PAGE = 300 * KIB
LARGEST_PAGE, LARGEST_SCRIPT = 640 * KIB, 900 * KIB
FIRST = "index.html"
# What is fetched only where the image does not start.
FALLBACK = ("python_stdlib.zip", "source.zip", "vendor.zip")


def oversized(made: Folder) -> Iterator[str]:
    """Find what is too big, and say what it is made of."""
    for name, content in made.files.items():
        limit = _limit(name)
        if limit is not None and len(content) > limit:
            yield f"{name} has {len(content):,} bytes, at most {limit:,} are allowed"
    for packing, limit in FIRST_PAGE.items():
        if _total(made, packing, FIRST) > limit:
            yield f"a first visit fetches {_first(made, packing)}"
        for page in _next_pages(made):
            if _total(made, packing, page) > NEXT_PAGE:
                yield f"after the first page {_next(made, packing, page)}"
    yield from (_memory(image) for image in _images(made) if image["heap"] > HEAP)


def _limit(name: str) -> int | None:
    if is_page(name):
        return LARGEST_PAGE
    return LARGEST_SCRIPT if plain_name(name) == "page.js" else None


def weights(made: Folder) -> str:
    """Return what the first visit fetches, the heaviest page after it, and the memory that Python has."""
    first = " or ".join(_first(made, packing) for packing in FIRST_PAGE)
    heaviest = max(_next_pages(made), key=lambda page: _total(made, ".gz", page), default=None)
    after = f"; after it {_next(made, '.gz', heaviest)}" if heaviest else ""
    memory = "".join(f"; {_memory(image)}" for image in _images(made))
    return f"a first visit fetches {first}{after}{memory}"


def _images(made: Folder) -> Iterator[dict[str, Any]]:
    return (json.loads(text) for name, text in made.texts.items() if plain_name(name) == "image.json")


def _memory(image: Mapping[str, Any]) -> str:
    """Return how much memory Python starts with, and what it is made of."""
    kept = sum(count * PAGE for _, count in image["runs"])
    parts = _largest({"kept": kept, "zeros": image["heap"] - kept}, MIB)
    return f"Python starts with {image['heap'] / MIB:.1f} MiB of {HEAP / MIB:.0f}: {parts}"


def _next_pages(made: Folder) -> list[str]:
    return sorted(made.pages.keys() - {FIRST})


def _fetched(made: Folder, packing: str, page: str) -> dict[str, int]:
    """Return what a page fetches from a host that packs files like this, by file; after the first, what that one has not."""
    wanted = made.reached(page) - (made.reached(FIRST) if page != FIRST else set())
    return {
        name: len(made.files.get(name + packing, made.files[name]))
        for name in wanted
        if not name.endswith(PACKED) and plain_name(name) not in FALLBACK
    }


def _total(made: Folder, packing: str, page: str) -> int:
    return sum(_fetched(made, packing, page).values())


def _first(made: Folder, packing: str) -> str:
    total, limit = _total(made, packing, FIRST) / MIB, FIRST_PAGE[packing] / MIB
    parts = _largest(_fetched(made, packing, FIRST), MIB)
    return f"{total:.1f} MiB of {limit:.0f} as {packing}: {parts}, …"


def _next(made: Folder, packing: str, page: str) -> str:
    total, limit = _total(made, packing, page) / KIB, NEXT_PAGE / KIB
    return f"{page} fetches {total:.0f} KiB of {limit:.0f} as {packing}: {_largest(_fetched(made, packing, page), KIB)}"


def _largest(sizes: Mapping[str, int], unit: int) -> str:
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    return ", ".join(f"{plain_name(name)} {size / unit:.{unit > KIB:d}f}" for name, size in largest)
