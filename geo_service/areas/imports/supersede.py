"""The rows of a file against the areas that are known, one transaction for all of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from geoalchemy2.shape import to_shape
from shapely import MultiPolygon
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session, selectinload

from geo_service.areas.files.drawing import Drawn
from geo_service.areas.files.shapes import joined
from geo_service.areas.imports.codes import official_codes, own_name
from geo_service.areas.imports.districts import areas_around
from geo_service.areas.imports.matching import Match, all_codes, matches_of
from geo_service.areas.imports.report import Scope, Supersession
from geo_service.areas.models import Area, AreaCode, Level
from geo_service.areas.queries import in_force
from geo_service.areas.workflow.deeds import (
    close,
    draw,
    names_by_province,
    new_area,
    rename,
    sketched,
    take_turns,
    vouch,
)
from geo_service.errors import Conflict


class OlderThanKnown(Conflict):
    """Newer outlines are known already."""


class PartOfADistrict(Conflict):
    """The file holds only a part of a district, or all its codes have changed."""


def supersede(session: Session, drawn: Sequence[Drawn], scope: Scope) -> Supersession:
    """Make the areas of `scope` what the file says they are from its day on.

    An area found under its code gets the new outline. A code unknown so far becomes a new area.
    What stood in the same district but not in the file is closed on that day, never deleted.

    Raises: OlderThanKnown, PartOfADistrict, RepeatedCode, UnusableCode, UnknownProvince,
    UnknownDistrict.
    """
    take_turns(session)
    report = Supersession()
    rows = official_codes(drawn, scope.level, scope.register)
    matches = matches_of(session, rows, areas_around(session, rows, scope, report), scope)
    _refuse_older(matches, scope)
    gone = _gone(session, matches, scope)
    for area in gone:
        close(session, area, on=scope.on)
    report.closed = [area.full_name for area in gone]
    _put(session, matches, scope, report)
    _draw_around(matches, scope)
    session.flush()
    return report


def _refuse_older(matches: Sequence[Match], scope: Scope) -> None:
    known = [m.area.reference_on for m in matches if m.area and m.area.reference_on]
    if known and max(known) > scope.on:
        raise OlderThanKnown(
            f"이미 더 새로운 경계(기준일 {max(known)})가 있습니다. 파일의 기준일을 --on 으로 "
            f"확인해 주세요(지금 {scope.on}). Outlines as of {max(known)} are known already."
        )


def _gone(session: Session, matches: Sequence[Match], scope: Scope) -> list[Area]:
    """What exists beside the areas of the file, in the same districts, but is not in it."""
    parents = {match.parent.id: match.parent for match in matches if match.parent}
    kept = {match.area.id: match.area for match in matches if match.area}
    if scope.whole is False or not parents:
        return []
    gone = list(
        session.scalars(
            select(Area)
            .where(
                Area.parent_id.in_(parents),
                Area.register == scope.register,
                Area.level == scope.level,
                Area.id.not_in(kept),
                in_force(scope.on),
            )
            .options(selectinload(Area.codes))
            .order_by(Area.full_name)
        )
    )
    if scope.whole is None:
        losses = Counter(area.parent_id for area in gone)
        losses.subtract(Counter(area.parent_id for area in kept.values()))
        _refuse_part(
            [parents[each].full_name for each, more in losses.items() if each and more > 0]
        )
    return gone


def _refuse_part(districts: Sequence[str]) -> None:
    if districts:
        raise PartOfADistrict(
            f"파일에 없는 동이 있는 동보다 많습니다: {', '.join(districts[:5])}. 일부만 든 "
            "파일이면 --part, 정말 모두 바뀌었으면 --whole 을 붙여 주세요. "
            "Add --part if the file holds a part only, --whole if the rest no longer exists."
        )


def _put(session: Session, matches: Sequence[Match], scope: Scope, report: Supersession) -> None:
    outlines = sketched(
        [match.row.outline for match in matches], source=scope.source, reference_on=scope.on
    )
    before = _outlines_of(session, [match.area.id for match in matches if match.area])
    settled = _settled(session, matches, scope)
    for match, outline in zip(matches, outlines, strict=True):
        name = own_name(match.row.name, scope.level, _names(match.parent))
        area = match.area
        if area is None:
            area = _founded(match, name, scope, since=scope.on if match.parent in settled else None)
            session.add(area)
            fate = report.added
        elif _reopened(area, match, scope):
            fate = report.reopened
        elif rename(session, area, name) or before.get(area.id) != outline.shape.wkb:
            fate = report.changed
        else:
            fate = report.unchanged
        fate.append(area.full_name)
        if match.row.was_repaired:
            report.repaired.append(area.full_name)
        if fate is not report.unchanged:
            draw(area, outline)
        vouch(area, outline)


def _outlines_of(session: Session, ids: Sequence[int]) -> dict[int, bytes]:
    rows = session.execute(select(Area.id, Area.outline).where(Area.id.in_(ids)))
    return {area_id: to_shape(outline).wkb for area_id, outline in rows if outline is not None}


def _settled(session: Session, matches: Sequence[Match], scope: Scope) -> set[Area]:
    """The districts of which this kind of area was known before; all others come from nothing."""
    parents = {match.parent for match in matches if match.parent}
    known = set(
        session.scalars(
            select(Area.parent_id)
            .where(
                Area.parent_id.in_([parent.id for parent in parents]),
                Area.register == scope.register,
            )
            .distinct()
        )
    )
    return {parent for parent in parents if parent.id in known}


def _founded(match: Match, name: str, scope: Scope, *, since: date | None) -> Area:
    """A new area; where its district is new too, it is taken to have been there all along."""
    parent = match.parent
    return new_area(
        name,
        scope.register,
        all_codes(match, scope.level, Range(since, None)),
        parent=parent,
        aliases=names_by_province([match.code], name) if scope.level is Level.SIGUNGU else (),
    )


def _reopened(area: Area, match: Match, scope: Scope) -> bool:
    """Give an area that was closed its codes back, from the day of the file."""
    if any(scope.on in code.valid_during for code in area.codes):
        return False
    area.codes.extend(
        AreaCode(code=code, valid_during=during)
        for code, during in all_codes(match, scope.level, Range(scope.on, None))
    )
    return True


def _names(area: Area | None) -> list[str]:
    return [area.full_name, *area.aliases] if area else []


def _draw_around(matches: Sequence[Match], scope: Scope) -> None:
    """Districts that have no outline yet get the one around their dongs."""
    if scope.level is not Level.DONG or scope.whole is False:
        return
    parts: dict[Area, list[MultiPolygon]] = {}
    for match in matches:
        if match.parent and not match.parent.source:
            parts.setdefault(match.parent, []).append(match.row.outline)
    outlines = sketched(
        [joined(shapes) for shapes in parts.values()], source=scope.source, reference_on=scope.on
    )
    for area, outline in zip(parts, outlines, strict=True):
        draw(area, outline)
        vouch(area, outline)
