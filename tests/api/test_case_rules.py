"""What a review of cases found: nobody is told twice, and nothing opens by a way around."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.confidential.session import Vault
from geo_service.mail.models import Envelope
from geo_service.reports.models import CaseFile, Message, Report, Routing, Stage, Step
from geo_service.web.idempotency import KeptAnswer
from tests.cases import STORY, Gu, a_case_of, looks_in, press, state_of, told_to
from tests.people import a_program
from tests.reports import a_report

CASES, API = "/office/cases", "/api/v1/office/cases"


def written_to(session: Session, address: str) -> int:
    session.expire_all()
    return len(session.scalars(select(Envelope).where(Envelope.address == address)).all())


def told_by(address: str) -> dict[str, str]:
    return {"contact": f'{{"way": "mail", "email": "{address}"}}'}


def a_pair(vault: Vault, gu: Gu, other: Person) -> tuple[CaseFile, CaseFile]:
    """A case of Kim's, and one of somebody's."""
    first = a_case_of(vault, gu.west, gu.kim, **told_by("first@example.org"))
    return first, a_case_of(vault, gu.west, other, **told_by("second@example.org"))


def test_when_the_second_of_two_centres_leaves_the_first_keeps_the_key_and_accepts(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    report = a_report(vault, gu.west.id, routing=Routing.BORDER, second_centre_id=gu.east.id)
    path = f"{CASES}/reports/{report.id}"
    press(park, f"{path}/leave")
    assert vault.ring.found(report.id).office_id == gu.west.id
    press(kim, f"{path}/accept")
    assert told_to(vault, gu.west.id, select(Report))[0].accepted_at is not None
    press(kim, f"{path}/accept", 422)
    press(kim, f"{path}/take-up")


def test_merging_tells_only_who_moved_and_only_a_new_stage(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    first, second = a_pair(vault, gu, gu.kim)
    third = a_case_of(vault, gu.west, gu.kim, **told_by("third@example.org"))
    press(kim, f"{CASES}/{first.id}/merge", other_id=str(second.id))
    told = [written_to(session, f"{who}@example.org") for who in ("first", "second")]
    assert told == [1, 1]
    version = str(state_of(vault, first).version)
    press(kim, f"{CASES}/{first.id}/stage", stage="contacted", version=version)
    press(kim, f"{CASES}/{first.id}/merge", other_id=str(third.id))
    told = [written_to(session, f"{who}@example.org") for who in ("first", "second", "third")]
    assert told == [2, 2, 2]


def test_a_merged_case_stays_closed_and_leads_to_the_one_that_is_left(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    first, second = a_pair(vault, gu, gu.kim)
    press(kim, f"{CASES}/{first.id}/merge", other_id=str(second.id))
    path = f"{CASES}/{second.id}"
    version = str(state_of(vault, second).version)
    refused = press(kim, f"{path}/stage", 422, stage="assigned", version=version)
    assert "다른 사례에 합친 사례예요." in refused
    assert state_of(vault, second).stage is Stage.CLOSED
    onward = kim.get(path)
    assert (onward.status_code, onward.headers["location"]) == (303, f"{CASES}/{first.id}")


def test_what_is_closed_cannot_be_taken_and_what_is_offered_grows_no_more(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    first, second = a_pair(vault, gu, gu.kim)
    path = f"{CASES}/{first.id}"
    press(kim, f"{path}/handover", centre_id=str(gu.east.id))
    told = press(kim, f"{path}/merge", 422, other_id=str(second.id))
    assert "이미 다른 센터에 넘기려고" in told
    report = a_report(vault, gu.west.id)
    joined = f"{CASES}/reports/{report.id}/join"
    assert "이미 다른 센터에 넘기려고" in press(kim, joined, 422, case_id=str(first.id))
    version = str(state_of(vault, first).version)
    press(kim, f"{path}/stage", stage="closed", words="이사하심", version=version)
    assert park.get(path).status_code == 404
    press(park, f"{path}/handover/accept", 404)
    assert state_of(vault, first).centre_id == gu.west.id


@pytest.mark.parametrize("deed", ["assign", "merge", "handover", "part"])
def test_nothing_is_done_to_a_colleagues_case_to_see_it_without_saying_what_for(
    kim: TestClient, vault: Vault, gu: Gu, deed: str
) -> None:
    mine, case = a_pair(vault, gu, gu.lee)
    report = a_report(vault, gu.west.id, case_id=case.id)
    said = {
        "assign": {"person_id": str(gu.kim.id)},
        "merge": {"other_id": str(mine.id)},
        "handover": {"centre_id": str(gu.east.id)},
        "part": {"report_id": str(report.id)},
    }[deed]
    path = f"{CASES}/{case.id}/{deed}"
    asked = press(kim, path, 422, **said)
    assert "왜 여시나요?" in asked
    assert STORY not in asked
    assert looks_in(vault, gu.west) == []
    press(kim, f"{path}?purpose=instead", **said)
    assert looks_in(vault, gu.west) == [("case", "instead")]


def test_a_colleagues_case_is_merged_into_ones_own_by_who_says_what_for(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    mine, case = a_pair(vault, gu, gu.lee)
    path = f"{CASES}/{mine.id}/merge"
    assert "왜 여는지 골라 주세요." in press(kim, path, 422, other_id=str(case.id), purpose="")
    assert ("case", "together") not in looks_in(vault, gu.west)
    press(kim, path, other_id=str(case.id), purpose="together")
    assert ("case", "together") in looks_in(vault, gu.west)


def test_who_looked_elsewhere_before_is_listed_by_whose_it_is_now(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    first, second = a_pair(vault, gu, gu.kim)
    path = f"{CASES}/{first.id}"
    kim.get(f"{CASES}/{second.id}")
    press(kim, f"{path}/merge", other_id=str(second.id))
    press(kim, f"{path}/handover", centre_id=str(gu.east.id))
    press(park, f"{path}/handover/accept")
    assert park.get(f"{path}/looks").text.count("김서동") == 2


def test_what_is_sent_again_where_no_answer_was_kept_is_done_once(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim, answer_by="receipt")
    report = told_to(vault, gu.west.id, select(Report))[0]
    for _ in range(2):
        session.execute(delete(KeptAnswer))
        session.commit()
        press(kim, f"{CASES}/{case.id}/steps", once="the-same-key", rung="visit")
        said = {"report_id": str(report.id), "text": "내일 갈게요"}
        press(kim, f"{CASES}/{case.id}/messages", once="another-key", **said)
    assert len(told_to(vault, gu.west.id, select(Step))) == 2
    assert len(told_to(vault, gu.west.id, select(Message))) == 1


def test_programs_say_what_for_as_well(
    visit: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    visit.headers["Authorization"] = f"Bearer {a_program(session, gu.kim)}"
    mine, case = a_pair(vault, gu, gu.lee)

    def sent(one: UUID, deed: str, **said: str) -> int:
        return visit.post(f"{API}/{one}/{deed}", json=said).status_code

    assert sent(mine.id, "merges", other_id=str(case.id)) == 422
    assert sent(case.id, "merges", other_id=str(mine.id)) == 422
    assert sent(case.id, "handovers", centre_id=str(gu.east.id)) == 422
    assert looks_in(vault, gu.west) == []
    assert sent(mine.id, "merges?purpose=together", other_id=str(case.id)) == 201
    assert looks_in(vault, gu.west) == [("case", "together")]
