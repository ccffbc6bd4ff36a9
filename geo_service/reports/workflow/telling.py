"""Telling: sealed, sent to who answers, and the centre hears that something came."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import Seal, seal_for
from geo_service.db.session import expecting
from geo_service.errors import Conflict
from geo_service.geo.cells import cell_of
from geo_service.reports.files.categories import categories
from geo_service.reports.files.codes import new_code, new_number, plain_code
from geo_service.reports.files.told import Told, Way
from geo_service.reports.models import AnswerBy, Photo, Report, Urgency
from geo_service.reports.workflow.noticing import tell_centres
from geo_service.reports.workflow.routing import Route

CELL_RESOLUTION = 10
"""Hexagons of about a hundred metres: how reports of one household are found."""

_ANSWERED = {
    Way.ACCOUNT: AnswerBy.MAIL,
    Way.MAIL: AnswerBy.MAIL,
    Way.RECEIPT: AnswerBy.RECEIPT,
    Way.NONE: AnswerBy.NONE,
}


class TellAgain(Conflict):
    """This could not be kept. Please send it once more."""

    korean = "담지 못했어요. 한 번 더 보내 주세요."


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells, as far as they want to be known."""

    person_id: UUID | None = None
    email: str | None = None
    tongue: str = "ko"
    """In which language they are written to."""
    is_watcher: bool = False


NOBODY = Teller()


def reporter_hash(secret: Secret, person_id: UUID) -> bytes:
    """By which somebody's own reports are found, and nobody's name."""
    return secret.digest("who told a report", person_id.hex)


def receipt_hash(secret: Secret, code: str) -> bytes | None:
    """By which a receipt code is known again; None for what is no code."""
    plain = plain_code(code)
    return secret.digest("receipt of a report", plain) if plain else None


def tell(  # noqa: PLR0913 (with which keys, what, where to, by whom)
    session: Session,
    ring: KeyRing,
    secret: Secret,
    report_id: UUID,
    told: Told,
    *,
    route: Route,
    teller: Teller,
    at: datetime,
) -> tuple[Report, str]:
    """Keep what was told; the report, and the receipt code of who is not known by an account.

    Raises: TellAgain.
    """
    by_account = told.way is Way.ACCOUNT and teller.person_id is not None
    code = new_code() if told.way in {Way.MAIL, Way.RECEIPT} else ""
    if ring.has(report_id):  # it was a draft until now
        ring.hand_over(report_id, route.centre_id)
    seal = seal_for(ring, route.centre_id, report_id)
    report = Report(
        id=report_id,
        number=new_number(),
        told_at=at,
        centre_id=route.centre_id,
        second_centre_id=route.second_centre_id,
        routing=route.routing,
        cell=cell_of(told.place, CELL_RESOLUTION) if told.place else None,
        categories=list(told.kinds),
        urgency=urgency_of(told.kinds),
        answer_by=_ANSWERED[told.way],
        watcher=by_account and teller.is_watcher,
        reporter_hash=reporter_hash(secret, teller.person_id)
        if by_account and teller.person_id
        else None,
        receipt_hash=receipt_hash(secret, code),
        **_sealed(seal, told, teller),
    )
    with expecting(session, "report_number_key", TellAgain()):
        session.add(report)
        session.flush()
    if told.photo is not None:
        session.add(Photo(report_id=report.id, image_sealed=seal.close("image", told.photo)))
    tell_centres(session, report)
    session.flush()
    return report, code


def urgency_of(kinds: tuple[str, ...]) -> Urgency:
    """What is looked at before all others."""
    is_urgent = any(categories()[kind].urgent for kind in kinds)
    return Urgency.TODAY if is_urgent else Urgency.USUAL


def _sealed(seal: Seal, told: Told, teller: Teller) -> dict[str, Any]:
    """Every field that was told, closed; what was not told stays away."""
    place = told.place and json.dumps({"lat": told.place.lat, "lng": told.place.lng})
    email = teller.email if told.way is Way.ACCOUNT else told.email
    contact = {"way": told.way, "email": email, "phone": told.phone, "tongue": teller.tongue}
    plain = {
        "place": place,
        "where_words": told.where_words,
        "story": told.story,
        "signs": json.dumps({"since": told.since}),
        "subject": json.dumps({"whom": told.whom, "words": told.subject}, ensure_ascii=False),
        "consent": json.dumps({"knows": told.knows}),
        "contact": json.dumps(contact),
    }
    return {f"{name}_sealed": seal.close(name, said) for name, said in plain.items() if said}
