"""Templates say what browsers understand as it was meant."""

import re
from pathlib import Path

import pytest

import geo_service

TEMPLATES = sorted(Path(geo_service.__file__).parent.glob("**/templates/**/*.html"))

ENDS_A_PARAGRAPH = re.compile(
    r"<p\b[^>]*>(?:(?!</p>).)*?"
    r"<(?:address|article|aside|blockquote|details|dialog|div|dl|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|header|hgroup|hr|main|menu|nav|ol|p|pre|search|section|table|ul)\b",
    re.DOTALL,
)
"""A browser ends the paragraph before any of these, and its style with it (HTML, 4.4.1).

What a macro or an included template puts there is not seen.
"""


def test_a_paragraph_holds_what_it_seems_to_hold() -> None:
    read = {str(template): template.read_text() for template in TEMPLATES}
    assert len(read) > 200
    assert [name for name, text in read.items() if ENDS_A_PARAGRAPH.search(text)] == []


@pytest.mark.parametrize("inside", ["<form>", 'a <b>b</b>\n<ul class="x">'])
def test_a_paragraph_that_ends_early_is_seen(inside: str) -> None:
    assert ENDS_A_PARAGRAPH.search(f'<p class="actions">{inside}</p>')
    assert not ENDS_A_PARAGRAPH.search(f"<p>a</p>{inside}<pre>")
