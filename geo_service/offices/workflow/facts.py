"""What an office tells of itself."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from geo_service.areas.queries import area_at
from geo_service.geo.place import Place
from geo_service.offices.models import Office, OfficeKind


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an officer may say of an office."""

    name: str
    kind: OfficeKind
    address: str | None = None
    place: Place | None = None
    phone: str | None = None
    """E.164."""
    homepage: str | None = None
    hours_words: str | None = None


def open_office(session: Session, facts: Facts) -> Office:
    """A new office, in the area around its place."""
    office = Office(name=facts.name, kind=facts.kind)
    _tell(session, office, facts)
    session.add(office)
    session.flush()
    return office


def correct(session: Session, office: Office, facts: Facts) -> None:
    """Tell other facts; a new name follows onto every listing of the office."""
    _tell(session, office, facts)
    office.version += 1
    session.flush()


def _tell(session: Session, office: Office, facts: Facts) -> None:
    for name, value in asdict(facts).items():
        if name != "place":
            setattr(office, name, value)
    office.place = facts.place
    if facts.place is not None:
        area = session.scalar(area_at(facts.place))
        office.area_id = area.id if area else None
