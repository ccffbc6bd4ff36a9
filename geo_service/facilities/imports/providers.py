"""Who published a file, where its rows do not say."""

import re
from datetime import date
from functools import lru_cache

from geo_service.errors import Invalid
from geo_service.facilities.imports.regions import MERGED, SIDO, region_of
from geo_service.facilities.imports.sizes import read_date
from geo_service.facilities.imports.words import bare

_STAMP = re.compile(r"_(20\d{6})(?:_|$)")


class ProviderUnknown(Invalid):
    """Nobody says which office published this file."""


@lru_cache(maxsize=1 << 10)
def provider_key(provider: str) -> str:
    """A provider's name, equal before and after provinces were renamed or merged."""
    words = provider.split()
    sido, sigungu, used = region_of(words)
    return bare(f"{sido}{sigungu}{''.join(words[used:])}")


def provider_in(file_name: str) -> str | None:
    """`서울특별시_강남구_공공시설개방정보_20221221` names 서울특별시 강남구."""
    words = file_name.split("_")
    if words[0] not in SIDO and words[0] != MERGED:
        return None
    return " ".join(words[: region_of(words)[2]])


def day_in(file_name: str) -> date | None:
    """The day stamped into a file's name."""
    found = _STAMP.search(file_name)
    return read_date(found[1]) if found else None
