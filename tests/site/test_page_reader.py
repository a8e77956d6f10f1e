from __future__ import annotations

import pytest

from fallline_site.page_reader import read_page

WHOLE = """<!doctype html><html lang="en"><head><title> Race </title><style>a { color: red }</style>
<link rel="icon" href="icon.svg"><script src="page.js"></script>
<script id="tape" type="application/json">{"step": 1}</script></head>
<body><h1>Race</h1><svg><title>Logo</title><path d="M0 0"/></svg><p>one<br>two</p><a href="#map">Map</a></body></html>"""


def test_page_says_what_it_is_and_what_it_leads_to() -> None:
    page = read_page(WHOLE)

    assert (page.lang, page.title, page.headings) == ("en", "Race", 1)
    assert page.links == {"icon.svg", "page.js", "#map"}
    assert page.style == "a { color: red }"
    assert page.data["tape"] == '{"step": 1}'
    assert page.faults == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("<p>", ("<p> is not closed",)),
        ("<main><p></main></p>", ("</main> in line 1 closes nothing", "<main> is not closed")),
        ("\n</b>", ("</b> in line 2 closes nothing",)),
        ("<img><br><input>", ()),
    ],
)
def test_element_that_is_not_closed_by_its_own_tag_is_a_fault(text: str, faults: tuple[str, ...]) -> None:
    found = read_page(text).faults

    assert set(faults) <= set(found)
    assert bool(faults) == bool(found)
