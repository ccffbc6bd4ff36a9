"""What offices offer, to whom, and how often it was used."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import aliased

from geo_service.areas.models import Area, Level
from geo_service.offices.models import Office, OfficeKind
from geo_service.watchers.models import Benefit, BenefitCount


def _is_good(on: date) -> ColumnElement[bool]:
    return (
        Benefit.ended_at.is_(None)
        & (Benefit.good_from <= on)
        & (Benefit.good_until.is_(None) | (Benefit.good_until >= on))
    )


def good_benefits(on: date) -> Select[Benefit]:
    """All that watchers get anywhere on that day. Order: the newest first, fifty of them."""
    return (
        select(Benefit).where(_is_good(on)).order_by(Benefit.made_at.desc(), Benefit.id).limit(50)
    )


def benefits_for(centre_id: UUID, on: date) -> Select[Benefit]:
    """What watchers of one dong get on that day. Order: by what it is.

    That of their own centre, and that of offices of their district which are no dong centres.
    """
    place, area = aliased(Office), aliased(Area)
    district = case((area.level == Level.SIGUNGU, area.id), else_=area.parent_id)
    whose = select(district).select_from(place).join(area, area.id == place.area_id).correlate(None)
    mine = whose.where(place.id == centre_id).scalar_subquery()
    theirs = (
        select(district)
        .select_from(area)
        .where(area.id == Office.area_id)
        .correlate(Office)
        .scalar_subquery()
    )
    return (
        select(Benefit)
        .join(Office, Office.id == Benefit.office_id)
        .where(
            _is_good(on),
            or_(
                Office.id == centre_id,
                (Office.kind != OfficeKind.DONG_CENTRE) & (theirs == mine),
            ),
        )
        .order_by(Benefit.title, Benefit.id)
    )


def benefits_of(offices: Collection[UUID]) -> Select[Benefit]:
    """All that these offices offer or offered. Order: what goes on first, then the newest."""
    return (
        select(Benefit)
        .where(Benefit.office_id.in_(offices))
        .order_by(Benefit.ended_at.is_not(None), Benefit.made_at.desc(), Benefit.id)
    )


def the_benefit(benefit_id: UUID, offices: Collection[UUID]) -> Select[Benefit]:
    """One of these offices'."""
    return select(Benefit).where(Benefit.id == benefit_id, Benefit.office_id.in_(offices))


def uses_of(benefit_id: UUID) -> Select[BenefitCount]:
    """How often it was used, of the last two years. Order: the latest month first."""
    return (
        select(BenefitCount)
        .where(BenefitCount.benefit_id == benefit_id)
        .order_by(BenefitCount.month.desc())
        .limit(24)
    )


def uses_in(month: date, offices: Collection[UUID]) -> Select[UUID, int]:
    """Shape: rows of (benefit id, uses in that month), where there are any."""
    return (
        select(BenefitCount.benefit_id, BenefitCount.uses)
        .join(Benefit, Benefit.id == BenefitCount.benefit_id)
        .where(Benefit.office_id.in_(offices), BenefitCount.month == month)
    )
