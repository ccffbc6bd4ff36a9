"""What the names in paths stand for, so that every role can be sent through every door.

`MADE` holds, for each name that a path may have, how such a thing is made: of a person (who
applied, booked, owns it) and of an office (whose job or space it is about). `others` are the
things already made for the same path, from left to right.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import ApiToken, Person, SignIn
from geo_service.accounts.queries import hashed
from geo_service.clock import now
from geo_service.confidential.session import vault_of
from geo_service.facilities.imports.incoming import receive
from geo_service.facilities.models import ImportBatch
from geo_service.meetings.models import Meeting
from geo_service.meetings.workflow.joining import a_code
from geo_service.offices.access import Door
from geo_service.offices.models import Office, Role
from geo_service.offices.queries import invitations_of
from geo_service.offices.workflow.staffing import invite
from geo_service.reports.models import CaseFile, Report, SurveyRound, SurveyVisit
from geo_service.reports.workflow.telling import reporter_hash
from geo_service.shifts.workflow.attending import mark_absent
from geo_service.spaces.workflow.feeding import open_feed
from geo_service.urgent.models import Asked
from tests.cases import a_list, told_to
from tests.facility_rows import room, upload
from tests.factories import a_job
from tests.hiring import an_application
from tests.jobs import a_batch
from tests.meeting_records import a_convened_meeting, some_decision, some_item, some_task
from tests.meetings import a_guest, a_seat, convened
from tests.people import a_person, a_program, a_token, on_staff
from tests.programmes import a_programme
from tests.reports import a_case, a_photo, a_report, a_step, a_visit
from tests.shifts import a_weekly_job, planned
from tests.spaces import a_hold, a_room, held_weekly, in_line
from tests.trust import hired_work, shifts_of
from tests.urgent import a_call
from tests.watchers import a_benefit, a_card_shown, a_watcher, an_activity

Make = Callable[[Session, Person, UUID, dict[str, Any]], Any]

PLAIN = {
    "line": "2",
    "size": "large",
    "role": "officer",
    "step": "contact",
    "question": "whom",
    "sheet": "agenda",
    "closed_day": "holiday",
    "provider": "kakao",
}
"""Names that stand for a word and not for a thing."""


def _listing(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_job(session, office_id=office_id).id


def _space(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_room(session, office_id=office_id).id


def _booking(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_hold(session, person, a_room(session, office_id=office_id)).id


def _series(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return held_weekly(session, person, a_room(session, office_id=office_id)).id


def _waiting(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return in_line(session, person, a_room(session, office_id=office_id)).id


def _calendar(session: Session, person: Person, _office: UUID, _others: dict[str, Any]) -> str:
    word = open_feed(session, person, at=now())
    session.commit()
    return word


def _office(_session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return office_id


def _colleague(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return on_staff(session, office_id).id


def _invitation(
    session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]
) -> UUID:
    office = session.get_one(Office, office_id)
    door = "https://example.org/join"
    invite(session, office, "colleague@example.org", Role.OFFICER, door=door, at=now())
    return session.scalars(invitations_of(office_id)).one().id


def _application(
    session: Session, person: Person, office_id: UUID, _others: dict[str, Any]
) -> UUID:
    return an_application(session, a_job(session, office_id=office_id), person, at=now()).id


def _shift(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return planned(session, a_weekly_job(session, office_id=office_id), person.id)[0].id


def _programme(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_programme(session, office_id=office_id).id


def _job_file(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_batch(session, office_id=office_id, by_id=person.id).id


def _official_file(
    session: Session, _person: Person, _office_id: UUID, _others: dict[str, Any]
) -> int:
    batch = ImportBatch(
        dataset="공공시설개방정보",
        file="rooms.csv",
        sha256="0" * 64,
        rows=0,
        counts={},
        vanished=0,
        imported_at=now(),
    )
    session.add(batch)
    session.commit()
    return batch.id


def _incoming_file(
    session: Session, _person: Person, _office_id: UUID, _others: dict[str, Any]
) -> UUID:
    file = receive(session, upload(room(위도="")), at=now())
    session.commit()
    return file.id


def _browser(session: Session, person: Person, _office: UUID, _others: dict[str, Any]) -> UUID:
    token = a_token(session, person)
    return session.scalars(select(SignIn.id).where(SignIn.token_hash == hashed(token))).one()


def _token(session: Session, person: Person, _office: UUID, _others: dict[str, Any]) -> UUID:
    words = a_program(session, person)
    found = select(ApiToken.id).where(ApiToken.token_hash == hashed(words))
    return session.scalars(found).one()


def _urgent_call(
    session: Session, person: Person, office_id: UUID, _others: dict[str, Any]
) -> UUID:
    call = a_call(session, now(), office_id=office_id)
    session.add(Asked(job_id=call.job_id, person_id=person.id, asked_at=now()))
    session.commit()
    return call.job_id


def _missed(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    work = hired_work(session, person, office_id=office_id)
    shift, *_ = shifts_of(session, work)
    mark_absent(session, shift, at=now())
    session.commit()
    return shift.id


def _watcher(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_watcher(session, person, office_id=office_id).id


def _card(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> str:
    return a_card_shown(session, a_watcher(session, office_id=office_id))


def _benefit(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_benefit(session, office_id=office_id).id


def _activity(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return an_activity(session, office_id=office_id).id


def _my_activity(session: Session, person: Person, _office: UUID, _others: dict[str, Any]) -> UUID:
    return an_activity(session, office_id=a_watcher(session, person).office_id).id


def _meeting(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    soon = now() + timedelta(days=3)
    return a_convened_meeting(session, person, begins_at=soon, office_id=office_id).id


def _attendee(session: Session, _person: Person, _office: UUID, others: dict[str, Any]) -> UUID:
    meeting = session.get_one(Meeting, others["meeting_id"])
    return a_seat(session, meeting, a_person(session)).id


def _item(session: Session, person: Person, _office: UUID, others: dict[str, Any]) -> UUID:
    return some_item(session, others["meeting_id"], person.id).id


def _decision(session: Session, _person: Person, _office: UUID, others: dict[str, Any]) -> UUID:
    return some_decision(session, others["meeting_id"]).id


def _task(session: Session, person: Person, _office: UUID, others: dict[str, Any]) -> UUID:
    return some_task(session, others["meeting_id"], person.id).id


def _seat_code(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> str:
    office, code = session.get_one(Office, office_id), a_code(token_bytes(32))
    a_guest(session, convened(session, person, office=office), code)
    return code


def _report(session: Session, person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    vault = vault_of(session)
    hashed = reporter_hash(vault.secret, person.id)
    return a_report(vault, office_id, reporter_hash=hashed).id


def _report_photo(
    session: Session, _person: Person, office_id: UUID, others: dict[str, Any]
) -> UUID:
    query = select(Report).where(Report.id == others["report_id"])
    vault = vault_of(session)
    return a_photo(vault, told_to(vault, office_id, query)[0]).id


def _case(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    vault = vault_of(session)
    return a_case(vault, office_id, a_report(vault, office_id)).id


def _case_step(session: Session, _person: Person, office_id: UUID, others: dict[str, Any]) -> UUID:
    query = select(CaseFile).where(CaseFile.id == others["case_id"])
    vault = vault_of(session)
    return a_step(vault, told_to(vault, office_id, query)[0], done_at=None).id


def _survey(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_visit(vault_of(session), office_id).round_id


def _household(session: Session, _person: Person, office_id: UUID, others: dict[str, Any]) -> UUID:
    query = select(SurveyVisit).where(SurveyVisit.round_id == others["round_id"])
    return told_to(vault_of(session), office_id, query)[0].household_id


def _survey_list(
    session: Session, _person: Person, office_id: UUID, others: dict[str, Any]
) -> UUID:
    query = select(SurveyRound).where(SurveyRound.id == others["round_id"])
    vault = vault_of(session)
    return a_list(vault, told_to(vault, office_id, query)[0]).id


MADE: dict[str, Make] = {
    "photo_id": _report_photo,
    "case_id": _case,
    "step_id": _case_step,
    "round_id": _survey,
    "household_id": _household,
    "list_id": _survey_list,
    "report_id": _report,
    "watcher_id": _watcher,
    "card_token": _card,
    "benefit_id": _benefit,
    "activity_id": _activity,
    "my_activity_id": _my_activity,
    "missed_id": _missed,
    "browser_id": _browser,
    "token_id": _token,
    "call_id": _urgent_call,
    "number": _official_file,
    "facility_file_id": _incoming_file,
    "batch_id": _job_file,
    "office_id": _office,
    "person_id": _colleague,
    "invitation_id": _invitation,
    "id": _listing,
    "job_id": _listing,
    "programme_id": _programme,
    "shift_id": _shift,
    "application_id": _application,
    "space_id": _space,
    "booking_id": _booking,
    "series_id": _series,
    "waiting_id": _waiting,
    "calendar_word": _calendar,
    "meeting_id": _meeting,
    "item_id": _item,
    "decision_id": _decision,
    "task_id": _task,
    "attendee_id": _attendee,
    "seat_code": _seat_code,
}


def parameters(door: Door) -> list[str]:
    """The names in a door's path, from left to right."""
    return re.findall(r"{(\w+)", door.path)
