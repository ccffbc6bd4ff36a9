"""What somebody means by the words they type for a place."""

import pytest
from sqlalchemy.orm import Session

from geo_service.listings.queries.spots import spots_named
from geo_service.offices.models import Office, OfficeKind
from tests.areas import a_district
from tests.factories import HOME


@pytest.mark.parametrize("words", ["시험구", "Siheom-gu", "siheom", "시험구청"])
def test_a_district_is_its_office_by_any_of_its_names(session: Session, words: str) -> None:
    district = a_district(session)
    office = Office(
        kind=OfficeKind.DISTRICT_OFFICE, name="시험구청", place=HOME, area_id=district.id
    )
    session.add(office)
    session.flush()
    assert [(spot.name, spot.place) for spot in spots_named(session, words)][:1] == [
        ("시험구청", HOME)
    ]
