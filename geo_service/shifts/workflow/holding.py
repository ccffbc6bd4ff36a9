"""Lock shifts, in the one order that everybody keeps.

    job → application → programme → shift, and of several programmes or shifts the lowest id first

Whoever changes a shift moves the balance of its programme. So the programme is locked first, as
it is by whoever plans.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.programmes.queries import held
from geo_service.shifts.models import Shift


def hold(session: Session, shift_ids: Collection[UUID]) -> Sequence[Shift]:
    """These shifts as they are now, kept from others until the transaction ends. Order: by id."""
    session.execute(held(select(Shift.programme_id).where(Shift.id.in_(shift_ids))))
    return session.scalars(
        select(Shift)
        .where(Shift.id.in_(shift_ids))
        .order_by(Shift.id)
        .with_for_update(of=Shift)
        .execution_options(populate_existing=True)
    ).all()
