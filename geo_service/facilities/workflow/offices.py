"""The offices that manage imported rooms: one per institution of a provider."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.facilities.schemas import Draft

_KINDS = (
    (
        re.compile(r"행정복지센터$|주민센터|자치센터|자치회관|동사무소|[읍면]사무소"),
        "dong_centre",
    ),
    (re.compile(r"도서관"), "library"),
    (re.compile(r"경로당|노인정"), "senior_centre"),
    (re.compile(r"복지관|복지회관|복지센터$"), "welfare_centre"),
    (re.compile(r"(?:초등|중|고등|여자)학교|대학교"), "school"),
    (re.compile(r"[가-힣\d][동읍면]$"), "dong_centre"),
    (re.compile(r"(?:[시군구도]|특별시|광역시)(?:청|본청)?$"), "district_office"),
)
"""Asked in this order: a 행정복지센터 is no 복지센터."""


def kind_of_office(name: str) -> str:
    """What sort of office a name tells of: a value of `offices.models.OfficeKind`."""
    return next((kind for words, kind in _KINDS if words.search(name)), "institution")


def reference_of(draft: Draft) -> str:
    """The key under which the next file finds the office again."""
    return f"facilities/{draft.provider_key}/{''.join(draft.office_name.split())}"


_MAKE = text("""
    INSERT INTO office (id, kind, name, reference)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]),
                         CAST(:names AS text[]), CAST(:references AS text[]))
    ON CONFLICT DO NOTHING
""")

_KNOWN = text("SELECT reference, id FROM office WHERE reference = ANY(:references)")


def offices_of(session: Session, drafts: Iterable[Draft]) -> tuple[dict[str, UUID], list[UUID]]:
    """Every draft's office by its reference, and which of them were made for it."""
    wanted = {reference_of(draft): draft.office_name for draft in drafts}
    found = _by_reference(session, wanted)
    fresh = {reference: name for reference, name in wanted.items() if reference not in found}
    if not fresh:
        return found, []
    tried = [uuid4() for _ in fresh]
    names = list(fresh.values())
    kinds = [kind_of_office(name) for name in names]
    values = {"ids": tried, "kinds": kinds, "names": names, "references": list(fresh)}
    session.execute(_MAKE, values)
    found = _by_reference(session, wanted)
    made = set(tried)
    return found, [office for office in found.values() if office in made]


def _by_reference(session: Session, wanted: Iterable[str]) -> dict[str, UUID]:
    rows = session.execute(_KNOWN, {"references": list(wanted)})
    return {str(reference): office for reference, office in rows}
