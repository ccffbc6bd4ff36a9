"""Telling, and one's own reports, for programs.

Nothing that was said stands in an address, an error or a log; a receipt code travels in a header.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Request, Response
from sqlalchemy.orm import Session

from geo_service.areas.models import Register
from geo_service.areas.queries import area_by_code
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.reports.access import (
    ActingRoom,
    LookingRoom,
    MyReport,
    MyRoom,
    MyTalk,
    MyTalkedReport,
    NoSuchCode,
    Room,
    Tries,
)
from geo_service.reports.files.told import Way
from geo_service.reports.models import Draft
from geo_service.reports.schemas.answers import (
    MessageIn,
    ReportIn,
    ReportOut,
    ReportsOut,
    ToldOut,
)
from geo_service.reports.schemas.progress import Sent
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.routing import route_to
from geo_service.web.idempotency import KEPT_FOR, KeyUsedBefore, TheWish
from geo_service.web.problems import problem_response
from geo_service.web.session import DbSession

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])

ReceiptCode = Annotated[
    str,
    Header(alias="Receipt-Code", max_length=60, description="As it was answered at telling."),
]
"""Never in an address: addresses are kept in too many places."""


def _wrong_code(request: Request) -> Response:
    """The problem as an answer and not as an error, so that the try stays counted."""
    wrong = NoSuchCode()
    return problem_response(request, 404, wrong.type(), wrong.title())


class AccountIsUnknown(BadField):
    """Sign in to be answered by account, or choose another way."""

    korean = "로그인하거나 다른 방법을 골라 주세요."

    def __init__(self) -> None:
        super().__init__("answer_by", "Sign in, or choose another way.")


@router.post("", status_code=201)
def tell_report(
    told: ReportIn, room: ActingRoom, session: DbSession, wish: TheWish, response: Response
) -> ToldOut:
    """Tell the dong centre of somebody who may need help. In an emergency call 119 or 112.

    The receipt code of who is not known by an account is told in this answer alone: again only
    to the same wish with the same `Idempotency-Key`.
    """
    at = now()
    response.headers["Cache-Control"] = "no-store"
    if told.answer_by is Way.ACCOUNT and room.person is None:
        raise AccountIsUnknown
    if wish is None:
        return ToldOut.of(_tell(room, session, uuid4(), told, at=at))
    draft = _place_of(room, told, wish.key_hash, at=at)
    if sent := drafts.sent_of(room.ring, draft):
        if drafts.answers(room.ring, draft)["wish"] != wish.hash.hex():
            raise KeyUsedBefore
        response.headers["Idempotency-Replayed"] = "true"
        return ToldOut.of(sent)
    sent = _tell(room, session, draft.id, told, at=at)
    drafts.mark_sent(room.ring, draft, sent, until=at + KEPT_FOR, wish=wish.hash.hex())
    return ToldOut.of(sent)


def _place_of(room: Room, told: ReportIn, key_hash: bytes, *, at: datetime) -> Draft:
    """Where the answer to this wish is kept: a draft that only the same key finds."""
    is_account = told.answer_by is Way.ACCOUNT and room.person is not None
    who = room.person.id.hex if is_account and room.person else "anyone"
    return room.kept_under(f"api {who} {key_hash.hex()}", at=at)


def _tell(room: Room, session: Session, report_id: UUID, told: ReportIn, *, at: datetime) -> Sent:
    dong = None
    if told.dong is not None:
        found = area_by_code(told.dong, register=Register.ADMINISTRATIVE)
        dong = session.scalar(found)
    route = route_to(session, told.told().place, dong.id if dong else None)
    room.count_report(session, at=at)
    return room.tell(session, report_id, told.told(), route, _tongue(room), at=at)


def _tongue(room: Room) -> str:
    """In which language they are written to: that of their account."""
    return room.person.tongue.value if room.person else "ko"


@router.get("")
def my_reports(room: MyRoom, response: Response) -> ReportsOut:
    """How far each is that one told by one's account, told last first."""
    response.headers["Cache-Control"] = "no-store"
    return ReportsOut(reports=[ReportOut.of(one) for one in room.mine()])


@router.get("/receipt", response_model=ReportOut)
def report_of_receipt(
    request: Request, code: ReceiptCode, tries: Tries, room: LookingRoom, response: Response
) -> ReportOut | Response:
    """How far the report is that a receipt code opens, and what both sides said."""
    report_id = room.open_receipt(tries, code, at=now())
    if report_id is None:
        return _wrong_code(request)
    response.headers["Cache-Control"] = "no-store"
    return ReportOut.of(room.progress(report_id))


@router.post("/receipt/messages", status_code=201, response_model=ReportOut)
def say_by_receipt(
    request: Request,
    said: MessageIn,
    code: ReceiptCode,
    room: ActingRoom,
    session: DbSession,
    wish: TheWish,
) -> ReportOut | Response:
    """Write to the centre."""
    report_id = room.open_receipt(session, code, at=now())
    if report_id is None:
        return _wrong_code(request)
    room.say(session, report_id, said.text, wish, at=now())
    return ReportOut.of(room.progress(report_id))


@router.get("/{report_id}")
def my_report(mine: MyReport, room: MyRoom, response: Response) -> ReportOut:
    """How far one is, and what both sides said."""
    response.headers["Cache-Control"] = "no-store"
    return ReportOut.of(room.progress(mine))


@router.post("/{report_id}/messages", status_code=201)
def say_more(
    said: MessageIn, mine: MyTalkedReport, room: MyTalk, session: DbSession, wish: TheWish
) -> ReportOut:
    """Write to the centre."""
    room.say(session, mine, said.text, wish, at=now())
    return ReportOut.of(room.progress(mine))
