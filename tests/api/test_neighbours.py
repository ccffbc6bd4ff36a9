"""Two maps of what was published: one partition for everybody, whatever is asked."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.confidential.session import Vault
from geo_service.neighbourhoods.models import Neighbourhood
from geo_service.neighbourhoods.workflow.publishing import publish
from geo_service.offices.models import OfficeKind, Role
from geo_service.reports.models import Stage
from tests.db.test_neighbourhoods import LAST_MONTH
from tests.factories import an_office
from tests.markup import Found
from tests.neighbourhoods import TOWN, a_settled_district, within
from tests.people import come_in, on_staff
from tests.reports import a_case, a_report

OPEN = "/api/v1/open/neighbours?district=26990"


@pytest.fixture
def district(session: Session) -> Area:
    return a_settled_district(session)


@pytest.fixture
def lead(app: FastAPI, session: Session, district: Area) -> Iterator[TestClient]:
    kind = OfficeKind.DISTRICT_OFFICE
    office = an_office(session, kind=kind, name="시험구청", area_id=district.id)
    with come_in(app, session, on_staff(session, office.id, Role.DISTRICT_LEAD)) as client:
        yield client


def worried(session: Session, vault: Vault, times: int) -> None:
    centre = an_office(session).id
    case = a_case(vault, centre, stage=Stage.CONTACTED)
    for n in range(times):
        a_report(vault, centre, case_id=case.id, cell=within(TOWN[0], n), told_at=LAST_MONTH)
    session.info["vault"] = vault
    publish(session, at=now())
    session.commit()


def test_everybody_sees_fives_of_neighbourhoods(
    session: Session, vault: Vault, visit: TestClient, district: Area
) -> None:
    worried(session, vault, 13)
    answer = visit.get(OPEN).json()
    assert (answer["multiple"], answer["until"] is None) == (5, False)
    said = [feature["properties"] for feature in answer["features"]]
    assert sorted(filter(None, (each["told"] for each in said))) == [10]
    assert all(each["homes"] >= 100 for each in said)
    assert {f["geometry"]["type"] for f in answer["features"]} <= {"Polygon", "MultiPolygon"}
    page = visit.get(f"/neighbours?district={district.id}").text
    paths = [attrs for tag, attrs in Found(page).elements if tag == "path" and "class" in attrs]
    assert len([each for each in paths if each["class"] in {"few", "more"}]) == len(said)
    assert "10번 이상" in page
    assert "10 or more" in visit.get("/en/neighbours").text


@pytest.mark.usefixtures("district")
def test_one_report_more_gives_the_same_answers_to_everybody(
    session: Session, vault: Vault, visit: TestClient
) -> None:
    """Two worlds: eight reports and nine, the ninth where nobody else was worried."""

    def seen() -> list[str]:
        doors = (OPEN, f"{OPEN}&res=10&bbox=0,0,1,1", "/neighbours", "/en/neighbours")
        return [visit.get(door).text for door in doors]

    worried(session, vault, 8)
    one = seen()
    a_report(vault, an_office(session).id, cell=within(TOWN[-1]), told_at=LAST_MONTH)
    publish(session, at=now())
    session.commit()
    assert seen() == one
    assert one[0] == one[1], "there is no other partition to ask for"


def test_a_lead_sees_the_districts_that_they_lead(
    session: Session, vault: Vault, lead: TestClient, district: Area
) -> None:
    worried(session, vault, 5)
    page = lead.get("/office/figures/map").text
    assert "5번 이상" in page
    every = session.scalars(select(Neighbourhood)).all()
    assert page.count('<path class="few"') + page.count('<path class="some"') == len(every)
    elsewhere = on_staff(session, an_office(session).id, Role.DISTRICT_LEAD)
    with come_in(lead.app, session, elsewhere) as other:  # type: ignore[arg-type]
        assert (
            '<path class="few"' not in other.get(f"/office/figures/map?district={district.id}").text
        )


def test_without_figures_there_is_no_map_and_it_says_so(visit: TestClient) -> None:
    assert "아직 지도를 그릴 세대수 통계가 없어요." in visit.get("/neighbours").text
    assert visit.get(OPEN).json()["features"] == []
    assert visit.get("/api/v1/open/neighbours?district=x").status_code == 422
