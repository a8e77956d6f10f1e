from __future__ import annotations

import pytest

from fallline_site.addresses import NEVER_FETCHED, foreign_addresses, plain_name


@pytest.mark.parametrize(
    ("name", "address"), [(name, each) for name in NEVER_FETCHED for each in NEVER_FETCHED[name]]
)
def test_address_is_known_in_its_own_file_alone(name: str, address: str) -> None:
    text = f'"{address}"'

    assert foreign_addresses(name, text) == []
    assert foreign_addresses("other.js", text) != []


@pytest.mark.parametrize(
    "text",
    [
        '"https:\\/\\/a.example"',
        "HTTP://a.example",
        "/^wss:\\/\\/a\\.example$/",
        "url( //a.example",
        "src=//a.example",
        "ftp://a.example",
    ],
)
def test_address_is_found_however_it_is_written(text: str) -> None:
    (found,) = foreign_addresses("page.js", text)

    assert found.endswith("//a.example")


@pytest.mark.parametrize(
    "text", ["a = b // c", "return (1) //x", "/^https?:\\/\\//", "https:", '"http://www.w3.org/2000/svg"']
)
def test_what_is_no_address_is_let_pass(text: str) -> None:
    assert foreign_addresses("page.js", text) == []


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("assets/page.76ZNWOK2.js", "page.js"),
        ("assets/heap.74766b9165.bin", "heap.bin"),
        ("index.html", "index.html"),
        ("assets/page.LEGAL.txt", "page.LEGAL.txt"),
    ],
)
def test_name_is_known_without_the_hash_of_its_content(name: str, plain: str) -> None:
    assert plain_name(name) == plain
