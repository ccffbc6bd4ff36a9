"""Surveys on pages: a list is taken in, its households are visited, and some become cases."""

from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy import select

from geo_service.confidential.session import Vault
from geo_service.reports.models import Household
from tests.cases import Gu, looks_in, press, told_to
from tests.reports import a_visit


def test_a_survey_is_made_filled_walked_and_opens_cases(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    wrong = press(
        kim, "/office/surveys", 422, season="winter", starts_on="2026-12-01", ends_on="2026-11-01"
    )
    assert "마지막 날이 첫날보다 빨라요." in wrong
    survey = press(
        kim, "/office/surveys", season="winter", starts_on="2026-12-01", ends_on="2027-02-28"
    )
    body = "이름,주소,전화\n홍길동,광산로 9,010-1234-5678\n,광산로 10,\n홍길순,광산로 11,\n"
    sent = kim.post(
        f"{survey}/files", files={"file": ("집.csv", body)}, data={"once": str(uuid4())}
    )
    listed = sent.headers["location"]
    page = kim.get(listed).text
    assert "이름이 없어요" in page
    assert "홍길동" not in page
    assert told_to(vault, gu.west.id, select(Household)) == []
    press(kim, f"{listed}/take-in")
    assert kim.get(listed).status_code == 404
    page = kim.get(survey).text
    assert "2집 가운데 0집" in page
    assert "광산로 9" in page
    one = next(each for each in page.split('"') if f"{survey}/households/" in each)
    assert "어떠셨나요?" in kim.get(one).text
    assert press(kim, f"{one}/visits", 422, words="문이 닫힘")
    press(kim, f"{one}/visits", result="needs_help", words="쌀이 없음")
    address = press(kim, f"{one}/case")
    assert press(kim, f"{one}/case") == address
    assert "쌀이 없음" in kim.get(address).text
    assert "2집 가운데 1집" in kim.get(survey).text
    assert ("household", "survey") in looks_in(vault, gu.west)


def test_a_survey_of_another_centre_is_not_there(park: TestClient, vault: Vault, gu: Gu) -> None:
    visit = a_visit(vault, gu.west.id)
    survey = f"/office/surveys/{visit.round_id}"
    assert park.get(survey).status_code == 404
    assert park.get(f"{survey}/households/{visit.household_id}").status_code == 404


def test_a_file_that_is_no_list_is_refused(kim: TestClient, vault: Vault, gu: Gu) -> None:
    survey = f"/office/surveys/{a_visit(vault, gu.west.id).round_id}"
    for body, words in (("이름,전화\n김,1\n", "‘주소’ 칸이 없어요."), ("", "읽을 수 없는 파일")):
        answer = kim.post(f"{survey}/files", files={"file": ("집.csv", body)})
        assert answer.status_code == 422
        assert words in answer.text
