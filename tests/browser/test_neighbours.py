"""The map of neighbourhoods, on a phone and on a desk, in both languages."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.neighbourhoods.models import Neighbourhood, Publication, PublishedCount
from geo_service.offices.models import OfficeKind, Role
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.factories import an_office
from tests.neighbourhoods import a_settled_district
from tests.people import a_token, on_staff


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "neighbours") as town:
        yield town


def test_everybody_and_a_lead_read_the_map(town: Town, chromium: Browser) -> None:
    with town.sessions() as session:
        district = a_settled_district(session)
        kind = OfficeKind.DISTRICT_OFFICE
        office = an_office(session, kind=kind, name="시험구청", area_id=district.id)
        token = a_token(session, on_staff(session, office.id, Role.DISTRICT_LEAD))
        session.add(Publication(until=(until := date(2026, 11, 1)), published_at=now()))
        session.flush()
        names = session.scalars(select(Neighbourhood.id).order_by(Neighbourhood.id)).all()
        for name, told in zip(names, (5, 10, 45), strict=False):
            session.add(PublishedCount(until=until, neighbourhood_id=name, told=told))
        session.commit()
    with people(chromium, town.address) as enter:
        for device in (PHONE, DESKTOP):
            page = enter(None, device)
            page.goto("/neighbours")
            expect(page.get_by_role("img", name="시험구의 구역")).to_be_visible()
            expect(page.get_by_role("cell", name="45번 이상")).to_be_visible()
            looked_at(page, "neighbours")
            page.goto("/en/neighbours")
            expect(page.get_by_role("heading", level=1)).to_contain_text("worry about neighbours")
            looked_at(page, "neighbours-en")
            page = enter(token, device)
            page.goto("/office/figures/map")
            expect(page.get_by_role("cell", name="10번 이상")).to_be_visible()
            looked_at(page, "figures-map")
