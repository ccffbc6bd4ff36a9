"""What neighbours worry about, with examples, from `data/report_categories.json`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geo_service

_FILE = Path(geo_service.__file__).parents[1] / "data" / "report_categories.json"


@dataclass(frozen=True, slots=True)
class Words:
    """One category in one language."""

    name: str
    examples: str


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of worry."""

    key: str
    ko: Words
    en: Words
    urgent: bool
    """Whether the centre looks at it before all others."""

    def told(self, tongue: str) -> Words:
        """In `ko` or `en`."""
        return self.en if tongue == "en" else self.ko


@cache
def categories() -> dict[str, Category]:
    """By key. Order: as they are shown."""
    told = json.loads(_FILE.read_text("utf-8"))["categories"]
    return {
        one["key"]: Category(
            one["key"], Words(**one["ko"]), Words(**one["en"]), one.get("urgent", False)
        )
        for one in told
    }
