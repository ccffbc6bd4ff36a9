"""Provinces by all the names they go by, and the districts written after them."""

import re

_NAMES = {
    "서울": "서울특별시 서울시",
    "부산": "부산광역시 부산시",
    "대구": "대구광역시 대구시",
    "인천": "인천광역시 인천시",
    "광주": "광주광역시",
    "대전": "대전광역시 대전시",
    "울산": "울산광역시 울산시",
    "세종": "세종특별자치시 세종시",
    "경기": "경기도",
    "강원": "강원도 강원특별자치도",
    "충북": "충청북도",
    "충남": "충청남도",
    "전북": "전라북도 전북특별자치도",
    "전남": "전라남도",
    "경북": "경상북도",
    "경남": "경상남도",
    "제주": "제주특별자치도 제주도",
}

SIDO = {name: short for short, names in _NAMES.items() for name in (short, *names.split())}
"""Every name of a province, and its short one. `광주시` is a city in 경기도 and not here."""

MERGED = "전남광주통합특별시"
"""What 광주광역시 and 전라남도 are called together since 2026-07-01."""

_OF_GWANGJU = frozenset({"동구", "서구", "남구", "북구", "광산구"})

_DISTRICT = re.compile(r"[가-힣]{1,5}[시군구]")


def sido_of(word: str, district: str) -> str:
    """The short name of a province; the merged one is told apart by its district."""
    if word == MERGED:
        return "광주" if district.split(" ", maxsplit=1)[0] in _OF_GWANGJU else "전남"
    return SIDO.get(word, "")


def region_of(words: list[str]) -> tuple[str, str, int]:
    """Province (short), district, and how many leading words told them.

    `["경기도", "수원시", "영통구", …]` is `("경기", "수원시 영통구", 3)`.
    """
    used = 1 if words and (words[0] in SIDO or words[0] == MERGED) else 0
    told: list[str] = []
    for word in words[used : used + 2]:
        if not _DISTRICT.fullmatch(word) or (told and not word.endswith("구")):
            break
        told.append(word)
    district = " ".join(told)
    sido = sido_of(words[0], district) if used else ""
    return sido, district, used + len(told)
