from __future__ import annotations

import json

import pytest

from fallline_site.budgets import FIRST_PAGE, KIB, MIB, NEXT_PAGE, oversized, weights
from fallline_site.folder import Folder


def made(pages: dict[str, str], **sizes: int) -> Folder:
    """Return a site of pages that name assets, those assets of these sizes."""
    files = {f"{name}.html": text.encode() for name, text in pages.items()}
    return Folder({**files, **{f"assets/{name}.bin": bytes(size) for name, size in sizes.items()}})


def test_whole_site_is_within_its_limits_and_its_largest_parts_are_said() -> None:
    site = made({"index": "heap.bin", "race": "heap.bin own.bin"}, heap=2 * MIB, own=200 * KIB)

    assert list(oversized(site)) == []
    assert weights(site) == (
        "a first visit fetches 2.0 MiB of 14 as .br: heap.bin 2.0, index.html 0.0, … or "
        "2.0 MiB of 20 as .gz: heap.bin 2.0, index.html 0.0, …; "
        "after it race.html fetches 200 KiB of 300 as .gz: own.bin 200, race.html 0"
    )


@pytest.mark.parametrize("packing", FIRST_PAGE)
def test_second_demo_that_brings_too_much_of_its_own_is_refused(packing: str) -> None:
    site = made({"index": "heap.bin", "race": "heap.bin", "network": "heap.bin own.bin"}, heap=MIB, own=MIB)
    site.files[f"assets/own.bin{packing}"] = bytes(NEXT_PAGE)
    (other,) = FIRST_PAGE.keys() - {packing}
    site.files[f"assets/own.bin{other}"] = bytes(NEXT_PAGE - KIB)

    (finding,) = oversized(site)

    assert finding == (
        f"after the first page network.html fetches 300 KiB of 300 as {packing}: own.bin 300, network.html 0"
    )


def test_what_the_first_page_has_fetched_costs_the_second_nothing() -> None:
    site = made({"index": "heap.bin own.bin", "network": "own.bin"}, heap=MIB, own=MIB)

    assert list(oversized(site)) == []


def test_heaviest_of_the_further_pages_is_the_one_that_is_said() -> None:
    pages = {"index": "", "light": "a.bin", "heavy": "b.bin"}

    assert "after it heavy.html fetches 90 KiB" in weights(made(pages, a=10 * KIB, b=90 * KIB))


def test_site_of_one_page_says_nothing_of_others() -> None:
    assert "after it" not in weights(made({"index": ""}))


def with_memory(heap: int) -> Folder:
    site = made({"index": ""})
    meta = {"heap": heap, "runs": [[0, 256], [512, 512]]}
    site.files["assets/image.0123456789.json"] = json.dumps(meta).encode()
    return site


def test_memory_and_its_largest_parts_are_said() -> None:
    assert weights(with_memory(60 * MIB)).endswith(
        "; Python starts with 60.0 MiB of 64: zeros 57.0, kept 3.0"
    )


def test_memory_that_is_too_big_is_refused() -> None:
    assert list(oversized(with_memory(65 * MIB))) == [
        "Python starts with 65.0 MiB of 64: zeros 62.0, kept 3.0"
    ]
