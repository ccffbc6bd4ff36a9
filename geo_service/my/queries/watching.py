"""What is kept about somebody who looks after their alley."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.offices.models import Office
from geo_service.watchers.models import Activity, Card, Enrolment, Part, Watcher


def membership(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Whether they are a watcher, where, and how it came."""
    return (
        select(
            Office.name.label("office"),
            Watcher.name,
            Watcher.phone,
            Watcher.state,
            Watcher.asked_at,
            Watcher.moved_at,
            Watcher.reason,
            Watcher.valid_until,
            Watcher.renewal_told_at,
        )
        .join(Office, Office.id == Watcher.office_id)
        .where(Watcher.person_id == person_id)
    )


def cards(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Their cards that are good. Order: as they were made."""
    return (
        select(Card.kind, Card.id.label("serial"), Card.made_at)
        .join(Watcher, Watcher.id == Card.watcher_id)
        .where(Watcher.person_id == person_id)
        .order_by(Card.made_at)
    )


def enrolment(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they have answered and not sent."""
    return select(Enrolment.said, Enrolment.saved_at).where(Enrolment.person_id == person_id)


def activities(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they signed up for. Order: by time."""
    return (
        select(Activity.what, Activity.meet_at, Activity.starts_at, Part.joined_at)
        .select_from(Part)
        .join(Activity, Activity.id == Part.activity_id)
        .join(Watcher, Watcher.id == Part.watcher_id)
        .where(Watcher.person_id == person_id)
        .order_by(Activity.starts_at)
    )
