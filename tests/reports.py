"""What neighbours tell, made from as little as a test wants to say."""

from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from geo_service.clock import now
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.sealing import seal_for, seal_of
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office
from geo_service.reports.files.told import Told
from geo_service.reports.models import (
    CaseFile,
    Handover,
    Household,
    Message,
    Photo,
    Report,
    Routing,
    Rung,
    SaidBy,
    Season,
    Step,
    SurveyRound,
    SurveyVisit,
)
from geo_service.reports.workflow.opening import opened

_numbers = count(100_000)

SAID = {
    "place": '{"lat": 35.1407, "lng": 126.7988}',
    "where_words": "광산로 70, 2층 왼쪽 집",
    "story": "며칠째 우유가 문 앞에 쌓여 있어요. 밤에도 불이 켜지지 않아요.",
    "signs": '{"since": "days"}',
    "subject": '{"whom": "neighbour", "words": "혼자 사는 할아버지"}',
    "consent": '{"knows": "unaware"}',
    "contact": '{"way": "mail", "email": "teller@example.org", "phone": "+821012345678"}',
}
"""Each sealed field of a report, and what is said in it."""


def reporter(*reports: UUID) -> Claims:
    """Who told these."""
    return Claims(Standing.REPORTER, reports=frozenset(reports), purpose="test")


def caseworker(*offices: UUID, person_id: UUID | None = None) -> Claims:
    """Somebody at these dong centres."""
    return Claims(Standing.CASEWORKER, person_id or uuid4(), frozenset(offices), purpose="test")


def lead(*offices: UUID) -> Claims:
    """Who leads the district of these dong centres."""
    return Claims(Standing.LEAD, uuid4(), frozenset(offices), purpose="test")


CLOCKWORK = Claims(Standing.CLOCKWORK, purpose="test")
"""What happens by itself."""


def a_report(vault: Vault, centre_id: UUID, **said: Any) -> Report:
    """A report about somebody, told to that centre; the fields of `SAID` are given in plain."""
    report_id = said.pop("id", None) or uuid4()
    seal = seal_for(vault.ring, centre_id, report_id)
    plain = {name: said.pop(name, usual) for name, usual in SAID.items()}
    sealed = {f"{name}_sealed": seal.close(name, text) for name, text in plain.items()}
    usual = {
        "number": f"R-{next(_numbers)}",
        "centre_id": centre_id,
        "routing": Routing.SURE,
        "categories": ["alone"],
    }
    case_id = said.pop("case_id", None)
    report = Report(id=report_id, **usual | sealed | said)
    with vault.opened(reporter(report_id)) as session:
        session.add(report)
    if case_id:
        with vault.opened(caseworker(centre_id)) as session:
            report = session.merge(report)
            report.case_id = case_id
    return report


def only_report(vault: Vault, *centres: Office) -> Report:
    """The one that was told to these."""
    with vault.opened(caseworker(*(centre.id for centre in centres))) as confidential:
        return confidential.scalars(select(Report)).one()


def plain(vault: Vault, report: Report) -> Told:
    """What it says, unsealed."""
    return opened(seal_of(vault.ring, report.id), report)


def a_case(vault: Vault, centre_id: UUID, *reports: Report, **said: Any) -> CaseFile:
    """A case of that centre, opened from these reports."""
    case_id = said.pop("id", None) or uuid4()
    seal = seal_for(vault.ring, centre_id, case_id)
    usual = {
        "number": f"C-{next(_numbers)}",
        "centre_id": centre_id,
        "summary_sealed": seal.close("summary", "혼자 사시고 전화를 안 받으세요."),
        "connected_to_sealed": seal.close("connected_to", "돌봄 도시락"),
    }
    case = CaseFile(id=case_id, **usual | said)
    with vault.opened(caseworker(centre_id)) as session:
        session.add(case)
        session.flush()
        for report in reports:
            session.merge(report).case_id = case.id
    return case


def a_message(vault: Vault, report: Report, text: str = "오늘도 불이 꺼져 있어요.") -> Message:
    """What the reporter adds."""
    seal = seal_for(vault.ring, report.centre_id, report.id)
    message = Message(
        report_id=report.id, said_by=SaidBy.REPORTER, text_sealed=seal.close("text", text)
    )
    with vault.opened(reporter(report.id)) as session:
        session.add(message)
    return message


def a_photo(vault: Vault, report: Report, image: bytes = b"\xff\xd8 a photo") -> Photo:
    """What the reporter shows."""
    seal = seal_for(vault.ring, report.centre_id, report.id)
    photo = Photo(report_id=report.id, image_sealed=seal.close("image", image))
    with vault.opened(reporter(report.id)) as session:
        session.add(photo)
    return photo


def a_step(vault: Vault, case: CaseFile, **said: Any) -> Step:
    """A call that somebody made."""
    seal = seal_for(vault.ring, case.centre_id, case.id)
    usual = {
        "rung": Rung.CALL,
        "done_at": now(),
        "words_sealed": seal.close("words", "벨만 울려요."),
    }
    with vault.opened(caseworker(case.centre_id)) as session:
        session.add(step := Step(case_id=case.id, **usual | said))
    return step


def a_handover(vault: Vault, case: CaseFile, to_centre_id: UUID) -> Handover:
    """That case, offered to another centre."""
    handover = Handover(
        case_id=case.id,
        from_centre_id=case.centre_id,
        to_centre_id=to_centre_id,
        asked_by=uuid4(),
    )
    with vault.opened(caseworker(case.centre_id)) as session:
        session.add(handover)
    return handover


def a_visit(vault: Vault, centre_id: UUID) -> SurveyVisit:
    """One household in a round of that centre, not visited yet."""
    household_id = uuid4()
    seal = seal_for(vault.ring, centre_id, household_id)
    day = now().date()
    with vault.opened(caseworker(centre_id)) as session:
        session.add(
            made := SurveyRound(
                centre_id=centre_id,
                title="겨울 안부 확인",
                season=Season.WINTER,
                starts_on=day,
                ends_on=day,
            )
        )
        session.add(
            Household(
                id=household_id,
                centre_id=centre_id,
                name_sealed=seal.close("name", "김이웃"),
                address_sealed=seal.close("address", "광산로 71"),
                phone_sealed=seal.close("phone", "010-2345-6789"),
                note_sealed=seal.close("note", "귀가 어두우세요."),
            )
        )
        session.flush()
        visit = SurveyVisit(
            round_id=made.id,
            household_id=household_id,
            words_sealed=seal.close("words", "벨을 길게 눌러 주세요."),
        )
        session.add(visit)
    return visit
