from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from fallline_site.pages import json_in_html

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class Texts(HTMLParser):
    """The standard library's idea of where a script ends."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(VALUES)
def test_json_cannot_end_the_script_that_it_stands_in(value: object) -> None:
    reader = Texts()
    reader.feed(f'<script type="application/json">{json_in_html(value)}</script><p>')
    reader.close()

    assert reader.tags == ["script", "p"]
    assert json.loads(reader.text) == value
