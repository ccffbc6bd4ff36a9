"""Questions about imported facilities, and about the places that a file names."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from geo_service.facilities.models import (
    UNKEPT,
    Facility,
    FacilityChange,
    FacilityFile,
    ImportBatch,
    ImportRow,
    Outcome,
)
from geo_service.facilities.schemas import Known
from geo_service.geo.place import Place

_KNOWN = """
    SELECT facility.id, space_id, provider, provider_key, key, ordinal, name_key, door, digest,
           space_type, title, ST_Y(place::geometry), ST_X(place::geometry),
           facility.reference_on, gone_on
    FROM facility
    JOIN listing ON listing.id = space_id
    JOIN space ON space.id = space_id
"""

_IN_ORDER = "ORDER BY facility.id"
"""Of several rooms that a row might mean, it is always the oldest."""

_OF_DATASET = text(f"{_KNOWN} WHERE dataset = :dataset {_IN_ORDER}")
_OF_PROVIDERS = text(
    f"{_KNOWN} WHERE dataset = :dataset AND provider_key = ANY(:providers) {_IN_ORDER}"
)
_OF_NAMES = text(f"""
    {_KNOWN} WHERE gone_on IS NULL
      AND name_key = ANY(ARRAY(SELECT jsonb_array_elements_text(CAST(:names AS jsonb))))
    {_IN_ORDER}
""")  # as JSON, which takes a tenth of the time to put thousands of names into words


def known_of_dataset(session: Session, dataset: str) -> list[Known]:
    """Every facility that came from a dataset."""
    return [Known(*row) for row in session.execute(_OF_DATASET, {"dataset": dataset})]


def known_of_providers(session: Session, dataset: str, providers: Collection[str]) -> list[Known]:
    """The facilities of a dataset that some providers publish."""
    values = {"dataset": dataset, "providers": list(providers)}
    return [Known(*row) for row in session.execute(_OF_PROVIDERS, values)]


def listed_under(session: Session, name_keys: Collection[str]) -> list[Known]:
    """Facilities of any dataset that are listed under one of these names."""
    names = orjson.dumps(list(name_keys)).decode()
    return [Known(*row) for row in session.execute(_OF_NAMES, {"names": names})]


_ORIGINALS = text("SELECT id, original FROM facility WHERE id = ANY(:ids)")


def originals(session: Session, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The rows that facilities were last described by."""
    return {row.id: row.original for row in session.execute(_ORIGINALS, {"ids": list(ids)})}


class Outlined(NamedTuple):
    """An area whose outline is known."""

    id: int
    level: str
    register: str
    full_name: str
    aliases: list[str]


_OUTLINED = text("""
    SELECT id, level, register, full_name, aliases FROM area
    WHERE outline IS NOT NULL AND level <> 'sido'
      AND EXISTS (SELECT FROM area_code WHERE area_id = area.id AND valid_during @> current_date)
""")


def outlined_areas(session: Session) -> list[Outlined]:
    """Districts and dongs of today whose outline is known."""
    return [Outlined(*row) for row in session.execute(_OUTLINED)]


_AROUND = text("""
    SELECT point.number, area.id
    FROM unnest(CAST(:lngs AS float8[]), CAST(:lats AS float8[]))
         WITH ORDINALITY AS point (lng, lat, number)
    JOIN area ON ST_Intersects(outline, ST_SetSRID(ST_Point(lng, lat), 4326))
    WHERE area.id = ANY(:ids)
""")


def areas_around(
    session: Session, places: Sequence[Place], ids: Collection[int]
) -> list[tuple[int, int]]:
    """Which of some areas cover which of the places. Shape: (index of the place, area)."""
    values = {
        "lngs": [place.lng for place in places],
        "lats": [place.lat for place in places],
        "ids": list(ids),
    }
    return [(number - 1, area) for number, area in session.execute(_AROUND, values)]


_METRES = text("""
    SELECT ST_Distance(CAST(outline AS geography),
                       CAST(ST_SetSRID(ST_Point(lng, lat), 4326) AS geography))
    FROM unnest(CAST(:lngs AS float8[]), CAST(:lats AS float8[]), CAST(:ids AS int[]))
         WITH ORDINALITY AS pair (lng, lat, id, number)
    JOIN area ON area.id = pair.id
    ORDER BY number
""")


def metres_to(session: Session, pairs: Sequence[tuple[Place, int]]) -> list[float]:
    """How far each place is from the outline of its area; 0 is inside. Order: as asked."""
    if not pairs:
        return []
    values = {
        "lngs": [place.lng for place, _ in pairs],
        "lats": [place.lat for place, _ in pairs],
        "ids": [area for _, area in pairs],
    }
    return list(session.scalars(_METRES, values))


def batches() -> Select[ImportBatch]:
    """Every batch, the newest first."""
    return select(ImportBatch).order_by(ImportBatch.id.desc())


def waiting_files() -> Select[FacilityFile]:
    """Files that are no batch yet, the newest first."""
    rest = FacilityFile.finished_at.is_(None)
    return select(FacilityFile).where(rest).order_by(FacilityFile.sent_at.desc(), FacilityFile.id)


def promise_of(batch: int) -> Select[FacilityFile]:
    """The file that became a batch, as long as it is remembered."""
    return select(FacilityFile).where(FacilityFile.batch_id == batch).limit(1)


def troubled_rows(batch: int) -> Select[ImportRow]:
    """The rows of a batch that need somebody, those first that were left out."""
    troubled = ImportRow.outcome.in_((*UNKEPT, Outcome.REPAIRED))
    rows = select(ImportRow).where(ImportRow.batch_id == batch, troubled)
    return rows.order_by(ImportRow.outcome.not_in(UNKEPT), ImportRow.line)


_LATER = text("""
    SELECT min(later.batch_id) FROM facility_change AS later
    WHERE later.batch_id > :batch AND (
        facility_id IN (SELECT id FROM facility WHERE added_in = :batch)
        OR facility_id IN (SELECT facility_id FROM facility_change WHERE batch_id = :batch))
""")


def later_batch(session: Session, batch: int) -> int | None:
    """The first later batch that touched something this one touched too."""
    found: int | None = session.scalar(_LATER, {"batch": batch})
    return found


def changes_by_kind(session: Session, batch: int) -> dict[str, int]:
    """How many facilities a batch changed and closed."""
    counted = (
        select(FacilityChange.change, func.count())
        .where(FacilityChange.batch_id == batch)
        .group_by(FacilityChange.change)
    )
    return {change.value: count for change, count in session.execute(counted)}


def count_added(session: Session, batch: int) -> int:
    """How many facilities a batch brought."""
    counted = select(func.count()).select_from(Facility).where(Facility.added_in == batch)
    return session.execute(counted).scalar_one()
