from __future__ import annotations

from bokeh.models import Scatter

from fallline_app.components.theme import themed


def test_model_is_tagged_with_its_tokens_and_keeps_its_other_tags() -> None:
    glyph = Scatter(tags=["mine"])

    same = themed(glyph, line_color="ink", fill_color="sheet")

    assert same is glyph
    assert glyph.tags == ["mine", "line_color=ink", "fill_color=sheet"]
