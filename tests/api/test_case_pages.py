"""Cases on pages: who reads them, what is done to them, and who is told what."""

from datetime import timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.cases.workflow.moving import FOLLOW_UP
from geo_service.clock import KOREA, now
from geo_service.confidential.session import Vault
from geo_service.offices.models import Role, Staff
from geo_service.reports.models import CaseFile, Report, Routing, Stage, Step
from tests.areas import a_dong, an_area, plot
from tests.cases import STORY, Gu, a_case_of, first_step, looks_in, press, state_of, told_to
from tests.factories import an_office
from tests.letters import letters_by_address
from tests.people import come_in, on_staff
from tests.reports import a_case, a_handover, a_photo, a_report

CASES = "/office/cases"


def test_a_report_is_read_taken_up_visited_connected_and_closed(
    kim: TestClient, vault: Vault, session: Session, gu: Gu
) -> None:
    report = a_report(vault, gu.west.id, watcher=True)
    board = kim.get(CASES).text
    assert report.number in board
    assert STORY not in board
    page = kim.get(f"{CASES}/reports/{report.id}").text
    assert STORY in page
    assert "<dt>시민찾동이</dt><dd>네" in page, "a watcher told it"
    assert looks_in(vault, gu.west)[:2] == [("board", "board"), ("report", "routing")]
    address = press(kim, f"{CASES}/reports/{report.id}/take-up")
    case = told_to(vault, gu.west.id, select(CaseFile))[0]
    assert address == f"{CASES}/{case.id}"
    assert case.stage is Stage.ASSIGNED
    assert "담당자가 정해졌어요" in letters_by_address(session)["teller@example.org"]

    step = first_step(vault, case)
    refused = press(kim, f"{address}/steps/{step.id}", 422, words="비밀 메모")
    assert "비밀 메모" in refused
    press(kim, f"{address}/steps/{step.id}", outcome="met", words="문을 열어 주셨어요")
    assert state_of(vault, case).stage is Stage.CONTACTED
    assert "문을 열어 주셨어요" in kim.get(address).text

    version = state_of(vault, case).version
    asked = press(kim, f"{address}/stage", 422, stage="connected", version=str(version))
    assert "어디에 연계했는지 적어 주세요." in asked
    before = now()
    press(kim, f"{address}/stage", stage="connected", connected_to="긴급복지", version=str(version))
    assert "긴급복지" in kim.get(address).text
    again_on = state_of(vault, case).follow_up_on
    assert again_on is not None
    assert again_on >= (before + FOLLOW_UP).astimezone(KOREA).date()
    version = state_of(vault, case).version
    asked = press(kim, f"{address}/stage", 422, stage="closed", version=str(version))
    assert "어떻게 마무리했는지 적어 주세요." in asked
    press(kim, f"{address}/stage", stage="closed", words="잘 지내심", version=str(version))
    assert state_of(vault, case).stage is Stage.CLOSED
    told = letters_by_address(session)["teller@example.org"]
    for word in ("긴급복지", "잘 지내심", "우유"):
        assert word not in told


def test_that_nobody_confirmed_the_dong_is_said_wherever_it_is_read(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    said = "확인되지 않았어요."
    report = a_report(vault, gu.west.id, routing=Routing.UNCONFIRMED)
    assert said in kim.get(CASES).text
    path = f"{CASES}/reports/{report.id}"
    assert said in kim.get(path).text
    case = press(kim, f"{path}/take-up")
    assert said in kim.get(case).text
    press(kim, f"{case}/handover", centre_id=str(gu.east.id))
    assert said in park.get(case).text
    press(park, f"{case}/handover/accept")
    assert said not in park.get(case).text, "who accepts it says that it is theirs"


def test_another_dongs_caseworker_finds_nothing(park: TestClient, vault: Vault, gu: Gu) -> None:
    report = a_report(vault, gu.west.id)
    case = a_case_of(vault, gu.west, gu.kim)
    photo = a_photo(vault, report)
    assert report.number not in park.get(CASES).text
    for path in (
        f"reports/{report.id}",
        f"reports/{report.id}/photos/{photo.id}",
        f"{case.id}",
        f"{case.id}/looks",
        f"{case.id}/summary",
    ):
        assert park.get(f"{CASES}/{path}").status_code == 404
    assert looks_in(vault, gu.west) == []


def test_a_colleagues_case_opens_to_who_says_what_for(
    app: FastAPI, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    photo = a_photo(vault, told_to(vault, gu.west.id, select(Report))[0])
    with come_in(app, session, gu.lee) as lee:
        asked = lee.get(f"{CASES}/{case.id}")
        assert STORY not in asked.text
        assert "왜 여시나요?" in asked.text
        for part in ("looks", "summary", "merge"):
            assert "왜 여시나요?" in lee.get(f"{CASES}/{case.id}/{part}").text
        assert lee.get(f"{CASES}/{case.id}?purpose=because").status_code == 422
        shown = f"{CASES}/reports/{photo.report_id}/photos/{photo.id}"
        assert lee.get(shown).status_code == 422
        assert looks_in(vault, gu.west) == []
        assert STORY in lee.get(f"{CASES}/{case.id}?purpose=urgent").text
        image = lee.get(f"{shown}?purpose=urgent")
    assert image.headers["content-type"] == "image/jpeg"
    assert looks_in(vault, gu.west) == [
        ("case", "urgent"),
        ("report", "urgent"),
        ("photo", "urgent"),
    ]


def test_who_looked_is_listed_for_the_person_concerned(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    kim.get(f"{CASES}/{case.id}")
    page = kim.get(f"{CASES}/{case.id}/looks").text
    assert page.count("김서동") == 3
    assert STORY not in page
    assert looks_in(vault, gu.west)[-1] == ("looks", "own")


def test_at_a_border_one_of_two_centres_accepts(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    report = a_report(vault, gu.west.id, routing=Routing.BORDER, second_centre_id=gu.east.id)
    path = f"{CASES}/reports/{report.id}"
    assert "동 경계예요" in kim.get(CASES).text
    assert "먼저 우리가 받을지 정해 주세요" in press(kim, f"{path}/take-up", 422)
    press(park, f"{path}/accept")
    assert kim.get(path).status_code == 404
    assert "받을 센터가 이미 정해졌어요" in press(park, f"{path}/leave", 422)
    press(park, f"{path}/take-up")
    assert told_to(vault, gu.east.id, select(CaseFile))[0].centre_id == gu.east.id


def test_who_leaves_a_report_at_a_border_does_not_see_it_any_more(
    kim: TestClient, park: TestClient, vault: Vault, gu: Gu
) -> None:
    report = a_report(vault, gu.west.id, routing=Routing.BORDER, second_centre_id=gu.east.id)
    path = f"{CASES}/reports/{report.id}"
    assert press(kim, f"{path}/leave") == CASES
    assert kim.get(path).status_code == 404
    assert STORY in park.get(path).text
    assert vault.ring.found(report.id).office_id == gu.east.id


def test_what_was_moved_meanwhile_is_shown_beside_ones_own(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    path, old = f"{CASES}/{case.id}/stage", str(case.version)
    assert press(kim, path, stage="contacted", version=old, from_board="true") == CASES
    page = press(kim, path, 422, stage="unreachable", version=old)
    assert "다른 사람이 고친 곳" in page
    assert "방문" in page
    assert state_of(vault, case).stage is Stage.CONTACTED


def test_a_stage_that_does_not_follow_is_refused(kim: TestClient, vault: Vault, gu: Gu) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    page = press(kim, f"{CASES}/{case.id}/stage", 422, stage="new", version=str(case.version))
    assert "바로 옮길 수 없는 단계예요." in page


def test_reports_about_one_household_are_brought_together_and_apart(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    first = a_case_of(vault, gu.west, gu.kim, cell=0x8A30C1A2B3A7FFF)
    second = a_case_of(vault, gu.west, gu.kim, cell=0x8A30C1A2B3A7FFF)
    far = a_case_of(vault, gu.west, gu.kim, cell=0x8A30E1A2B3A7FFF)
    page = kim.get(f"{CASES}/{first.id}/merge").text
    assert second.number in page
    assert far.number not in page
    press(kim, f"{CASES}/{first.id}/merge", other_id=str(second.id))
    both = told_to(vault, gu.west.id, select(Report).where(Report.case_id == first.id))
    assert len(both) == 2
    assert second.number not in kim.get(CASES).text
    third = a_report(vault, gu.west.id, cell=0x8A30C1A2B3A7FFF)
    assert first.number in kim.get(f"{CASES}/reports/{third.id}").text
    press(kim, f"{CASES}/reports/{third.id}/join", case_id=str(first.id))
    press(kim, f"{CASES}/{first.id}/part", report_id=str(third.id))
    assert (
        told_to(vault, gu.west.id, select(Report).where(Report.id == third.id))[0].case_id is None
    )
    only = f"{CASES}/{far.id}/part"
    alone = told_to(vault, gu.west.id, select(Report).where(Report.case_id == far.id))[0]
    assert "하나뿐인 알림" in press(kim, only, 422, report_id=str(alone.id))
    closed = press(kim, f"{CASES}/{first.id}/merge", 422, other_id=str(second.id))
    assert "끝난 사례예요" in closed


def test_who_works_at_both_centres_answers_there_too(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    path = f"{CASES}/{case.id}"
    press(kim, f"{path}/handover", centre_id=str(gu.east.id))
    assert f"{path}/handover/accept" not in kim.get(path).text
    session.add(Staff(person_id=gu.kim.id, office_id=gu.east.id, role=Role.CASEWORKER))
    session.commit()
    assert f"{path}/handover/accept" in kim.get(path).text
    press(kim, f"{path}/handover/accept")
    assert vault.ring.found(case.id).office_id == gu.east.id


def test_a_case_is_theirs_once_the_other_centre_accepts(
    kim: TestClient, park: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    path = f"{CASES}/{case.id}"
    wrong = press(kim, f"{path}/handover", 422, centre_id=str(gu.district.id))
    assert "다른 행정복지센터를 골라 주세요." in wrong
    press(kim, f"{path}/handover", centre_id=str(gu.east.id))
    assert case.number in letters_by_address(session)["park@east.example"]
    assert "이미 다른 센터에 넘기려고" in press(
        kim, f"{path}/handover", 422, centre_id=str(gu.east.id)
    )
    assert "다른 센터가 보냈어요" in park.get(CASES).text
    assert STORY in park.get(path).text
    assert park.get(f"{path}/summary").status_code == 404
    press(park, f"{path}/handover/return")
    assert park.get(path).status_code == 404
    press(kim, f"{path}/handover", centre_id=str(gu.east.id))
    press(park, f"{path}/handover/accept")
    assert kim.get(path).status_code == 404
    assert STORY in park.get(path).text
    assert vault.ring.found(case.id).office_id == gu.east.id
    report = told_to(vault, gu.east.id, select(Report))[0]
    assert (report.routing, vault.ring.found(report.id).office_id) == (
        Routing.HANDED,
        gu.east.id,
    )


def test_a_case_may_go_to_another_district_by_the_name_of_its_dong(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    ours = session.get_one(Area, gu.district.area_id)
    far = an_area(session, "먼구", "26999", parent=session.get_one(Area, ours.parent_id))
    dong = a_dong(session, far, "바다동", "59000", shape=plot(9))
    theirs = an_office(session, name="바다동 행정복지센터", answers_for_id=dong.id)
    case = a_case_of(vault, gu.west, gu.kim)
    path = f"{CASES}/{case.id}/handover"
    assert theirs.name not in kim.get(path, params={"q": "바다동"}).text, "nobody would answer"
    press(kim, path, 422, centre_id=str(theirs.id))
    someone = on_staff(session, theirs.id, Role.CASEWORKER, email="far@sea.example")
    assert theirs.name not in kim.get(path).text
    found = kim.get(path, params={"q": "바다동"}).text
    assert f"{theirs.name} (" in found
    assert gu.east.name not in found
    assert "담당이 있는 센터가 없어요" in kim.get(path, params={"q": "없는동"}).text
    press(kim, path, 422, centre_id=str(gu.west.id))
    press(kim, path, centre_id=str(theirs.id))
    assert case.number in letters_by_address(session)[someone.email or ""]
    again = press(kim, path, 422, centre_id=str(theirs.id))
    assert f'value="{theirs.id}" selected' in again, "what was chosen stays"


def test_an_offer_can_be_withdrawn(kim: TestClient, park: TestClient, vault: Vault, gu: Gu) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    a_handover(vault, case, gu.east.id)
    assert "다른 센터의 답을 기다려요" in kim.get(CASES).text
    press(kim, f"{CASES}/{case.id}/handover/withdraw")
    assert park.get(f"{CASES}/{case.id}").status_code == 404
    assert "물어본 사례가 아니에요" in press(kim, f"{CASES}/{case.id}/handover/withdraw", 422)


def test_the_centre_answers_who_wants_an_answer(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    wants = a_case_of(vault, gu.west, gu.kim, answer_by="receipt")
    silent = a_case_of(vault, gu.west, gu.kim)
    report = told_to(vault, gu.west.id, select(Report).where(Report.case_id == wants.id))[0]
    press(kim, f"{CASES}/{wants.id}/messages", report_id=str(report.id), text="고맙습니다")
    assert "고맙습니다" in kim.get(f"{CASES}/{wants.id}").text
    other = told_to(vault, gu.west.id, select(Report).where(Report.case_id == silent.id))[0]
    path = f"{CASES}/{silent.id}/messages"
    assert "받지 않겠다고" in press(kim, path, 422, report_id=str(other.id), text="네")
    assert "우리 센터에 그런 알림이 없어요." in press(
        kim, path, 422, report_id=str(report.id), text="네"
    )
    assert "고맙습니다" not in "".join(letters_by_address(session).values())


def test_a_case_is_given_to_a_colleague_summed_up_and_planned(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    path = f"{CASES}/{case.id}"
    shown = kim.get(f"{path}/summary").text
    version = shown.split('name="version" value="')[1].split('"')[0]
    press(kim, f"{path}/summary", summary="혼자 사심", version=version)
    assert "혼자 사심" in kim.get(path).text
    assert "다른 사람이 고친 곳" in press(
        kim, f"{path}/summary", 422, summary="가족과 사심", version=version
    )
    tomorrow = str((now() + timedelta(days=1)).date())
    press(kim, f"{path}/steps", rung="visit", due_on=tomorrow)
    assert len(told_to(vault, gu.west.id, select(Step).where(Step.case_id == case.id))) == 2
    assert "담당을 골라 주세요" in press(kim, f"{path}/assign", 422, person_id=str(gu.park.id))
    press(kim, f"{path}/assign", person_id=str(gu.lee.id))
    assert "왜 여시나요?" in kim.get(path).text


def test_a_closed_case_is_opened_again_and_one_looks_again(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    case = a_case(vault, gu.west.id, stage=Stage.CLOSED, closed_at=now())
    path = f"{CASES}/{case.id}"
    assert "끝난 사례예요" in press(kim, f"{path}/steps", 422, rung="call")
    press(kim, f"{path}/stage", stage="assigned", version="1")
    assert first_step(vault, case).rung == "call"
    due = a_case(vault, gu.west.id, follow_up_on=now().date() - timedelta(days=1))
    assert "다시 살펴봤어요" in kim.get(f"{CASES}/{due.id}").text
    press(kim, f"{CASES}/{due.id}/follow-up")
    assert state_of(vault, due).follow_up_on is None
